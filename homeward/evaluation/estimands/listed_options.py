"""Options that are lists, read with plain errors."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from homeward.evaluation.rules import Spec
from homeward.lib.problems import Invalid


def listed(given: object, name: str) -> list[object]:
    """What was given, as a list; Invalid where it is none."""
    if not isinstance(given, list | tuple):
        words = _("The option {name} is a list.").format(name=name)
        raise Invalid(words, fields={name: words})
    return list(given)


def numbers_option(spec: Spec, name: str, default: Sequence[float]) -> tuple[float, ...]:
    """An option that is a list of numbers."""
    given = listed(spec.options.get(name, default), name)
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in given):
        words = _("The option {name} is a list of numbers.").format(name=name)
        raise Invalid(words, fields={name: words})
    return tuple(float(str(one)) for one in given)

"""The shelf `docs/reference`, written from the code itself: what is there is what is true."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import orjson
from django.apps import apps
from django.db.models import Model
from django.utils import translation

import homeward
from homeward.access.actions import Action
from homeward.access.roles import MAY, Role
from homeward.lib.privacy_classes import PrivacyClass
from homeward.lib.problems import Problem

NOT_WALKED = ("tests", "migrations", "__main__")
MADE = "Made by `homeward reference write`; a test keeps it fresh.\n"


def pages() -> dict[str, str]:
    """Every page of the shelf by its name."""
    makers: Mapping[str, Callable[[], str]] = {
        "openapi.json": openapi,
        "problems.md": problems,
        "roles.md": roles,
        "fields.md": fields,
        "estimands.md": estimands,
        "indicators.md": indicators,
    }
    with translation.override("en"):
        return {name: make() for name, make in makers.items()}


def stale(shelf: Path) -> list[str]:
    """Pages that no longer say what the code does."""
    return [
        name
        for name, text in pages().items()
        if not (shelf / name).exists() or (shelf / name).read_text("utf-8") != text
    ]


def openapi() -> str:
    """The description of the API, as it is served at /api/v1/openapi.json."""
    api = import_module("homeward.api.urls").api
    return _one_line_each(api.get_openapi_schema(), 3) + "\n"


def problems() -> str:
    """Every code by which a problem can be known."""
    for module in walk_packages(homeward.__path__, "homeward."):
        if not set(module.name.split(".")) & set(NOT_WALKED):
            import_module(module.name)
    known = {(one.code, one.status): one for one in sorted(_below(Problem), key=lambda one: one.__name__)}
    lines = (
        f"| `{code}` | {status} | {_first_line(one)} | {one.message} |"
        for (code, status), one in sorted(known.items())
    )
    return _page("Problems", "Codes never change their meaning; words may.", _table(CODES, lines))


def roles() -> str:
    """Which role may do what."""
    shown = [role for role in Role if role is not Role.SYSTEM]
    head = "| action | " + " | ".join(role.value.replace("_", " ") for role in shown) + " |"
    lines = (
        f"| `{action}` | " + " | ".join("yes" if action in MAY[role] else "" for role in shown) + " |"
        for action in Action
    )
    about = "One name serves the permission, the audit trail and the API (`x-action` of each operation)."
    return _page("Actions and roles", about, _table(head, lines))


def estimands() -> str:
    """Every estimand of `homeward estimate`, and every guardrail."""
    known = import_module("homeward.evaluation.estimands").ESTIMANDS
    parts = "\n".join(_estimand(name, known[name]) for name in sorted(known))
    guards = import_module("homeward.evaluation.guardrails").GUARDRAILS
    lines = (
        f"| `{name}` | {one.about} | {one.better} | {one.passes:g} | "
        f"{'never' if one.refuses is None else f'{one.refuses:g}'} |"
        for name, one in guards.items()
    )
    head = "| guardrail | what it measures | better | passes from | refuses beyond |"
    bounds = "## Guardrails\n\nA spec may override each; the finding lists every override.\n\n"
    about = "What `homeward estimate` answers: fields of the spec, options, source."
    return _page("Estimands", about, f"{parts}\n{bounds}{_table(head, lines)}")


def indicators() -> str:
    """Every indicator that comes along, and every measure that a definition can name."""
    shipped = import_module("homeward.indicators.catalogue")
    parts = [_catalogue(shipped.catalogue(name)) for name in shipped.catalogue_names()]
    measures = import_module("homeward.indicators.declared").MEASURES
    lines = (
        f"| `{name}` | {one.about} | {one.kind} | "
        + (", ".join(f"`{given}`: {asked.about}" for given, asked in one.parameters.items()) or "none")
        + f" | {', '.join(one.frames)} |"
        for name, one in measures.items()
    )
    parts.append("## Measures\n\n" + _table("| measure | what | kind | parameters | frames |", lines))
    return _page("Indicators", ABOUT_INDICATORS, "\n".join(parts))


def _catalogue(one: Any) -> str:
    lines = (
        f"| `{each.code}` | {each.name['en']} | {each.counts['en']} | {each.leaves_out['en']} | "
        f"{each.level} | {each.aspect} | {each.sort} | {each.criterion} | {each.unit} | "
        f"`{each.measure}` | {each.standing} |"
        for each in one.definitions
    )
    head = "| code | name | counts | leaves out | level | dimension | sort | criterion | unit | measure | "
    head += "standing |"
    return f"## {one.name['en']} (`{one.code}`)\n\n" + _table(head, lines)


def _estimand(name: str, entry: Any) -> str:
    named = (("needs", entry.required), ("may have", entry.optional))
    facts = [f"* {word}: " + ", ".join(f"`{one}`" for one in some) for word, some in named if some]
    facts += [f"* `options.{option}`: {about}" for option, about in entry.options.items()]
    facts += [] if entry.has_rows else ["* is reckoned without rows"]
    facts += [f"* source: {entry.source}"] if entry.source else []
    return f"## {name}\n\n{entry.about} Kind: {entry.kind}.\n\n" + "\n".join(facts) + "\n"


def fields() -> str:
    """Every field of every table with its privacy class."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("homeward.")]
    parts = "\n".join(_fields_of(model) for model in sorted(ours, key=lambda one: one._meta.label))
    return _page("Fields and their privacy classes", ABOUT_CLASSES, parts)


CODES = "| code | status | when | words |"
ABOUT_CLASSES = (
    "Public: anybody may know. Internal: about the work. Personal: about a person. Sensitive: could harm the "
    "person. Sealed: encrypted, opened one at a time, for a reason that is on record."
)


ABOUT_INDICATORS = (
    "What comes along is proposed: it is not an agreed international standard unless a line says so. Staff "
    "per returnee, local roots of providers and community indicators are left out: no frame holds them."
)


def _one_line_each(part: object, depth: int) -> str:
    """JSON with a line for each part `depth` levels down, so that a change shows as the lines it is about."""
    if not depth or not isinstance(part, dict):
        return orjson.dumps(part, option=orjson.OPT_SORT_KEYS).decode()
    inner = (f'"{name}":{_one_line_each(part[name], depth - 1)}' for name in sorted(part))
    return "{\n" + ",\n".join(inner) + "\n}"


def _fields_of(model: type[Model]) -> str:
    classes: Mapping[str, PrivacyClass] = model.PRIVACY  # type: ignore[attr-defined]
    named = {kind: [name for name, one in classes.items() if one is kind] for kind in PrivacyClass}
    lines = (
        f"| {kind.name.lower()} | {', '.join(f'`{name}`' for name in names)} |"
        for kind, names in named.items()
        if names
    )
    return f"## {model._meta.label}\n\n{_first_line(model)}\n\n" + _table("| class | fields |", lines)


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("homeward."):
            yield one
            yield from _below(one)


def _first_line(thing: type) -> str:
    own = thing.__dict__.get("__doc__")
    return (
        (getdoc(thing) or "").partition("\n")[0] if own and not own.startswith(f"{thing.__name__}(") else ""
    )


def _table(head: str, lines: Iterator[str]) -> str:
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *lines]) + "\n"


def _page(title: str, about: str, table: str) -> str:
    return f"# {title}\n\n{MADE}\n{about}\n\n{table}"

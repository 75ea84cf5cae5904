"""Filled forms of the survey of how life is after return."""

from collections import defaultdict

from homeward.surveys.scoring.profile import Way
from homeward.surveys.scoring.shipped import shipped_profile
from homeward.surveys.tests.books import filled

PROFILE = shipped_profile("sustainability")


def answers(points=1.0, **others):
    """The code nearest to these points for every item; `others` by the name of the question."""
    given = {}
    for one in PROFILE.items:
        wanted = points if one.way == Way.UP else 1 - points
        given[one.path] = min(one.points, key=lambda code: abs(one.points[code] - wanted))
    by_name = {path.rpartition("/")[2]: path for path in given}
    return {**given, **{by_name[name]: code for name, code in others.items()}}


def form_of(given, *, respondent="", **envelope):
    """Such answers as a telephone sends them; None leaves a question out."""
    groups = defaultdict(str)
    for path, code in given.items():
        group, _slash, name = path.partition("/")
        groups[group] += f"<{name}>{code}</{name}>" if code else ""
    body = "<willing>yes</willing>" + "".join(f"<{name}>{told}</{name}>" for name, told in groups.items())
    return filled(body, form="sustainability", respondent=respondent, **envelope)

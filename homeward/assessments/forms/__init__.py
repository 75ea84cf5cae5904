"""The forms, each version for ever: what was answered under one is read by it.

A form is data: codes only. Its words stand beside the pages, where they are translated.
"""

from collections.abc import Mapping

from homeward.assessments.forms import family, functioning, needs, risk, skills, vulnerability
from homeward.assessments.rules import Form, Kind

ALL: Mapping[tuple[Kind, int], Form] = {
    (form.kind, form.version): form
    for form in (
        vulnerability.VERSION_1,
        needs.VERSION_1,
        risk.VERSION_1,
        family.VERSION_1,
        skills.VERSION_1,
        functioning.VERSION_1,
    )
}


def form_of(kind: Kind, version: int) -> Form:
    """The form of this kind and version."""
    return ALL[kind, version]


def newest_form(kind: Kind) -> Form:
    """The version that a new assessment is filled in by."""
    return max((form for form in ALL.values() if form.kind is kind), key=lambda form: form.version)

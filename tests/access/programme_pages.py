"""Pages of programmes and eligibility for the access matrix: name, method, answers, what they are about.

What good answers do is in homeward/web/programmes/tests and homeward/web/eligibility/tests.
"""

from homeward.access.acting import acting_as
from homeward.cases.tests.journeys import programme
from homeward.casework.commands import decide_eligibility
from homeward.casework.tests.test_eligibility import STRICT, applied, published
from homeward.programmes.commands import add_party, begin_version
from homeward.programmes.queries import terms_of
from homeward.programmes.rules import Part
from tests.cast import DONORS, jonas, vera

READ = {"others": 200}
WRITERS = {"vera": 200, "rosa adil": 404, "others": 403}
REFUSED_AFTER = {"vera": 422, "rosa adil": 404, "others": 403}
CASEWORKERS = {"jonas lina nora vera rosa": 200, "tarek stranger": 404, "others": 403}
READERS = {"jonas lina nora vera rosa": 200, "tarek stranger": 404, "others": 403}


def a_programme():
    one = programme()
    published(one.id)
    return {"programme_id": one.id}


def a_party():
    one = programme()
    party = add_party(vera, programme_id=one.id, organisation_id=DONORS, part=Part.DONOR)
    return {"programme_id": one.id, "party_id": party.id}


def a_bare_programme():
    return {"programme_id": programme().id}


def a_version():
    return {"version_id": published(programme().id).id}


def a_draft():
    one = programme()
    published(one.id)
    draft = begin_version(vera, programme_id=one.id)
    with acting_as(vera):
        assert terms_of(draft).packages
    return {"version_id": draft.id}


def a_rule():
    return {**a_draft(), "kind": "rules", "place": "1"}


def an_applicant():
    return {"case_id": applied().case_id}


def a_no():
    application = applied(terms=STRICT)
    decision = decide_eligibility(jonas, case_id=application.case_id)
    return {"case_id": application.case_id, "decision_id": decision.id}


def nothing():
    return {}


PAGES = [
    ("programmes", "get", READ, nothing),
    ("add_programme", "get", {"vera rosa adil": 200, "others": 403}, nothing),
    ("add_programme", "post", {"vera rosa adil": 422, "others": 403}, nothing),
    ("programme", "get", READ, a_programme),
    ("add_programme_party", "get", WRITERS, a_programme),
    ("add_programme_party", "post", REFUSED_AFTER, a_programme),
    ("remove_programme_party", "post", {"vera": 302, "rosa adil": 404, "others": 403}, a_party),
    ("programme_version", "get", READ, a_version),
    ("begin_programme_version", "post", {"vera": 302, "rosa adil": 404, "others": 403}, a_bare_programme),
    ("programme_draft", "get", WRITERS, a_draft),
    ("programme_draft_general", "get", WRITERS, a_draft),
    ("programme_draft_general", "post", REFUSED_AFTER, a_draft),
    ("programme_draft_part", "get", WRITERS, a_rule),
    ("programme_draft_part", "post", REFUSED_AFTER, a_rule),
    ("publish_programme_version", "get", WRITERS, a_draft),
    ("publish_programme_version", "post", REFUSED_AFTER, a_draft),
    ("discard_programme_version", "get", WRITERS, a_draft),
    ("discard_programme_version", "post", REFUSED_AFTER, a_draft),
    ("decide_eligibility", "get", CASEWORKERS, an_applicant),
    ("decide_eligibility", "post", {**CASEWORKERS, "jonas lina nora vera rosa": 302}, an_applicant),
    ("eligibility_what_if", "get", READERS, an_applicant),
    ("eligibility_what_if", "post", {**READERS, "jonas lina nora vera rosa": 422}, an_applicant),
    ("ask_override", "get", CASEWORKERS, a_no),
    ("ask_override", "post", {**CASEWORKERS, "jonas lina nora vera rosa": 422}, a_no),
]

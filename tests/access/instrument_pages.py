"""Pages of instruments for the access matrix: name, method, answers, what they are about.

What good answers do is in homeward/web/instruments/tests.
"""

from homeward.surveys.commands import add_instrument, load_shipped, publish_form, receive
from homeward.surveys.scoring.commands import import_profile, load_shipped_profile
from homeward.surveys.scoring.shipped import shipped_profile
from homeward.surveys.scoring.tables import as_workbook
from homeward.surveys.tests.books import filled, workbook
from tests.cast import nora, rosa

# who asks with instruments sees them; Rosa's organisation keeps this one
READ = {"jonas nora tarek vera lina rosa adil mira stranger": 200, "others": 403}
KEEPERS = {"rosa adil": 200, "vera mira": 404, "others": 403}
KEPT = {"rosa adil": 302, "vera mira": 404, "others": 403}
STALE = {"rosa adil": 409, "vera mira": 404, "others": 403}  # nobody says which version they looked at
WRONG = {"rosa adil": 422, "vera mira": 404, "others": 403}


def a_draft():
    return {"version_id": add_instrument(rosa, file=workbook()).id}


def a_form():
    draft = add_instrument(rosa, file=workbook())
    publish_form(rosa, version_id=draft.id, expected_version=draft.version)
    return {"version_id": draft.id}


def an_odd_one():
    a_form()
    return {"submission_id": receive(nora, body=filled("<works>maybe</works>")).id}


def an_instrument():
    return {"instrument_id": add_instrument(rosa, file=workbook()).instrument_id}


def a_scored_one():
    instrument_id = load_shipped(rosa, name="sustainability").instrument_id
    load_shipped_profile(rosa, name="sustainability")
    return {"instrument_id": instrument_id}


def a_profile_in_use():
    load_shipped(rosa, name="sustainability")
    return {"profile_id": load_shipped_profile(rosa, name="sustainability").id}


def a_draft_profile():
    instrument_id = load_shipped(rosa, name="sustainability").instrument_id
    content = as_workbook(shipped_profile("sustainability"))
    return {"profile_id": import_profile(rosa, instrument_id=instrument_id, content=content).id}


def nothing():
    return {}


PAGES = [
    ("instruments", "get", READ, nothing),
    ("add_instrument", "get", {"vera rosa adil mira": 200, "others": 403}, nothing),
    ("add_instrument", "post", {"vera rosa adil mira": 422, "others": 403}, nothing),
    ("instrument", "get", READ, an_instrument),
    ("upload_form", "get", KEEPERS, an_instrument),
    ("upload_form", "post", WRONG, an_instrument),
    ("form_version", "get", READ, a_form),
    ("form_workbook", "get", READ, a_form),
    ("export_answers", "post", {"vera rosa adil": 200, "others": 403}, a_form),
    ("flagged_forms", "get", {"vera rosa adil mira": 200, "others": 403}, nothing),
    ("review_submission", "post", {"rosa adil": 302, "vera mira": 404, "others": 403}, an_odd_one),
    ("add_form_file", "post", WRONG, a_draft),
    ("form_privacy", "get", KEEPERS, a_draft),
    ("form_privacy", "post", WRONG, a_draft),
    ("publish_form", "get", KEEPERS, a_draft),
    ("publish_form", "post", WRONG, a_draft),
    ("discard_form", "post", KEPT, a_draft),
    ("retire_form", "post", KEPT, a_form),
    ("scoring_profile", "get", READ, a_profile_in_use),
    ("scoring_workbook", "get", READ, a_profile_in_use),
    ("add_scoring_profile", "get", KEEPERS, an_instrument),
    ("add_scoring_profile", "post", WRONG, an_instrument),
    ("use_scoring_profile", "post", STALE, a_draft_profile),
    ("discard_scoring_profile", "post", STALE, a_draft_profile),
    ("derive_scoring_profile", "post", WRONG, a_scored_one),
    ("rescore", "post", {"vera rosa adil mira": 302, "others": 403}, a_scored_one),
]

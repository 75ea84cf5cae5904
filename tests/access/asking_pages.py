"""Pages of asking for the access matrix: name, method, answers, what they are about.

What good answers do is in homeward/web/asking/tests.
"""

from homeward.lib.identifiers import new_id
from tests.access.instrument_pages import READ, a_form

VISIT = {"others": 302, "anonymous": 302}  # a sign-in is no visit to an own page
ASKERS = {"jonas nora tarek lina stranger": 404, "others": 403}
VISITORS = {"jonas nora tarek lina stranger vera rosa": 404, "others": 403}
WHO_READS = "jonas nora tarek vera lina rosa adil mira stranger"
BEGUN = {WHO_READS: 302, "others": 403}
NOT_BEGUN = {WHO_READS: 404, "others": 403}


def no_visit():
    return {"visit_id": new_id()}


def no_screen():
    return {"visit_id": new_id(), "screen": "1"}


def a_screen():
    return {**a_form(), "screen": "1"}


PAGES = [
    ("ask_at_visit", "get", VISITORS, no_visit),
    ("ask_at_visit", "post", VISITORS, no_visit),
    ("ask_on_own_page", "post", ASKERS, no_visit),
    ("ask_screen", "get", ASKERS, no_screen),
    ("ask_screen", "post", ASKERS, no_screen),
    ("check_answers", "get", ASKERS, no_visit),
    ("check_answers", "post", ASKERS, no_visit),
    ("try_form", "get", READ, a_form),
    ("try_form", "post", BEGUN, a_form),
    ("try_screen", "get", NOT_BEGUN, a_screen),
    ("try_screen", "post", NOT_BEGUN, a_screen),
    ("try_check", "get", NOT_BEGUN, a_form),
    ("try_check", "post", NOT_BEGUN, a_form),
    ("my_questions", "get", VISIT, no_visit),
    ("my_screen", "get", VISIT, no_screen),
    ("my_screen", "post", VISIT, no_screen),
    ("my_check", "get", VISIT, no_visit),
    ("my_check", "post", VISIT, no_visit),
]

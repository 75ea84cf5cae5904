"""The pages of messages for the access matrix: name, method, what they are about, answers."""

from homeward.followup.tests.visits import a_visit
from homeward.texting.tests.phones import a_channel, a_phone, says_yes
from tests.sami import samis_case

ELSEWHERE = "jonas tarek lina stranger"
KEPT_BY = {"adil": 200, "others": 403}
WORKED_BY = {"nora": 200, ELSEWHERE: 404, "others": 403}
WRITTEN_BY = {"nora": 302, ELSEWHERE: 404, "others": 403}


def nothing():
    return {}


def channel():
    return {"channel_id": a_channel().id}


def case():
    return {"case_id": samis_case().id}


def permission():
    made = samis_case()
    return {"case_id": made.id, "permission_id": says_yes(made, a_phone(made)).id}


def visit():
    made = samis_case()
    return {"case_id": made.id, "visit_id": a_visit(made, instrument="").id}


PAGES = [
    ("text_channels", "get", nothing, KEPT_BY),
    ("text_channels", "post", nothing, {"adil": 422, "others": 403}),
    ("try_text_channel", "get", channel, KEPT_BY),
    ("try_text_channel", "post", channel, {"adil": 422, "others": 403}),
    ("end_text_channel", "post", channel, {"adil": 302, "others": 403}),
    ("case_messages", "get", case, WORKED_BY),
    ("case_messages", "post", case, {"nora": 422, ELSEWHERE: 404, "others": 403}),
    ("ask_to_call", "post", case, WRITTEN_BY),
    ("note_replies", "post", case, WRITTEN_BY),
    ("ask_by_message", "post", visit, WRITTEN_BY),
    ("end_messages", "post", permission, WRITTEN_BY),
]

"""Pages about people: name, method, how to ask, and the answer of each of the cast.

The records are Nora's: who works elsewhere is told that there is nothing, who only reads may not write.
"""

from tests.access import records

READERS_ELSEWHERE = "jonas lina stranger vera"
WRITERS_ELSEWHERE = "jonas lina stranger"
COLLEAGUES = "nora tarek"
READ = {f"{COLLEAGUES} rosa": 200, READERS_ELSEWHERE: 404, "others": 403}
WRITE = {COLLEAGUES: 200, WRITERS_ELSEWHERE: 404, "others": 403}
SENT_BACK = {COLLEAGUES: 422, WRITERS_ELSEWHERE: 404, "others": 403}
DONE = {COLLEAGUES: 302, WRITERS_ELSEWHERE: 404, "others": 403}
CASEWORKERS = "jonas nora tarek lina stranger"

ALLOWED = {"rosa": 200, "vera": 404, "others": 403}
NOTED = {"nora tarek rosa": 302, "jonas lina stranger vera": 404, "others": 403}

NOTHING_SENT = dict

PAGES = [
    ("people", "get", NOTHING_SENT, {f"{CASEWORKERS} vera rosa": 200, "others": 403}),
    ("people_find", "get", NOTHING_SENT, {"others": 405}),
    ("people_find", "post", NOTHING_SENT, {f"{CASEWORKERS} vera rosa": 422, "others": 403}),
    ("person_register", "get", NOTHING_SENT, {CASEWORKERS: 200, "others": 403}),
    ("person_register", "post", NOTHING_SENT, {CASEWORKERS: 422, "others": 403}),
    ("matches", "get", NOTHING_SENT, {CASEWORKERS: 200, "others": 403}),
    ("matches_search", "get", NOTHING_SENT, {"others": 405}),
    ("matches_search", "post", NOTHING_SENT, {CASEWORKERS: 302, "others": 403}),
    ("matches_answer", "get", NOTHING_SENT, {"others": 405}),
    ("matches_answer", "post", NOTHING_SENT, {CASEWORKERS: 302, "others": 403}),
    ("merge_undo", "get", records.a_merge, WRITE),
    ("merge_undo", "post", records.a_merge, DONE),
    ("person", "get", records.a_person, READ),
    ("person_edit", "get", records.a_person, WRITE),
    ("person_edit", "post", records.a_person, SENT_BACK),
    ("person_merge", "get", records.a_person, WRITE),
    ("person_merge", "post", records.a_person, SENT_BACK),
    ("person_merge_with", "get", records.two_people, WRITE),
    ("person_merge_with", "post", records.two_people, DONE),
    ("person_document_add", "get", records.a_person, WRITE),
    ("person_document_add", "post", records.a_person, SENT_BACK),
    ("person_number_open", "get", records.a_paper, WRITE),
    ("person_number_open", "post", records.a_paper, SENT_BACK),
    ("person_document_remove", "get", records.a_paper, WRITE),
    ("person_document_remove", "post", records.a_paper, DONE),
    ("person_contact_add", "get", records.a_person, WRITE),
    ("person_contact_add", "post", records.a_person, SENT_BACK),
    ("person_contact_edit", "get", records.a_contact, WRITE),
    ("person_contact_edit", "post", records.a_contact, SENT_BACK),
    ("person_contact_end", "get", records.a_contact, WRITE),
    ("person_contact_end", "post", records.a_contact, SENT_BACK),
    ("person_relate", "get", records.a_person, WRITE),
    ("person_relate", "post", records.a_person, SENT_BACK),
    ("person_relation_end", "get", records.a_relation, WRITE),
    ("person_relation_end", "post", records.a_relation, SENT_BACK),
    ("person_ask_partners", "get", records.a_person, WRITE),
    ("person_ask_partners", "post", records.a_person, SENT_BACK),
    ("person_allow_asking", "get", records.a_person, ALLOWED),
    ("person_allow_asking", "post", records.a_person, {"rosa": 422, "vera": 404, "others": 403}),
    ("partners_asked", "get", NOTHING_SENT, {f"{CASEWORKERS} vera rosa": 200, "others": 403}),
    ("note_possible_match", "post", records.a_possible_match, NOTED),
]

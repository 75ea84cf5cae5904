"""Addresses of the pages about people; no name ever stands in one."""

from django.urls import path

from homeward.web.people import asking, belongings, listing, matches, person, relating

ONE = "<uuid:person_id>/"

urlpatterns = [
    path("", listing.people, name="people"),
    path("find/", listing.find, name="people_find"),
    path("register/", person.register, name="person_register"),
    path("same-person/", matches.matches, name="matches"),
    path("same-person/look/", matches.search, name="matches_search"),
    path("same-person/answer/", matches.answer, name="matches_answer"),
    path("partners-asked/", asking.told, name="partners_asked"),
    path("partners-asked/<uuid:possible_match_id>/", asking.note, name="note_possible_match"),
    path("joined/<uuid:merge_id>/part/", matches.undo, name="merge_undo"),
    path(ONE, person.person, name="person"),
    path(ONE + "edit/", person.edit, name="person_edit"),
    path(ONE + "same-person/", matches.merge, name="person_merge"),
    path(ONE + "same-person/<uuid:other_id>/", matches.merge_with, name="person_merge_with"),
    path(ONE + "partners/", asking.ask, name="person_ask_partners"),
    path(ONE + "partners/allow/", asking.allow, name="person_allow_asking"),
    path(ONE + "papers/add/", belongings.add_document, name="person_document_add"),
    path(ONE + "papers/<uuid:document_id>/number/", belongings.open_number, name="person_number_open"),
    path(
        ONE + "papers/<uuid:document_id>/remove/", belongings.remove_document, name="person_document_remove"
    ),
    path(ONE + "contacts/add/", belongings.add_contact, name="person_contact_add"),
    path(ONE + "contacts/<uuid:contact_id>/", belongings.edit_contact, name="person_contact_edit"),
    path(ONE + "contacts/<uuid:contact_id>/end/", belongings.end_contact, name="person_contact_end"),
    path(ONE + "relatives/add/", relating.relate, name="person_relate"),
    path(ONE + "relatives/<uuid:relation_id>/end/", belongings.end_relation, name="person_relation_end"),
]

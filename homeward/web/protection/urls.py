"""Addresses of the data protection officer's console."""

from django.urls import path

from homeward.web.protection import (
    breaches,
    copies,
    exposed,
    keeping,
    oversight,
    overview,
    people,
    releases,
    requests,
)

urlpatterns = [
    path("", overview.overview, name="protection"),
    path("requests", requests.listing, name="data_requests"),
    path("requests/new", requests.new, name="new_data_request"),
    path("requests/<uuid:request_id>", requests.show, name="data_request"),
    path("requests/<uuid:request_id>/<slug:act>", requests.act, name="data_request_act"),
    path("people", people.find, name="find_data_person"),
    path("people/<uuid:person_id>", people.show, name="data_person"),
    path("people/<uuid:person_id>/hold", people.hold, name="set_hold"),
    path("people/<uuid:person_id>/restrict", people.restrict, name="restrict"),
    path("people/<uuid:person_id>/copy", copies.make, name="make_copy"),
    path("people/<uuid:person_id>/erase", copies.erase, name="erase_person"),
    path("people/<uuid:person_id>/tell", copies.tell, name="tell_recipients"),
    path("cases/<uuid:case_id>", oversight.look, name="oversee_case"),
    path("copies/<uuid:export_id>", copies.download, name="download_copy"),
    path("notices/<uuid:notice_id>", copies.note, name="take_note"),
    path("retention", keeping.retention, name="retention"),
    path("retention/new", keeping.new_rule, name="new_rule"),
    path("retention/<uuid:rule_id>/end", keeping.stop_rule, name="end_rule"),
    path("processing", keeping.processing, name="processing"),
    path("disclosures", keeping.disclosures, name="disclosure_register"),
    path("releases", releases.releases, name="releases"),
    path("holds/<uuid:hold_id>/release", people.release, name="release_hold"),
    path("restrictions/<uuid:restriction_id>/lift", people.lift, name="lift_restriction"),
    path("exposed", exposed.show, name="exposed"),
    path("exposed/export", exposed.export, name="export_exposed"),
    path("breaches", breaches.listing, name="breaches"),
    path("breaches/new", breaches.new, name="new_breach"),
    path("breaches/<uuid:breach_id>", breaches.show, name="breach"),
    path("breaches/<uuid:breach_id>/step", breaches.step, name="breach_step"),
]

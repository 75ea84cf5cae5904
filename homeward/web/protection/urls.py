"""Addresses of the data protection officer's console."""

from django.urls import path

from homeward.web.protection import breaches, exposed, overview, people, requests

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
    path("holds/<uuid:hold_id>/release", people.release, name="release_hold"),
    path("restrictions/<uuid:restriction_id>/lift", people.lift, name="lift_restriction"),
    path("exposed", exposed.show, name="exposed"),
    path("exposed/export", exposed.export, name="export_exposed"),
    path("breaches", breaches.listing, name="breaches"),
    path("breaches/new", breaches.new, name="new_breach"),
    path("breaches/<uuid:breach_id>", breaches.show, name="breach"),
    path("breaches/<uuid:breach_id>/step", breaches.step, name="breach_step"),
]

"""Addresses of the inbox, the case list and the case file."""

from django.urls import path

from homeward.web import (
    arrivals,
    case_export,
    case_file,
    case_header,
    case_held,
    case_sharing,
    cases,
    emergency,
    inbox,
)

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("arrivals/", arrivals.listing, name="arrivals"),
    path("emergency/", emergency.open_case, name="emergency"),
    path("emergency/<uuid:emergency_id>/review", emergency.review, name="emergency_review"),
    path("cases/", cases.listing, name="cases"),
    path("cases/find", cases.find, name="cases_find"),
    path("cases/export", case_export.export, name="cases_export"),
    path("cases/views/save", cases.save_view, name="view_save"),
    path("cases/views/<uuid:view_id>/forget", cases.forget_view, name="view_forget"),
    path("cases/caseload", case_header.caseload, name="caseload"),
    path("cases/<uuid:case_id>/", case_file.show, name="case"),
    path("cases/<uuid:case_id>/edit", case_header.edit, name="case_edit"),
    path("cases/<uuid:case_id>/next-step", case_header.next_step, name="case_next_step"),
    path("cases/<uuid:case_id>/assign", case_header.assign, name="case_assign"),
    path("cases/<uuid:case_id>/kept/<uuid:kept_id>", case_held.open_held, name="case_held_open"),
    path("cases/<uuid:case_id>/share", case_sharing.share, name="case_share"),
    path("cases/<uuid:case_id>/shares/<uuid:share_id>/end", case_sharing.end_share, name="case_end_share"),
]

"""Addresses of the directory."""

from django.urls import path

from homeward.web.services import filing, providers, reading, writing

urlpatterns = [
    path("", reading.listing, name="services"),
    path("find", reading.find, name="services_find"),
    path("add", writing.add, name="add_service"),
    path("missing", writing.missing, name="missing_service"),
    path("files", filing.files, name="service_files"),
    path("files/export", filing.export, name="export_services"),
    path("providers/<uuid:provider_id>/edit", providers.edit, name="edit_service_provider"),
    path("keeping", writing.keeping, name="service_keeping"),
    path("proposals/<uuid:proposal_id>", writing.answer, name="answer_service_proposal"),
    path("feedback/<uuid:feedback_id>", writing.read, name="read_service_feedback"),
    path("<uuid:service_id>/", reading.service, name="service"),
    path("<uuid:service_id>/history", reading.history, name="service_history"),
    path("<uuid:service_id>/place", reading.place, name="service_place"),
    path("<uuid:service_id>/edit", writing.edit, name="edit_service"),
    path("<uuid:service_id>/verify", writing.verify, name="verify_service"),
    path("<uuid:service_id>/room", writing.count, name="count_service_room"),
    path("<uuid:service_id>/propose", writing.propose, name="propose_service_change"),
    path("<uuid:service_id>/feedback", writing.rate, name="rate_service"),
]

"""Addresses of instruments."""

from django.urls import path

from homeward.web.instruments import drafting, exporting, profiles, reading, reviewing, scoring

urlpatterns = [
    path("", reading.listing, name="instruments"),
    path("add", drafting.add, name="add_instrument"),
    path("flagged", reviewing.flagged, name="flagged_forms"),
    path("submissions/<uuid:submission_id>/reviewed", reviewing.reviewed, name="review_submission"),
    path("<uuid:instrument_id>/", reading.instrument, name="instrument"),
    path("<uuid:instrument_id>/upload", drafting.upload, name="upload_form"),
    path("forms/<uuid:version_id>/", reading.version, name="form_version"),
    path("forms/<uuid:version_id>/workbook", reading.source, name="form_workbook"),
    path("forms/<uuid:version_id>/answers", exporting.answers, name="export_answers"),
    path("forms/<uuid:version_id>/files", drafting.add_file, name="add_form_file"),
    path("forms/<uuid:version_id>/privacy", drafting.privacy, name="form_privacy"),
    path("forms/<uuid:version_id>/publish", drafting.publish, name="publish_form"),
    path("forms/<uuid:version_id>/discard", drafting.discard, name="discard_form"),
    path("forms/<uuid:version_id>/retire", drafting.retire, name="retire_form"),
    path("<uuid:instrument_id>/scoring/add", scoring.add, name="add_scoring_profile"),
    path("<uuid:instrument_id>/scoring/weights", scoring.derive, name="derive_scoring_profile"),
    path("<uuid:instrument_id>/scoring/anew", scoring.rescore, name="rescore"),
    path("scoring/<uuid:profile_id>/", profiles.profile, name="scoring_profile"),
    path("scoring/<uuid:profile_id>/workbook", profiles.workbook, name="scoring_workbook"),
    path("scoring/<uuid:profile_id>/use", scoring.use, name="use_scoring_profile"),
    path("scoring/<uuid:profile_id>/discard", scoring.discard, name="discard_scoring_profile"),
]

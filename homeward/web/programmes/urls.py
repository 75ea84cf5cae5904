"""Addresses of programmes."""

from django.urls import path

from homeward.web.programmes import drafting, reading

urlpatterns = [
    path("", reading.listing, name="programmes"),
    path("add", drafting.add, name="add_programme"),
    path("<uuid:programme_id>/", reading.programme, name="programme"),
    path("<uuid:programme_id>/parties/add", drafting.add_party, name="add_programme_party"),
    path(
        "<uuid:programme_id>/parties/<uuid:party_id>/remove",
        drafting.remove_party,
        name="remove_programme_party",
    ),
    path("<uuid:programme_id>/versions/begin", drafting.begin, name="begin_programme_version"),
    path("versions/<uuid:version_id>/", reading.version, name="programme_version"),
    path("versions/<uuid:version_id>/draft", drafting.draft, name="programme_draft"),
    path("versions/<uuid:version_id>/draft/general", drafting.general, name="programme_draft_general"),
    path(
        "versions/<uuid:version_id>/draft/<slug:kind>/<slug:place>",
        drafting.part,
        name="programme_draft_part",
    ),
    path("versions/<uuid:version_id>/discard", drafting.discard, name="discard_programme_version"),
    path("versions/<uuid:version_id>/publish", drafting.publish, name="publish_programme_version"),
]

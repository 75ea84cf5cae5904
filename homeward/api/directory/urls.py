"""Addresses of the public directory."""

from django.urls import path, re_path

from homeward.api.directory import answers

urlpatterns = [
    path("", answers.root, name="root"),
    path("openapi.json", answers.described, name="openapi"),
    path("services", answers.services, name="services"),
    path("services/<uuid:service_id>", answers.service, name="service"),
    path("organizations", answers.organizations, name="organizations"),
    path("organizations/<uuid:organization_id>", answers.organization, name="organization"),
    path("service_at_locations", answers.service_at_locations, name="service_at_locations"),
    path("service_at_locations/<uuid:link_id>", answers.service_at_location, name="service_at_location"),
    path("taxonomies", answers.taxonomies, name="taxonomies"),
    path("taxonomies/<uuid:taxonomy_id>", answers.taxonomy, name="taxonomy"),
    path("taxonomy_terms", answers.taxonomy_terms, name="taxonomy_terms"),
    path("taxonomy_terms/<uuid:term_id>", answers.taxonomy_term, name="taxonomy_term"),
    re_path("", answers.nothing, name="nothing"),
]

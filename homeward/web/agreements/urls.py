"""Addresses of agreements and of what two people decide."""

from django.urls import path

from homeward.web.agreements import answers, drafting, overrides, pages

urlpatterns = [
    path("", pages.listing, name="agreements"),
    path("new", drafting.propose, name="propose_agreement"),
    path("vital-interests/", overrides.listing, name="sharing_overrides"),
    path("cases/<uuid:case_id>/vital-interest", overrides.ask, name="ask_sharing_override"),
    path("vital-interests/<uuid:override_id>", overrides.answer, name="sharing_override"),
    path("<uuid:agreement_id>", pages.show, name="agreement"),
    path("<uuid:agreement_id>/accept", answers.accept, name="accept_agreement"),
    path("<uuid:agreement_id>/amend", drafting.amend, name="amend_agreement"),
    path("<uuid:agreement_id>/end", answers.end, name="end_agreement"),
]

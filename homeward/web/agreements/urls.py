"""Addresses of agreements and of what two people decide."""

from django.urls import path

from homeward.web.agreements import answers, drafting, overrides, pages, transfers

urlpatterns = [
    path("", pages.listing, name="agreements"),
    path("new", drafting.propose, name="propose_agreement"),
    path("vital-interests/", overrides.listing, name="sharing_overrides"),
    path("cases/<uuid:case_id>/vital-interest", overrides.ask, name="ask_sharing_override"),
    path("vital-interests/<uuid:override_id>", overrides.answer, name="sharing_override"),
    path("transfer-rules/", transfers.listing, name="transfer_rules"),
    path("transfer-rules/add", transfers.add, name="add_transfer_rule"),
    path("transfer-rules/examples", transfers.take_examples, name="take_example_rules"),
    path("transfer-rules/<uuid:rule_id>/change", transfers.change, name="change_transfer_rule"),
    path("transfer-rules/<uuid:rule_id>/end", transfers.end, name="end_transfer_rule"),
    path("transfer-rules/<uuid:rule_id>/verify", transfers.verify, name="verify_transfer_rule"),
    path("<uuid:agreement_id>", pages.show, name="agreement"),
    path("<uuid:agreement_id>/accept", answers.accept, name="accept_agreement"),
    path("<uuid:agreement_id>/amend", drafting.amend, name="amend_agreement"),
    path("<uuid:agreement_id>/end", answers.end, name="end_agreement"),
]

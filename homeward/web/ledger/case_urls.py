"""Addresses of money on a case, all beneath the case."""

from django.urls import path

from homeward.web.ledger import acts

urlpatterns = [
    path("", acts.show, name="case_money"),
    path("back", acts.after, name="after_money"),
    path("entitlements/<uuid:entitlement_id>/commit", acts.commit, name="commit_money"),
    path("entitlements/<uuid:entitlement_id>/top-up", acts.top_up, name="ask_top_up"),
    path("commitments/<uuid:commitment_id>/more", acts.more, name="commit_more"),
    path("commitments/<uuid:commitment_id>/release", acts.release, name="release_money"),
    path("commitments/<uuid:commitment_id>/deliver", acts.deliver, name="record_delivery"),
    path("commitments/<uuid:commitment_id>/pay", acts.pay, name="pay_commitment"),
    path("instalments/<uuid:instalment_id>/reached", acts.reached, name="reach_milestone"),
    path("entries/<uuid:entry_id>/proof", acts.prove, name="add_proof"),
    path("entries/<uuid:entry_id>/received", acts.answer, name="record_receipt"),
    path("entries/<uuid:entry_id>/reverse", acts.reverse_entry, name="reverse_entry"),
    path("asked/<uuid:intent_id>/record", acts.carry_out, name="carry_out_intent"),
]

"""Addresses of consents and of the person's own page, beneath a case."""

from django.urls import path

from homeward.web.consents import own_page, pages, requests

urlpatterns = [
    path("consents/ask", pages.ask, name="ask_consent"),
    path("consents/answer", pages.answer, name="answer_consent"),
    path("consents/<uuid:consent_id>/withdraw", pages.withdraw, name="withdraw_consent"),
    path("consents/<uuid:consent_id>/receipt/print", pages.receipt, name="consent_receipt"),
    path("consents/<uuid:consent_id>/receipt.jsonld", pages.receipt_json, name="consent_receipt_json"),
    path("consents/<uuid:consent_id>/names/<slug:whose>", pages.open_bystander, name="open_consent_name"),
    path("data-request", requests.from_case, name="data_request_from_case"),
    path("own-page", own_page.offer, name="offer_own_page"),
    path("own-page/<uuid:link_id>/end", own_page.end, name="end_own_page"),
    path("questions/<uuid:question_id>/answer", own_page.reply, name="answer_question"),
]

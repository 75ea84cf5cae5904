"""Addresses of handovers and later questions."""

from django.urls import path

from homeward.web.handovers import answers, enquiries, pages

urlpatterns = [
    path("handovers/", pages.listing, name="handovers"),
    path("handovers/by-reference", enquiries.ask, name="ask_by_reference"),
    path("handovers/asked/<uuid:enquiry_id>", enquiries.received, name="received_enquiry"),
    path("handovers/<uuid:handover_id>", pages.show, name="handover"),
    path("handovers/<uuid:handover_id>/ask", answers.ask, name="ask_about_handover"),
    path("handovers/<uuid:handover_id>/answer", answers.answer, name="answer_about_handover"),
    path("handovers/<uuid:handover_id>/accept", answers.accept, name="accept_handover"),
    path("handovers/<uuid:handover_id>/decline", answers.decline, name="decline_handover"),
    path("handovers/<uuid:handover_id>/recall", answers.recall, name="recall_handover"),
    path("handovers/questions/<uuid:question_id>", answers.answer_later, name="answer_as_former_lead"),
    path("cases/<uuid:case_id>/hand-over", pages.offer, name="offer_case"),
    path("cases/<uuid:case_id>/ask-for-it", pages.ask_for, name="ask_for_case"),
    path("cases/<uuid:case_id>/who-sent", pages.whence, name="ask_former_partner"),
    path("cases/<uuid:case_id>/ask", answers.ask_later, name="ask_former_lead"),
]

"""Addresses of referrals; those that begin at a case stand under the case."""

from django.urls import path

from homeward.web.referrals import figures, pages, sending

case_urlpatterns = [
    path("find", sending.find, name="find_service"),
    path("choose", sending.choose, name="choose_service"),
]
urlpatterns = [
    path("", pages.listing, name="referrals"),
    path("figures", figures.show, name="referral_figures"),
    path("<uuid:referral_id>", pages.show, name="referral"),
    path("<uuid:referral_id>/open", pages.open_it, name="open_referral"),
    path("<uuid:referral_id>/send", sending.send, name="send_referral"),
    path("<uuid:referral_id>/answer", pages.answer, name="answer_referral"),
    path("<uuid:referral_id>/recall", pages.recall, name="recall_referral"),
    path("<uuid:referral_id>/confirm", pages.confirm, name="confirm_referral"),
    path("<uuid:referral_id>/letter", pages.letter, name="referral_letter"),
]

"""Addresses of approvals."""

from django.urls import path

from homeward.web.approvals import pages

urlpatterns = [
    path("", pages.listing, name="approvals"),
    path("<uuid:approval_id>", pages.show, name="approval"),
    path("<uuid:approval_id>/pass-on", pages.pass_on, name="pass_on_approval"),
    path("<uuid:approval_id>/withdraw", pages.withdraw, name="withdraw_approval"),
]

"""Addresses of notices and complaints."""

from django.urls import path

from homeward.web.consents import notices, own_page

urlpatterns = [
    path("complaints/", own_page.complaints, name="complaints"),
    path("complaints/<uuid:complaint_id>", own_page.complaint, name="complaint"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<slug:purpose>", notices.notice, name="notice"),
]

"""Addresses of reports, their templates and recommendations."""

from django.urls import path

from homeward.web.reports import advice, pages

urlpatterns = [
    path("", pages.reports, name="reports"),
    path("<uuid:report_id>", pages.report, name="report"),
    path("<uuid:report_id>/<str:kind>", pages.report_file, name="report_file"),
    path("templates/<uuid:template_id>", pages.report_template, name="report_template"),
]
advice_urlpatterns = [
    path("", advice.recommendations, name="recommendations"),
    path("<uuid:recommendation_id>", advice.recommendation, name="recommendation"),
]

"""Addresses of the profile and of assessments."""

from django.urls import path

from homeward.web.assessments import pages

urlpatterns = [
    path("cases/<uuid:case_id>/assessments", pages.profile, name="case_profile"),
    path("cases/<uuid:case_id>/assessments/<slug:kind>/begin", pages.begin, name="begin_assessment"),
    path("assessments/<uuid:assessment_id>/answers", pages.read, name="read_assessment"),
    path("assessments/<uuid:assessment_id>/drop", pages.drop, name="drop_assessment"),
    path("assessments/<uuid:assessment_id>/steps/<slug:slug>", pages.step, name="assessment_step"),
    path("proposals/<uuid:proposal_id>", pages.answer, name="answer_proposal"),
]

"""Addresses of questions and their answers."""

from django.urls import path

from homeward.web.evaluation import pages

urlpatterns = [
    path("", pages.questions, name="questions"),
    path("new", pages.new, name="new_question"),
    path("figures/<uuid:drawing_id>.svg", pages.figure, name="figure"),
    path("<uuid:question_id>", pages.question, name="question"),
]

"""Addresses of the pages about imports; no word of a list ever stands in one."""

from django.urls import path

from homeward.web.imports import answering, columns, pages

ONE = "<uuid:import_id>/"

urlpatterns = [
    path("", pages.imports, name="imports"),
    path("new/", pages.new_import, name="import_new"),
    path(ONE, pages.one_import, name="import"),
    path(ONE + "columns/", columns.columns, name="import_columns"),
    path(ONE + "problem/<str:key>/", answering.problem, name="import_problem"),
    path(ONE + "problem/<str:key>/settle/", answering.settle, name="import_settle"),
    path(ONE + "problem/<str:key>/answer/", answering.answer, name="import_answer"),
    path(ONE + "same-person/", answering.decide, name="import_decide"),
    path(ONE + "rows/", pages.problem_rows, name="import_rows"),
    path(ONE + "save/", pages.save, name="import_save"),
    path(ONE + "undo/", pages.undo, name="import_undo"),
    path(ONE + "discard/", pages.discard, name="import_discard"),
]

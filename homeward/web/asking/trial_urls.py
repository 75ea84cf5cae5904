"""Addresses of trying a form out."""

from django.urls import path

from homeward.web.asking import trial

urlpatterns = [
    path("", trial.begin, name="try_form"),
    path("check", trial.check, name="try_check"),
    path("<slug:screen>", trial.screen, name="try_screen"),
]

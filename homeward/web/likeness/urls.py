"""Addresses of comparable people: beneath the case, and where an evaluator publishes them."""

from django.urls import path

from homeward.web.likeness import pages

case_urlpatterns = [path("people-like-this", pages.like_this, name="people_like_this")]
urlpatterns = [
    path("<uuid:extract_id>/comparison", pages.publish, name="publish_comparison"),
    path("comparisons/<uuid:comparison_id>/withdrawal", pages.withdraw, name="withdraw_comparison"),
]

"""Addresses of samples."""

from django.urls import path

from homeward.web.samples import pages

urlpatterns = [
    path("", pages.index, name="samples"),
    path("size", pages.size, name="sample_size"),
    path("new", pages.plan, name="plan_sample"),
    path("<uuid:sample_id>", pages.show, name="sample"),
    path("<uuid:sample_id>/draw", pages.draw, name="draw_sample"),
    path("<uuid:sample_id>/discard", pages.discard, name="discard_sample"),
    path("<uuid:sample_id>/double", pages.double, name="draw_double_sample"),
    path("<uuid:sample_id>/list", pages.take_out, name="sample_list"),
    path("<uuid:sample_id>/members/<uuid:member_id>/replace", pages.replace, name="replace_in_sample"),
]

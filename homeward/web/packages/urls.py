"""Addresses of packages."""

from django.urls import path

from homeward.web.packages import receiving, sending

urlpatterns = [
    path("cases/<uuid:case_id>/package", sending.send, name="send_package"),
    path(
        "cases/<uuid:case_id>/packages/<uuid:disclosure_id>/end", sending.take_back, name="take_back_package"
    ),
    path("shared-with-us/", receiving.received, name="shared_with_us"),
    path("shared-with-us/<uuid:disclosure_id>", receiving.package, name="received_package"),
    path("shared-with-us/<uuid:disclosure_id>/open/<slug:code>", receiving.open_line, name="open_in_package"),
    path("shared-with-us/<uuid:disclosure_id>/receipt", receiving.receipt, name="package_receipt"),
]

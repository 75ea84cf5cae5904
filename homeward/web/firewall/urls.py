"""Addresses of protocols and notices."""

from django.urls import path

from homeward.web.firewall import notices, protocols

urlpatterns = [
    path("protection/protocols", protocols.protocols, name="protocols"),
    path("protection/protocols/new", protocols.propose, name="propose_protocol"),
    path("protection/protocols/<uuid:protocol_id>/approve", protocols.approve, name="approve_protocol"),
    path("protection/protocols/<uuid:protocol_id>/end", protocols.end, name="end_protocol"),
    path("cases/<uuid:case_id>/notices", notices.notices, name="case_notices"),
    path("cases/<uuid:case_id>/notices/new", notices.make, name="make_notice"),
    path("cases/<uuid:case_id>/notices/<uuid:notice_id>/withdraw", notices.withdraw, name="withdraw_notice"),
]

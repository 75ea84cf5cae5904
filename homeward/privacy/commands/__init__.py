"""Destroying and rewrapping keys; holds, requests, restrictions, retention and breaches."""

from homeward.privacy.commands.breaches import note_breach_step, record_breach
from homeward.privacy.commands.holds import release_hold, set_hold
from homeward.privacy.commands.keys import destroy_key, destroy_keys, look_at_alert, rewrap_keys
from homeward.privacy.commands.requests import (
    answer_request,
    confirm_identity,
    extend_request,
    note_request_step,
    record_request,
    refuse_request,
)
from homeward.privacy.commands.restricting import lift_restriction, restrict

__all__ = [
    "answer_request",
    "confirm_identity",
    "destroy_key",
    "destroy_keys",
    "extend_request",
    "lift_restriction",
    "look_at_alert",
    "note_breach_step",
    "note_request_step",
    "record_breach",
    "record_request",
    "refuse_request",
    "release_hold",
    "restrict",
    "rewrap_keys",
    "set_hold",
]

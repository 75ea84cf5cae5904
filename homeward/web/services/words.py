"""Words for what the directory's codes say."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.services.rules import (
    ChangeKind,
    Doubt,
    FitReason,
    ForWhom,
    PlaceKind,
    PlaceReason,
    ProposalState,
    Status,
)

Words = str | Promise

STATUSES: Mapping[str, Words] = {
    Status.ACTIVE: _("Open"),
    Status.INACTIVE: _("Not offered now"),
    Status.DEFUNCT: _("Closed for good"),
    Status.TEMPORARILY_CLOSED: _("Closed for a while"),
}
FOR_WHOM: Mapping[str, Words] = {
    ForWhom.EVERYONE: _("Everyone"),
    ForWhom.WOMEN: _("Women"),
    ForWhom.MEN: _("Men"),
}
PLACE_KINDS: Mapping[str, Words] = {
    PlaceKind.PHYSICAL: _("A place to go to"),
    PlaceKind.POSTAL: _("A postal address"),
    PlaceKind.VIRTUAL: _("On the telephone or the internet"),
}
CHANGES: Mapping[str, Words] = {
    ChangeKind.ADDED: _("Added"),
    ChangeKind.EDITED: _("Changed"),
    ChangeKind.VERIFIED: _("Verified"),
    ChangeKind.ROOM: _("Room counted"),
    ChangeKind.IMPORTED: _("Brought in from a file"),
}
PROPOSAL_STATES: Mapping[str, Words] = {
    ProposalState.WAITING: _("Waiting for an answer"),
    ProposalState.TAKEN: _("Taken up"),
    ProposalState.DECLINED: _("Not taken up"),
}
OPENING_REASONS: Mapping[str, Words] = {
    PlaceReason.TAKING_SOMEBODY: _("Somebody is taken there today"),
    PlaceReason.ARRANGING_STAY: _("A stay is being arranged"),
    PlaceReason.EMERGENCY: _("Somebody is in danger"),
    PlaceReason.CHECKING: _("The entry is being checked"),
}
REASONS: Mapping[str, Words] = {
    FitReason.NEED: _("Helps with this"),
    FitReason.SAME_PLACE: _("In the same place"),
    FitReason.SAME_COUNTRY: _("In the same country"),
    FitReason.LANGUAGE: _("Speaks the language"),
    FitReason.AGE: _("For this age"),
    FitReason.SEX: _("For this person"),
    FitReason.ROOM: _("Has room"),
    FitReason.FREE: _("Free of charge"),
    FitReason.VERIFIED: _("Verified in the last six months"),
    FitReason.STEP_FREE: _("Without steps"),
}
DOUBTS: Mapping[str, Words] = {
    Doubt.NOT_VERIFIED: _("Nobody verified this for six months"),
    Doubt.OTHER_PLACE: _("In another place"),
    Doubt.AREA_UNKNOWN: _("Where it helps is not known"),
    Doubt.LANGUAGE_UNKNOWN: _("Languages not known"),
    Doubt.OTHER_LANGUAGE: _("Does not speak the language"),
    Doubt.AGE_UNKNOWN: _("Only for some ages; the age is not known"),
    Doubt.SEX_UNKNOWN: _("Only for women or only for men"),
    Doubt.ROOM_UNKNOWN: _("Room not known"),
    Doubt.ROOM_OLD: _("Room was counted more than two weeks ago"),
    Doubt.FULL: _("Full"),
    Doubt.COSTS: _("Costs money"),
    Doubt.COST_UNKNOWN: _("Cost not known"),
    Doubt.STEPS: _("Has steps"),
    Doubt.STEPS_UNKNOWN: _("Steps not known"),
    Doubt.PLACE_RESTRICTED: _("Where it is stays hidden until it is opened"),
}
DAYS: Mapping[str, Words] = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}
FIELDS: Mapping[str, Words] = {
    "name": _("Name"),
    "description": _("What it does"),
    "alternate_name": _("Also known as"),
    "translations": _("In other languages"),
    "status": _("State"),
    "needs": _("Helps with"),
    "countries": _("Countries"),
    "areas": _("Towns and districts it serves"),
    "languages": _("Languages"),
    "interpretation": _("Interpreting"),
    "for_whom": _("For whom"),
    "minimum_age": _("From the age of"),
    "maximum_age": _("Up to the age of"),
    "eligibility": _("Who may come"),
    "is_free": _("Free of charge"),
    "fees": _("Cost"),
    "how_to_apply": _("How to get in"),
    "waiting_time": _("Waiting time"),
    "phones": _("Telephone"),
    "email": _("Email"),
    "url": _("Website"),
    "schedules": _("Opening hours"),
    "alert": _("Notice"),
    "reply_days": _("Days to answer a referral"),
    "is_restricted": _("Restricted"),
    "places": _("Where"),
    "last_verified_on": _("Last verified"),
    "provider": _("Run by"),
}

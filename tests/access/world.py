"""What the access matrix of the API is tried on: Sami's case with one of everything, made when asked for."""

from functools import cached_property

from homeward.cases.commands import offer_lead, open_in_emergency, share_case
from homeward.cases.rules import Basis
from homeward.lib.identifiers import new_id
from tests.cast import CLINIC, HARBOUR, nora


class World:
    """The ids of what exists, as far as a row asks for them."""

    clinic_id, harbour_id, nora_id = CLINIC, HARBOUR, nora.user_id

    def __init__(self, case):
        self.case_id, self.person_id = case.id, case.person_id
        self.share_id = share_case(
            nora, case_id=case.id, organisation_id=HARBOUR, basis=Basis.CONSENT, purpose="Counselling"
        ).id
        self.case_version = offer_lead(nora, case_id=case.id, organisation_id=HARBOUR).version
        self.reference = case.reference

    @cached_property
    def emergency_id(self):
        reason = "Somebody is at his door right now."
        return open_in_emergency(nora, reference=self.reference, reason=reason).id


class Nowhere:
    """A world of the same shape in which no id exists."""

    clinic_id, harbour_id, nora_id, case_version = CLINIC, HARBOUR, nora.user_id, 1

    def __getattr__(self, name):
        return new_id()

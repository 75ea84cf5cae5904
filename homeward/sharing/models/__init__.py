"""Agreements, rules for crossing borders, and the register of disclosures."""

from homeward.sharing.models.agreements import Agreement, AgreementParty, Clause, TransferRule
from homeward.sharing.models.disclosures import DisclosedContent, Disclosure, Override

__all__ = [
    "Agreement",
    "AgreementParty",
    "Clause",
    "DisclosedContent",
    "Disclosure",
    "Override",
    "TransferRule",
]

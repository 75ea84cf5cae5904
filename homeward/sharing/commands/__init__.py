"""Agreeing, disclosing, and deciding with a second person."""

from homeward.sharing.commands.agreements import (
    accept_agreement,
    amend_agreement,
    end_agreement,
    propose_agreement,
)
from homeward.sharing.commands.disclosing import confirm_receipt, disclose, end_disclosure, note_opened
from homeward.sharing.commands.overriding import answer_override, ask_override
from homeward.sharing.commands.transfers import (
    add_transfer_rule,
    change_transfer_rule,
    end_transfer_rule,
    take_example_rules,
    verify_transfer_rule,
)

__all__ = [
    "accept_agreement",
    "add_transfer_rule",
    "amend_agreement",
    "answer_override",
    "ask_override",
    "change_transfer_rule",
    "confirm_receipt",
    "disclose",
    "end_agreement",
    "end_disclosure",
    "end_transfer_rule",
    "note_opened",
    "propose_agreement",
    "take_example_rules",
    "verify_transfer_rule",
]

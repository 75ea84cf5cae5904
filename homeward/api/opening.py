"""REST: the reason that goes with every opening of a sealed field."""

from typing import Annotated

from ninja import Field, Schema

from homeward.api.fields import ANY
from homeward.assistance.rules import AccountReason
from homeward.cases.journey_rules import OpeningReason
from homeward.privacy.opening import LONGEST_WORDS

WhyWords = Annotated[
    str,
    Field(
        max_length=LONGEST_WORDS, pattern=ANY, description="In your words; needed with the reason `other`."
    ),
]


class WhyIn(Schema):
    """Why it is opened; the reason is on record in clear, the words are kept sealed."""

    reason: OpeningReason
    words: WhyWords = ""


class AccountWhyIn(Schema):
    reason: AccountReason
    words: WhyWords = ""

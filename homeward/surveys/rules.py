"""States, kinds of question and kinds of missing: pure."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

PHONE_STANDS = timedelta(days=365)
SEEN_NOTED_EVERY = timedelta(minutes=1)
MOST_FORM_BYTES = 10 * 1024 * 1024
MOST_BODY_BYTES = 10 * 1024 * 1024
MOST_ATTACHMENT_BYTES = 100 * 1024 * 1024
MOST_ATTACHMENTS = 500
CODE = re.compile(r"\w[\w .\-]{0,63}")
# A hidden question of this name carries the opaque key of whom a form is about.
RESPONDENT = "homeward_respondent"
# Queued for an organisation whenever it received something, by whichever stage scores what was answered.
SCORING_JOB = "score_new_submissions"
GATHERING_SECONDS = 0.4  # the job waits so long, so that what comes together is scored together


class FormState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


VERSION_MOVES: Mapping[FormState, frozenset[FormState]] = {
    FormState.DRAFT: frozenset({FormState.PUBLISHED}),
    FormState.PUBLISHED: frozenset({FormState.RETIRED}),
    FormState.RETIRED: frozenset({FormState.PUBLISHED}),
}


class ProfileState(StrEnum):
    """How a scoring profile stands: being made, scoring what comes in, or replaced by another."""

    DRAFT = "draft"
    IN_USE = "in_use"
    RETIRED = "retired"


class Checked(StrEnum):
    """How far a form was checked: logic too, or only what needs no second reader of forms."""

    FULLY = "fully"
    PARTLY = "partly"


class FileKind(StrEnum):
    SOURCE = "source"
    MEDIA = "media"


class SubmissionState(StrEnum):
    COMPLETE = "complete"
    WAITING_FOR_ATTACHMENTS = "waiting_for_attachments"
    FLAGGED = "flagged"


class Missing(StrEnum):
    """Why there is no answer. An answer that is not there was not asked, or was passed over."""

    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"
    REFUSED = "refused"


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    ONE = "one"
    SEVERAL = "several"
    RANKED = "ranked"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    PLACE = "place"
    SHAPE = "shape"
    FILE = "file"
    TICK = "tick"
    CALCULATED = "calculated"
    META = "meta"
    NOTE = "note"
    GROUP = "group"
    REPEAT = "repeat"


WITHOUT_ANSWER = frozenset({Kind.NOTE, Kind.GROUP, Kind.REPEAT})


class Trouble(StrEnum):
    """What makes a submission wait for a second look; nothing is dropped for it."""

    UNREADABLE_ANSWER = "unreadable_answer"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_CODE = "unknown_code"
    DIFFERENT_ATTACHMENT = "different_attachment"
    TOO_FAST = "too_fast"
    STRAIGHT_LINING = "straight_lining"
    IMPOSSIBLE = "impossible"
    ENCRYPTED = "encrypted"
    UNKNOWN_RESPONDENT = "unknown_respondent"
    OTHER_FORM = "other_form"
    ANSWERED_TWICE = "answered_twice"


# Names of choices that everybody uses for the same thing; a form can say otherwise in a column `missing`.
MISSING_NAMES: dict[str, Missing] = {
    **dict.fromkeys(("not_applicable", "n_a", "na", "not_relevant"), Missing.NOT_APPLICABLE),
    **dict.fromkeys(("dont_know", "do_not_know", "don_t_know", "dk", "unknown"), Missing.DONT_KNOW),
    **dict.fromkeys(("refused", "refuse", "prefer_not_to_say", "no_answer"), Missing.REFUSED),
    **dict.fromkeys(("not_asked",), Missing.NOT_ASKED),
}

MISSING_WORDS: dict[str, Missing] = {**MISSING_NAMES, **{kind.value: kind for kind in Missing}}


def missing_kind(name: str, said: str = "") -> Missing | None:
    """The kind of missing that a choice stands for: what its form says, or what its name says."""
    return MISSING_WORDS.get(said.strip().lower()) or MISSING_NAMES.get(name.strip().lower())

"""What is told, when it is safe, how often it is tried, and what an answer means. No clock, no database."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class GatewayKind(StrEnum):
    """Whose language the gateway speaks."""

    RAPIDPRO = "rapidpro"
    TEXTIT = "textit"
    HTTP = "http"


class Saying(StrEnum):
    """What a message says; each has one neutral text in each language."""

    APPOINTMENT = "appointment"
    VISIT = "visit"
    CALL_BACK = "call_back"
    ASK = "ask"
    QUESTION = "question"
    THANKS = "thanks"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    TEST = "test"


# What anybody may get who writes to the number: it says nothing about whether they are known.
TO_ANYBODY = frozenset({Saying.STOPPED, Saying.UNKNOWN, Saying.TEST})
BY_HAND = (Saying.CALL_BACK,)


class MessageState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    HELD_BACK = "held_back"


OPEN = (MessageState.WAITING, MessageState.SENDING)


class Because(StrEnum):
    """Why a message did not go out, or did not arrive."""

    NO_PERMISSION = "no_permission"
    NOT_SAFE = "not_safe"
    CHANGED = "changed"
    TOO_LATE = "too_late"
    CHANNEL_ENDED = "channel_ended"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NOT_DELIVERED = "not_delivered"


class YesWay(StrEnum):
    """How somebody said that they may be written to."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    OWN_PAGE = "own_page"


class NoWay(StrEnum):
    """How it ended."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    OWN_PAGE = "own_page"
    BY_MESSAGE = "by_message"


class Meaning(StrEnum):
    """What an answer means, as far as a machine may say."""

    STOP = "stop"
    CALL = "call"
    ANSWER = "answer"
    WORDS = "words"
    STRANGER = "stranger"


class Report(StrEnum):
    """What a gateway says became of a message."""

    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


LANGUAGES = ("en", "fr", "ar")
STOP_WORDS = frozenset(
    {"stop", "stopp", "end", "cancel", "quit", "unsubscribe", "arret", "arrêt", "arreter", "arrêter", "fin"}
    | {"توقف", "قف", "إيقاف", "ايقاف", "الغاء", "إلغاء"}
)
CALL_WORDS = frozenset({"call", "appel", "appeler", "rappel", "اتصال", "اتصل", "مكالمة"})
ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def plain_words(text: str) -> str:
    """An answer without case, spaces around it and marks at its ends; digits as 0–9."""
    return text.translate(ARABIC_DIGITS).strip().strip(".!?،؟\"'«»").strip().casefold()


def is_stop(text: str) -> bool:
    """True when the answer is, or begins with, a word that ends messages."""
    first = plain_words(text).split()[:1]
    return bool(first) and first[0].strip(".,!،") in STOP_WORDS


def is_call(text: str) -> bool:
    """True when somebody asks for a call by the word they were told."""
    return plain_words(text) in CALL_WORDS


def chosen(text: str, count: int) -> int | None:
    """Which of `count` numbered choices was named, from 1; None when it was none of them."""
    told = plain_words(text)
    return int(told) if told.isdecimal() and len(told) <= 2 and 1 <= int(told) <= count else None


# When it may ring, where nothing else is said.
DAY_BEGINS, DAY_ENDS = time(8), time(20)


@dataclass(frozen=True)
class Hours:
    """From when until when a phone may ring on any day, at the place of the person."""

    earliest: time
    latest: time

    def include(self, at: time) -> bool:
        """Whether a time of day is safe; hours may lie around midnight."""
        if self.earliest <= self.latest:
            return self.earliest <= at < self.latest
        return at >= self.earliest or at < self.latest


def safe_hours(not_before: time | None, not_after: time | None) -> Hours:
    """The hours that somebody named, filled up with the day's where they named one end only."""
    earliest, latest = not_before, not_after
    if earliest is None:
        earliest = DAY_BEGINS if latest is None or latest > DAY_BEGINS else time.min
    if latest is None:
        latest = DAY_ENDS if earliest < DAY_ENDS else time.max
    return Hours(earliest, latest)


def next_safe_moment(at: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """`at`, or the first moment after it at which the phone may ring."""
    local = at.astimezone(zone)
    if hours.include(local.time()):
        return at
    day = local.date() if local.time() < hours.earliest else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.earliest, zone).astimezone(at.tzinfo)


MOST_TRIES = 20
LONGEST_WAIT = timedelta(hours=2)


def wait_after(tries: int, first: timedelta) -> timedelta:
    """How long to wait after so many tries: twice as long each time, two hours at most."""
    return min(first * 2.0 ** max(0, tries - 1), LONGEST_WAIT)


@dataclass(frozen=True)
class Heard:
    """Something that a gateway brought: who wrote what, under which number of the gateway's own."""

    provider_id: str
    number: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class Reported:
    """What a gateway says of a message, named by our id or by its own."""

    report: Report
    message_id: str = ""
    provider_id: str = ""


ANSWERS_COUNT_FOR = timedelta(days=14)  # an answer to the last message of this time is about its case
ASKED_FOR = timedelta(hours=72)  # how long a short survey waits for the next answer
MOST_QUESTIONS = 3
MOST_CHOICES = 6
MOST_MISUNDERSTOOD = 2
REMIND_AHEAD = timedelta(hours=36)
REMIND_AT_LEAST = timedelta(hours=1)
KEPT_WITHOUT_CASE = timedelta(days=30)
TESTS_A_DAY = 20

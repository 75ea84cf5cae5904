"""One thing that waits, as every source of the inbox tells it."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

MOST_OF_A_KIND = 100


@dataclass(frozen=True)
class InboxTask:
    """Something that waits: the verb first, why it waits, and by when; running work has no day."""

    title: str | Promise
    url: str
    icon: str
    when: date | None = None
    detail: str | Promise = ""
    reference: str = ""
    name: str = ""
    native_name: str = ""
    at: str = ""
    done: int = 0
    all: int = 0

    @property
    def is_running(self) -> bool:
        return self.all > 0

    def is_late(self, today: date) -> bool:
        return self.when is not None and self.when < today

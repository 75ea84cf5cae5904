"""What a person settled about a partner's layout, to be asked once and remembered."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from homeward.exchange.values.dates import DayOrder
from homeward.exchange.values.text import fold

Meanings = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ReadingChoices:
    """Everything left empty is guessed.

    `header_row` is a 1-based sheet row, 0 for a list without a header. `columns` maps headers to fields,
    "held" or "" keeping a column for later. `meanings` maps a field to what its words stand for
    ({"vulnerability": {"VoT": "victim_of_trafficking"}}). `orders` maps a field to a DayOrder.
    """

    sheet: str = ""
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=dict)
    orders: Mapping[str, DayOrder] = field(default_factory=dict)
    currency: str = ""
    phone_region: str = ""
    encoding: str = ""
    separator: str = ""

    def words_for(self, field_name: str) -> dict[str, str]:
        """Folded word → code, as settled for this field."""
        return {fold(word): code for word, code in self.meanings.get(field_name, {}).items()}

    def as_json(self) -> dict[str, Any]:
        """Plain values for keeping; `from_json` takes them back."""
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": dict(self.columns),
            "meanings": {name: dict(words) for name, words in self.meanings.items()},
            "orders": {name: order.value for name, order in self.orders.items()},
            "currency": self.currency,
            "phone_region": self.phone_region,
            "encoding": self.encoding,
            "separator": self.separator,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ReadingChoices":
        """The choices that were kept; unknown keys of other versions are passed over."""
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        orders = {name: DayOrder(order) for name, order in known.pop("orders", {}).items()}
        return cls(**known, orders=orders)


def layout_key(headers: Iterable[str]) -> str:
    """The same for every file with these headers, so that choices can be found again."""
    return hashlib.sha256("\x1f".join(fold(header) for header in headers).encode()).hexdigest()[:32]

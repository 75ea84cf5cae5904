"""Results as IATI 2.03: an activity for each programme, with what was counted of it year by year.

Only counts that may be shown are written: what is suppressed is absent. Targets and baselines are not in an
extract, so none is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

from homeward.estimators.suppression import Counted
from homeward.exchange.analysts.returns import Coordinates, Shown

SECTOR = "15190"  # facilitation of orderly, safe, regular and responsible migration (OECD DAC)
OUTPUT, UNIT, IMPLEMENTING, IN_PROGRESS, ACTUAL_START, OTHER_ORGANISATION = "1", "1", "4", "2", "2", "90"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TITLES = {"arrived": "People who returned and arrived", "assisted": "Returned people who were assisted"}


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the reference that IATI knows it by, and its name."""

    reference: str
    name: str


@dataclass(frozen=True)
class _Observed:
    year: str
    count: int
    dimensions: tuple[tuple[str, str], ...]


def write_results(
    tables: Sequence[Counted], shown: Shown, publisher: Publisher, into: Path, *, at: datetime
) -> int:
    """Write the activities; how many counts stand in them."""
    stamp = f"{at:%Y-%m-%dT%H:%M:%S}Z"
    root = Xml.Element("iati-activities", {"version": "2.03", "generated-datetime": stamp})
    written = 0
    for programme, indicators in sorted(_by_programme(tables, shown).items()):
        _add_activity(root, programme, indicators, publisher, stamp)
        written += sum(len(counts) for counts in indicators.values())
    Xml.indent(root)
    Xml.ElementTree(root).write(into, encoding="utf-8", xml_declaration=True)
    return written


def _by_programme(tables: Sequence[Counted], shown: Shown) -> dict[str, dict[str, list[_Observed]]]:
    found: dict[str, dict[str, list[_Observed]]] = {}
    for table in tables:
        indicator, year = table.name.split(" ")[0], table.given["arrived_year"]
        for coordinates, count in shown[table.name].items():
            at = dict(zip(table.dimensions, coordinates, strict=True))
            programme = at.pop("programme")
            if (
                count is None
                or programme is None
                or (indicator == "assisted" and at.pop("assisted") != "yes")
            ):
                continue
            told = tuple((name, value) for name, value in at.items() if value is not None)
            found.setdefault(programme, {}).setdefault(indicator, []).append(_Observed(year, count, told))
    return found


def _add_activity(
    root: Xml.Element,
    programme: str,
    indicators: Mapping[str, list[_Observed]],
    publisher: Publisher,
    stamp: str,
) -> None:
    activity = Xml.SubElement(root, "iati-activity", {"last-updated-datetime": stamp, LANG: "en"})
    Xml.SubElement(activity, "iati-identifier").text = f"{publisher.reference}-{programme}"
    reporting = Xml.SubElement(
        activity, "reporting-org", {"ref": publisher.reference, "type": OTHER_ORGANISATION}
    )
    _say(reporting, publisher.name)
    _say(Xml.SubElement(activity, "title"), f"Return and reintegration: {programme}")
    _say(Xml.SubElement(activity, "description"), "Counted from case records; small counts are left out.")
    taking_part = {"ref": publisher.reference, "role": IMPLEMENTING, "type": OTHER_ORGANISATION}
    _say(Xml.SubElement(activity, "participating-org", taking_part), publisher.name)
    Xml.SubElement(activity, "activity-status", {"code": IN_PROGRESS})
    first = min(one.year for counts in indicators.values() for one in counts)
    Xml.SubElement(activity, "activity-date", {"type": ACTUAL_START, "iso-date": f"{first}-01-01"})
    Xml.SubElement(activity, "sector", {"vocabulary": "1", "code": SECTOR})
    result = Xml.SubElement(activity, "result", {"type": OUTPUT})
    _say(Xml.SubElement(result, "title"), "Returns and assistance")
    for name, counts in indicators.items():
        _add_indicator(result, name, counts)


def _add_indicator(result: Xml.Element, name: str, counts: Sequence[_Observed]) -> None:
    indicator = Xml.SubElement(result, "indicator", {"measure": UNIT, "aggregation-status": "1"})
    _say(Xml.SubElement(indicator, "title"), TITLES[name])
    for year in sorted({one.year for one in counts}):
        period = Xml.SubElement(indicator, "period")
        Xml.SubElement(period, "period-start", {"iso-date": f"{year}-01-01"})
        Xml.SubElement(period, "period-end", {"iso-date": f"{year}-12-31"})
        for one in _ordered(counts, year):
            actual = Xml.SubElement(period, "actual", {"value": str(one.count)})
            for dimension, value in one.dimensions:
                Xml.SubElement(actual, "dimension", {"name": dimension, "value": value})


def _ordered(counts: Sequence[_Observed], year: str) -> Iterator[_Observed]:
    """The total first, then what it is made of."""
    yield from sorted(
        (one for one in counts if one.year == year), key=lambda one: (len(one.dimensions), one.dimensions)
    )


def _say(element: Xml.Element, words: str) -> None:
    Xml.SubElement(element, "narrative").text = words


__all__ = ["Coordinates", "Publisher", "write_results"]

"""The questions of a form: what each asks, in which languages, what may be answered, how private it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from homeward.lib.privacy_classes import PrivacyClass
from homeward.surveys.rules import MISSING_WORDS, WITHOUT_ANSWER, Kind, missing_kind

Labels = Mapping[str, str]
KINDS: dict[str, Kind] = {
    **dict.fromkeys(("text", "string", "barcode", "email", "phone number"), Kind.TEXT),
    **dict.fromkeys(("integer", "int"), Kind.WHOLE),
    **dict.fromkeys(("decimal", "range"), Kind.DECIMAL),
    **dict.fromkeys(("select one", "select one external", "select one from file"), Kind.ONE),
    **dict.fromkeys(("select all that apply", "select multiple", "select multiple from file"), Kind.SEVERAL),
    **dict.fromkeys(("rank", "odk:rank"), Kind.RANKED),
    "date": Kind.DATE,
    "time": Kind.TIME,
    **dict.fromkeys(("datetime", "date time"), Kind.MOMENT),
    **dict.fromkeys(("geopoint", "location", "gps"), Kind.PLACE),
    **dict.fromkeys(("geotrace", "geoshape"), Kind.SHAPE),
    **dict.fromkeys(("photo", "image", "audio", "video", "file", "background-audio", "audit"), Kind.FILE),
    **dict.fromkeys(("acknowledge", "trigger"), Kind.TICK),
    **dict.fromkeys(("calculate", "hidden"), Kind.CALCULATED),
    **dict.fromkeys(
        ("start", "end", "today", "deviceid", "username", "simserial", "subscriberid"), Kind.META
    ),
    **dict.fromkeys(("phonenumber", "start-geopoint", "imei", "device id", "get device id"), Kind.META),
    "note": Kind.NOTE,
    "group": Kind.GROUP,
    "repeat": Kind.REPEAT,
}
# Not in the filled form, or of the envelope.
LEFT_OUT = frozenset({"xml-external", "csv-external", "survey", "entity"})
MEDIA_FILE = re.compile(r"[^/\\\x00-\x1f]{1,150}")
PULLED = re.compile(r"pulldata\(\s*['\"]([\w .\-]+)['\"]")


@dataclass(frozen=True)
class Option:
    """One choice; `missing` says that it stands for no answer, and why."""

    code: str
    labels: Labels
    missing: str = ""


@dataclass(frozen=True)
class Question:
    """One line of a form. `path` is relative to the root; `repeat` is the path of the repeat it is in."""

    name: str
    path: str
    kind: Kind
    type: str = ""  # as the form says it: `start`, `photo`, `select one`
    labels: Labels = field(default_factory=dict)
    hints: Labels = field(default_factory=dict)
    choices: tuple[Option, ...] = ()
    choices_from: str = ""
    choice_filter: str = ""
    is_required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_words: Labels = field(default_factory=dict)
    calculation: str = ""
    appearance: str = ""
    repeat: str = ""
    privacy: int = int(PrivacyClass.SENSITIVE)
    missing_codes: Mapping[str, str] = field(default_factory=dict)
    media: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        return self.kind not in WITHOUT_ANSWER

    def label(self, language: str = "") -> str:
        """What is asked in that language, or in the one there is."""
        return said_in(self.labels, language) or self.name


def said_in(labels: Labels, language: str) -> str:
    """The words in a language given as in the form or as a code such as `ar`, or in the first there is."""
    for name, text in labels.items():
        if name == language or language_code(name) == language:
            return text
    return labels.get("default") or next(iter(labels.values()), "")


def language_code(name: str) -> str:
    """`fr` of `French (fr)`; nothing when the form gives no code."""
    found = re.search(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)?)\)\s*$", name)
    if found:
        return found[1].lower()
    return {"english": "en", "french": "fr", "français": "fr", "arabic": "ar", "العربية": "ar"}.get(
        name.strip().lower(), ""
    )


def questions_of(survey: Mapping[str, Any]) -> tuple[Question, ...]:
    """The lines of a form in their order, from what pyxform made of its workbook."""
    lists = survey.get("choices") or {}
    return tuple(_walk(survey.get("children") or (), "", "", lists))


def languages_of(survey: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages that labels are in, the default first; `default` alone when the form names none."""
    found: dict[str, None] = {}
    for question in questions_of(survey):
        for language in (*question.labels, *(name for one in question.choices for name in one.labels)):
            found[language] = None
    named = [name for name in found if name != "default"] or ["default"]
    first = str(survey.get("default_language") or "")
    return tuple(sorted(named, key=lambda name: name != first))


def as_json(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Questions as they are kept; what says nothing is left out."""
    return [
        {key: value for key, value in asdict(one).items() if value not in ("", (), {}, False, None)}
        | {"privacy": one.privacy}
        for one in questions
    ]


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Questions from what as_json kept."""
    return tuple(
        Question(
            **{
                **one,
                "kind": Kind(one["kind"]),
                "choices": tuple(Option(**choice) for choice in one.get("choices", ())),
                "media": tuple(one.get("media", ())),
            }
        )
        for one in kept
    )


def _walk(
    items: Iterable[Mapping[str, Any]], above: str, repeat: str, lists: Mapping[str, Any]
) -> Iterator[Question]:
    for item in items:
        kind, name = str(item.get("type", "")), str(item.get("name", ""))
        if kind in LEFT_OUT or not name:
            continue
        path = f"{above}/{name}" if above else name
        inner = item.get("children")
        question = _question(item, path, repeat, lists)
        if question.path == "meta" or question.path.startswith("meta/"):
            if question.name == "audit":
                yield question
        else:
            yield question
        if inner:
            yield from _walk(inner, path, path if kind == "repeat" else repeat, lists)


def _question(item: Mapping[str, Any], path: str, repeat: str, lists: Mapping[str, Any]) -> Question:
    bind, control = item.get("bind") or {}, item.get("control") or {}
    kind = _kind(item)
    listed = str(item.get("itemset") or item.get("list_name") or "")
    choices = tuple(_option(one) for one in item.get("choices") or lists.get(listed) or ())
    return Question(
        name=str(item["name"]),
        path=path,
        kind=kind,
        type=str(item.get("type", "")).lower(),
        labels=_labels(item.get("label")),
        hints=_labels(item.get("hint")),
        choices=choices if kind in (Kind.ONE, Kind.SEVERAL, Kind.RANKED) else (),
        choices_from=listed if "." in listed else "",
        choice_filter=str(item.get("choice_filter") or ""),
        is_required=str(bind.get("required", "")).lower() in ("yes", "true()", "true"),
        relevant=str(bind.get("relevant", "")),
        constraint=str(bind.get("constraint", "")),
        constraint_words=_labels(bind.get("jr:constraintMsg")),
        calculation=str(bind.get("calculate", "")),
        appearance=str(control.get("appearance", "")),
        repeat=repeat,
        privacy=_privacy(item, kind),
        missing_codes=_missing_codes(item, choices),
        media=tuple(sorted(_media(item, listed))),
    )


def _kind(item: Mapping[str, Any]) -> Kind:
    said = str(item.get("type", "")).lower()
    if said == "range" and "." not in str((item.get("parameters") or {}).get("step", "1")):
        return Kind.WHOLE
    return KINDS.get(said, Kind.TEXT)


def _labels(given: Any) -> dict[str, str]:
    if isinstance(given, Mapping):
        return {str(name): str(text) for name, text in given.items() if text not in (None, "")}
    return {"default": str(given)} if given not in (None, "") else {}


def _option(given: Mapping[str, Any]) -> Option:
    code = str(given.get("name", ""))
    return Option(
        code, _labels(given.get("label")), str(missing_kind(code, str(given.get("missing", ""))) or "")
    )


def _privacy(item: Mapping[str, Any], kind: Kind) -> int:
    """What the form says in a column `privacy`; otherwise sensitive, and personal for a place."""
    said = str(item.get("privacy", "")).strip().upper()
    if said in PrivacyClass.__members__:
        return int(PrivacyClass[said])
    if kind in WITHOUT_ANSWER:
        return int(PrivacyClass.PUBLIC)
    return int(
        PrivacyClass.PERSONAL if kind in (Kind.PLACE, Kind.SHAPE, Kind.META) else PrivacyClass.SENSITIVE
    )


def _missing_codes(item: Mapping[str, Any], choices: Iterable[Option]) -> dict[str, str]:
    """Codes that stand for no answer: of choices, and what the form says in `missing`, as `98=dont_know`."""
    found = {one.code: one.missing for one in choices if one.missing}
    for pair in str(item.get("missing", "")).replace(",", " ").split():
        code, _sign, kind = pair.partition("=")
        known = MISSING_WORDS.get(kind)
        if code and known:
            found[code] = known.value
    return found


def _media(item: Mapping[str, Any], listed: str) -> set[str]:
    """Files that a phone needs beside the form."""
    found = {listed} if "." in listed else set()
    if item.get("type") == "select one external":
        found.add("itemsets.csv")
    for one in (item, *(item.get("choices") or ())):
        for given in (one.get("media") or {}).values():
            found |= set(given.values()) if isinstance(given, Mapping) else {str(given)}
    logic = " ".join(str(value) for value in (item.get("bind") or {}).values())
    found |= {name if "." in name else f"{name}.csv" for name in PULLED.findall(logic)}
    return {name for name in found if name and MEDIA_FILE.fullmatch(name)}

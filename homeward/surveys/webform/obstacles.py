"""What a page cannot do of what a form asks, question by question."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element as Markup  # noqa: S405 (read by homeward.lib.markup alone)

from homeward.lib.markup import local_name
from homeward.surveys.webform.form import (
    Asked,
    Control,
    Element,
    Obstacle,
    Repeated,
    Setting,
    Together,
    WebForm,
    Why,
    Words,
)
from homeward.surveys.webform.functions import FUNCTIONS
from homeward.surveys.webform.patterns import SlowPattern, pattern_of
from homeward.surveys.webform.xpath import Call, Expression, Text, parts_of

MOST_ASKED = 3000
SHAPES = frozenset({"geotrace", "geoshape"})
EVENTS = frozenset({"odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"})


def found_in(form: WebForm, model: Markup) -> Iterator[Obstacle]:
    """Every obstacle, each at its question."""
    if any(local_name(one) == "submission" and one.get("base64RsaPublicKey") for one in model):
        yield Obstacle(Why.ENCRYPTED)
    if any(local_name(one) == "recordaudio" for one in model):
        yield Obstacle(Why.KIND, what="background-audio")
    asked = list(form.asked())
    if len(asked) > MOST_ASKED:
        yield Obstacle(Why.SHAPE, what=str(len(asked)))
    for one in asked:
        yield from _of_question(one)
    for path, expression in _expressions(form):
        yield from _of_logic(expression, path)
    for setting in settings_in(form.elements, form.settings):
        if not set(setting.when.split()) <= EVENTS:
            yield Obstacle(Why.LOGIC, setting.path, setting.when)


def _of_question(asked: Asked) -> Iterator[Obstacle]:
    if asked.control == Control.RANKED or asked.type in SHAPES:
        yield Obstacle(Why.KIND, asked.path, "rank" if asked.control == Control.RANKED else asked.type)
    if "ex:" in asked.appearance or "printer:" in asked.appearance:
        yield Obstacle(Why.PROGRAM, asked.path, asked.appearance[:60])
    if "search(" in asked.appearance:
        yield Obstacle(Why.FUNCTION, asked.path, "search")


def _expressions(form: WebForm) -> Iterator[tuple[str, Expression]]:
    for path, logic in form.logic.items():
        told = (logic.relevant, logic.required, logic.readonly, logic.constraint, logic.calculate)
        yield from _kept(path, told)
        yield from _in_words(path, (logic.constraint_words, logic.required_words))
    for path, value in _settings(form):
        yield from _kept(path, (value,))
    yield from _in_elements(form.elements)
    yield from _in_words("", form.itexts.values())


def _settings(form: WebForm) -> Iterator[tuple[str, Expression | None]]:
    for one in settings_in(form.elements, form.settings):
        yield one.path, one.value


def settings_in(elements: Iterable[Element], found: tuple[Setting, ...] = ()) -> tuple[Setting, ...]:
    """All that the form sets by itself, added to what was found."""
    for one in elements:
        if not isinstance(one, Together):
            found += one.settings
        if not isinstance(one, Asked):
            found = settings_in(one.inside, found)
    return found


def _in_elements(elements: tuple[Element, ...]) -> Iterator[tuple[str, Expression]]:
    for one in elements:
        yield from _in_words(one.path, (one.label,))
        if isinstance(one, Asked):
            yield from _kept(one.path, (one.choices.nodes, one.choices.label))
            yield from _in_words(one.path, (one.hint, *(each.words for each in one.choices.fixed)))
            continue
        if isinstance(one, Repeated):
            yield from _kept(one.path, (one.count,))
        yield from _in_elements(one.inside)


def _in_words(path: str, words: Iterable[Words]) -> Iterator[tuple[str, Expression]]:
    for one in words:
        for parts in one.by_language.values():
            yield from _kept(path, (part for part in parts if not isinstance(part, str)))


def _kept(path: str, told: Iterable[Expression | None]) -> Iterator[tuple[str, Expression]]:
    return ((path, one) for one in told if one is not None)


def _of_logic(expression: Expression, path: str) -> Iterator[Obstacle]:
    for one in parts_of(expression):
        if isinstance(one, Call):
            yield from _of_call(one, path)


def _of_call(call: Call, path: str) -> Iterator[Obstacle]:
    known = FUNCTIONS.get(call.name)
    if known is None:
        yield Obstacle(Why.FUNCTION, path, call.name)
    elif not known.least <= len(call.given) <= known.most:
        yield Obstacle(Why.LOGIC, path, call.name)
    elif call.name == "regex":
        yield from _of_pattern(call.given[1], path)


def _of_pattern(pattern: Expression, path: str) -> Iterator[Obstacle]:
    if not isinstance(pattern, Text):
        yield Obstacle(Why.PATTERN, path)
        return
    try:
        pattern_of(pattern.value)
    except SlowPattern as slow:
        yield Obstacle(Why.PATTERN, path, str(slow))

"""A form while it is filled: its answers, what applies, what is worked out, how often repeats are asked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homeward.surveys.forms.questions import language_code
from homeward.surveys.rules import RESPONDENT
from homeward.surveys.webform.form import Asked, Logic, Repeated, Setting, WebForm, Words
from homeward.surveys.webform.nodes import MARK, Node
from homeward.surveys.webform.obstacles import settings_in
from homeward.surveys.webform.reading import fetched_by
from homeward.surveys.webform.working_out import (
    Place,
    Value,
    as_boolean,
    as_nodes,
    as_number,
    as_text,
    number_text,
    work_out,
)
from homeward.surveys.webform.xpath import Expression

MOST_PASSES = 12
MOST_TIMES = 200
NOTHING = Logic()
FIRST = "odk-instance-first-load"
NEW_TIME = "odk-new-repeat"
CHANGED = "xforms-value-changed"


@dataclass(frozen=True)
class Offered:
    """One choice as it is offered now."""

    code: str
    label: str


class Filling:
    """The answers of one form. Whatever changes them ends with `settle`, which works everything out anew."""

    def __init__(self, form: WebForm, now: datetime, language: str = "", seed: str = "") -> None:
        self.form, self.now, self.language, self.seed = form, now, language, seed
        self.version, self.steps_taken = form.version, 0
        self.top = Node("#form")
        self.by_path = {one.path: one for one in form.asked()}
        self.repeats = {one.path: one for one in form.repeats()}
        self.settings = settings_in(form.elements, form.settings)

    # the beginning, and going on

    @classmethod
    def begun(
        cls, form: WebForm, now: datetime, *, instance_id: str, respondent: str = "", language: str = ""
    ) -> "Filling":
        """An empty form with what it fills in by itself."""
        filling = cls(form, now, language, instance_id)
        filling.top.add(form.root.copy())
        for node in list(filling.root.everything()):
            if node.name == RESPONDENT:
                node.text = respondent
            filling._preload(node, instance_id)
        filling._set_by_itself(FIRST, filling.settings, filling.root)
        filling.settle()
        return filling

    @classmethod
    def going_on(cls, form: WebForm, now: datetime, kept: str, language: str = "") -> "Filling":
        """A form as it was kept by `kept`."""
        told = json.loads(kept)
        filling = cls(form, now, language, told["seed"])
        filling.top.add(_built(form.root, told["answers"], form.templates))
        filling.settle()
        return filling

    def kept(self) -> str:
        """All answers, those that do not apply too."""
        return json.dumps({"seed": self.seed, "answers": _told(self.root)}, ensure_ascii=False)

    @property
    def root(self) -> Node:
        return self.top.children[0]

    def _preload(self, node: Node, instance_id: str) -> None:
        logic = self.logic(node)
        given = {
            ("timestamp", "start"): self.now.isoformat(timespec="milliseconds"),
            ("date", "today"): self.now.date().isoformat(),
        }
        if logic.preload == "uid" or node.path.endswith("/meta/instanceID"):
            node.text = instance_id
        elif logic.preload:
            node.text = given.get((logic.preload, logic.preload_what), node.text)

    # logic

    def logic(self, node: Node) -> Logic:
        """What the form says about this place."""
        return self.form.logic.get(node.path, NOTHING)

    def value(self, expression: Expression, node: Node) -> Value:
        """The value of an expression that stands at a node."""
        return work_out(expression, Place(node, self))

    def is_so(self, expression: Expression | None, node: Node) -> bool:
        """Whether an expression holds; one that is not there does not."""
        return expression is not None and as_boolean(self.value(expression, node))

    def settle(self) -> None:
        """Work out anew what applies and what is calculated, until nothing changes any more."""
        self.steps_taken = 0
        for _pass in range(MOST_PASSES):
            changed = self._count_times()
            if not (self._pass(self.root, applies=True) or changed):
                return

    def _pass(self, node: Node, *, applies: bool) -> bool:
        logic = self.form.logic.get(node.path)
        changed = False
        if logic is not None:
            applies = applies and (logic.relevant is None or self.is_so(logic.relevant, node))
            if applies and logic.calculate is not None:
                text = _written(self.value(logic.calculate, node), logic.type)
                changed, node.text = text != node.text, text
        changed = changed or node.applies != applies
        node.applies = applies
        for child in node.children:
            changed = self._pass(child, applies=applies) or changed
        return changed

    # repeats

    def times_of(self, mark: Node) -> list[Node]:
        """The times a repeat is asked, from where they begin."""
        beside = mark.parent.children if mark.parent else []
        return [one for one in beside if one.path == mark.path and one is not mark]

    def marks_of(self, repeat: Repeated, inside: Node) -> list[Node]:
        """Where the times of a repeat begin, within a node."""
        return [one for one in inside.everything() if one.path == repeat.path and one.name == MARK]

    def add_time(self, mark: Node) -> Node:
        """Ask a repeat once more."""
        parent = mark.parent or self.root
        made = self.form.templates[mark.path].copy()
        before = [at for at, one in enumerate(parent.children) if one is mark or one.path == mark.path]
        parent.add(made, before[-1] + 1)
        for node in made.everything():
            self._preload(node, node.text)
        self._set_by_itself(NEW_TIME, self.settings, made)
        return made

    def remove_time(self, node: Node) -> None:
        """Ask a repeat once less, without the answers given there."""
        if node.parent is not None:
            node.parent.remove(node)

    def _count_times(self) -> bool:
        """Have each repeat as often as the form counts."""
        changed = False
        for repeat in self.repeats.values():
            if repeat.count is None:
                continue
            for mark in [
                one for one in self.root.everything() if one.name == MARK and one.path == repeat.path
            ]:
                changed = self._have_times(mark, repeat) or changed
        return changed

    def _have_times(self, mark: Node, repeat: Repeated) -> bool:
        # what counts stands, like all logic, as seen from the repeat: beside it in the same time of one above
        number = as_number(self.value(repeat.count, mark)) if repeat.count else 0.0
        wanted = max(0, min(MOST_TIMES, int(number))) if number == number else 0
        times = self.times_of(mark)
        for _more in range(wanted - len(times)):
            self.add_time(mark)
        for one in times[wanted:]:
            self.remove_time(one)
        return wanted != len(times)

    # answers

    def near(self, path: str, node: Node) -> list[Node]:
        """The nodes at a path of the form, in the same times of repeats as another node."""
        above = set()
        at: Node | None = node
        while at is not None:
            above.add(id(at))
            at = at.parent
        found = [self.top]
        for name in path.strip("/").split("/"):
            below = [child for one in found for child in one.named(name)]
            found = [one for one in below if id(one) in above] or below
        return found

    def answer(self, asked: Asked, node: Node, text: str) -> None:
        """Write an answer, and what the form sets when it changes."""
        if node.text != text:
            node.text = text
            self._set_by_itself(CHANGED, asked.settings, node)

    def _set_by_itself(self, event: str, settings: tuple[Setting, ...], around: Node) -> None:
        for setting in settings:
            if event not in setting.when.split():
                continue
            for node in self.near(setting.path, around):
                if event != NEW_TIME or _is_below(node, around):
                    node.text = (
                        setting.text
                        if setting.value is None
                        else _written(self.value(setting.value, node), self.logic(node).type)
                    )

    # words

    def say(self, words: Words, node: Node) -> str:
        """Words in the language of the reader, or in the first that the form has."""
        return "".join(
            part if isinstance(part, str) else as_text(self.value(part, node)) for part in self._told(words)
        ).strip()

    def _told(self, words: Words) -> tuple[Any, ...]:
        told = {name: parts for name, parts in words.by_language.items() if parts and parts != ("-",)}
        for name, parts in told.items():
            if name == self.language or language_code(name) == self.language:
                return parts
        first = self.form.languages[0]
        return told.get(first) or next(iter(told.values()), ())

    def offered(self, asked: Asked, node: Node) -> list[Offered]:
        """The choices of a question as they are now."""
        if asked.choices.nodes is None:
            return [Offered(one.code, self.say(one.words, node)) for one in asked.choices.fixed]
        name, is_named = fetched_by(asked.choices.label)
        found = []
        for item in as_nodes(self.value(asked.choices.nodes, node)):
            code = _below(item, asked.choices.code)
            label = _below(item, name)
            if is_named:
                label = self.say(self.form.itexts.get(label, Words()), node)
            if code:
                found.append(Offered(code, label or code))
        return found

    # what logic may ask for

    def instance(self, name: str) -> Node | None:
        return self.form.lists.get(name)

    def words(self, name: str) -> str:
        return self.say(self.form.itexts.get(name, Words()), self.root)

    def choice_label(self, node: Node, code: str) -> str:
        asked = self.by_path.get(node.path)
        offered = self.offered(asked, node) if asked else []
        return next((one.label for one in offered if one.code == code), "")

    def chance(self, node: Node) -> str:
        return f"{self.seed}{node.path}{node.times}"

    def answers(self) -> Iterator[tuple[Asked, Node]]:
        """Each question with each of its nodes, in the order of the form."""
        for node in self.root.everything():
            asked = self.by_path.get(node.path)
            if asked is not None:
                yield asked, node


def _below(item: Node, name: str) -> str:
    found = item.named(name)
    return found[0].said if found else ""


def _is_below(node: Node, above: Node) -> bool:
    at: Node | None = node
    while at is not None and at is not above:
        at = at.parent
    return at is above


def _written(value: Value, kind: str) -> str:
    """A value as an answer of that kind is written; what is no number is nothing."""
    if isinstance(value, float):
        if value != value:
            return ""
        if kind == "int":
            return number_text(float(int(value)))
    return as_text(value)


def _told(node: Node) -> list[Any]:
    inside = [_told(one) for one in node.children if one.name != MARK]
    return [node.name, inside or node.text]


def _built(shape: Node, told: list[Any], templates: Mapping[str, Node]) -> Node:
    """A node as it was kept, in the shape that the form has."""
    node = Node(shape.name, "", shape.path, shape.attributes)
    inside = told[1] if isinstance(told[1], list) else []
    if not isinstance(told[1], list):
        node.text = told[1]
    for child in shape.children:
        if child.name == MARK:
            node.add(Node(MARK, path=child.path))
            name = child.path.rpartition("/")[2]
            for each in inside:
                if each[0] == name:
                    node.add(_built(templates[child.path], each, templates))
        elif child.path not in templates:
            each = next((one for one in inside if one[0] == child.name), [child.name, ""])
            node.add(_built(child, each, templates))
    return node

"""Reading an XForm as pyxform makes it into a form that can be filled, with what stands in the way."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element as Markup  # noqa: S405 (read by homeward.lib.markup alone)

from homeward.lib.markup import BadMarkup, local_name, read_markup
from homeward.surveys.webform import obstacles
from homeward.surveys.webform.form import (
    Asked,
    Choice,
    Choices,
    Control,
    Element,
    Logic,
    Obstacle,
    Part,
    Repeated,
    Setting,
    Together,
    WebForm,
    Why,
    Words,
    repeats_in,
)
from homeward.surveys.webform.nodes import MARK, Node
from homeward.surveys.webform.xpath import BadLogic, Call, Expression, Path, Step, Text, parse

Loader = Callable[[str], bytes | None]
MOST_LISTED = 50_000
CONTROLS = {
    "input": Control.LINE,
    "select1": Control.ONE,
    "select": Control.SEVERAL,
    "rank": Control.RANKED,
    "upload": Control.FILE,
    "trigger": Control.TICK,
    "range": Control.RANGE,
}
YES = "true()"


def read_form(xform: str, load: Loader = lambda name: None) -> WebForm:
    """The form in an XForm; `load` gives the content of a file that comes with it."""
    return _Reader(read_markup(xform.encode()), load).form()


class _Reader:
    def __init__(self, html: Markup, load: Loader) -> None:
        self.load, self.obstacles = load, list[Obstacle]()
        self.model = _first(html, "model")
        self.body = _first(html, "body")
        self.itexts = dict[str, Words]()
        self.templates = dict[str, Node]()
        self.languages: tuple[str, ...] = ()
        self.count = 0

    def form(self) -> WebForm:
        instances = [one for one in self.model if local_name(one) == "instance"]
        primary = next(iter(instances[0]))
        self._read_itexts()
        root = self._tree(primary, "")
        logic = dict(self._logic())
        lists = dict(self._lists(instances[1:]))
        settings = tuple(self._settings(self.model))
        elements = tuple(self._elements(self.body, logic))
        self._mark_repeats(root, elements)
        read = WebForm(
            code=primary.get("id", ""),
            version=primary.get("version", ""),
            root=root,
            templates=self.templates,
            logic=logic,
            elements=elements,
            languages=self.languages or ("default",),
            itexts=self.itexts,
            lists=lists,
            settings=settings,
            meta_space=next((_space(one) for one in primary if local_name(one) == "meta"), ""),
        )
        found = (*self.obstacles, *obstacles.found_in(read, self.model))
        return replace(read, obstacles=tuple(dict.fromkeys(found)))

    def _mark_repeats(self, root: Node, elements: tuple[Element, ...]) -> None:
        """Repeats that the form gives no template for have their first time as one."""
        for repeat in repeats_in(elements):
            if repeat.path not in self.templates:
                first = next((one for one in root.everything() if one.path == repeat.path), None)
                if first is not None:
                    self.templates[repeat.path] = first.copy()
        for tree in (root, *self.templates.values()):
            for node in list(tree.everything()):
                self._mark(node)

    def _mark(self, node: Node) -> None:
        marked = {one.path for one in node.children if one.name == MARK}
        for at, child in reversed(list(enumerate(node.children))):
            if child.path in self.templates and child.path not in marked:
                node.add(Node(MARK, path=child.path), at)

    def _tree(self, markup: Markup, above: str) -> Node:
        name = local_name(markup)
        path = f"{above}/{name}"
        node = Node(name, (markup.text or "").strip(), path, _plain(markup))
        for child in markup:
            made = self._tree(child, path)
            if "template" in made.attributes:
                self.templates[made.path] = made
                node.add(Node(MARK, path=made.path))
            else:
                node.add(made)
        if node.children:
            node.text = ""
        return node

    def _lists(self, instances: Iterable[Markup]) -> Iterator[tuple[str, Node]]:
        for one in instances:
            name, source = one.get("id", ""), one.get("src", "")
            top = Node("#list")
            root = next(iter(one), None)
            if source:
                read = self._file(source)
                if read is None:
                    self.obstacles.append(Obstacle(Why.FILE, what=source.rpartition("/")[2]))
                    continue
                top.add(read)
            elif root is not None:
                top.add(_plain_tree(root))
            yield name, top

    def _file(self, source: str) -> Node | None:
        """A list of choices that comes as a file: a table, or markup."""
        content = self.load(source.rpartition("/")[2])
        if content is None or source.startswith("jr://instance"):
            return None
        if source.lower().endswith(".csv"):
            return _table(content)
        try:
            return _plain_tree(read_markup(content)) if source.lower().endswith(".xml") else None
        except BadMarkup:
            return None

    def _read_itexts(self) -> None:
        found: dict[str, dict[str, tuple[Part, ...]]] = {}
        for translation in (one for part in self.model if local_name(part) == "itext" for one in part):
            language = translation.get("lang", "default")
            is_first = translation.get("default") is not None
            self.languages = (language, *self.languages) if is_first else (*self.languages, language)
            for text in translation:
                plain = next((one for one in text if one.get("form") is None), None)
                if plain is not None:
                    found.setdefault(text.get("id", ""), {})[language] = self._parts(plain, "")
        self.itexts = {name: Words(told) for name, told in found.items()}

    def _parts(self, markup: Markup, path: str) -> tuple[Part, ...]:
        """Text with the answers that stand in it."""
        parts: list[Part] = [markup.text or ""]
        for child in markup:
            if local_name(child) == "output":
                told = self._parsed(child.get("value") or child.get("ref") or "''", path)
                parts.append(told or "")
            parts.append(child.tail or "")
        return tuple(one for one in parts if one != "")

    def _words(self, markup: Markup | None, path: str) -> Words:
        if markup is None:
            return Words()
        name = _itext_name(markup.get("ref", ""))
        if name:
            return self.itexts.get(name, Words())
        parts = self._parts(markup, path)
        return Words({"default": parts}) if parts else Words()

    def _message(self, text: str) -> Words:
        name = _itext_name(text)
        return self.itexts.get(name, Words()) if name else Words({"default": (text,)} if text else {})

    def _logic(self) -> Iterator[tuple[str, Logic]]:
        for bind in (one for one in self.model if local_name(one) == "bind"):
            said, path = _plain(bind), bind.get("nodeset", "")
            yield (
                path,
                Logic(
                    type=said.get("type", "string").rpartition(":")[2],
                    relevant=self._unless(said.get("relevant", YES), path),
                    required=self._unless(said.get("required", "false()"), path, "false()"),
                    readonly=self._unless(said.get("readonly", "false()"), path, "false()"),
                    constraint=self._unless(said.get("constraint", YES), path),
                    calculate=self._unless(said.get("calculate", ""), path, ""),
                    constraint_words=self._message(said.get("constraintMsg", "")),
                    required_words=self._message(said.get("requiredMsg", "")),
                    preload=said.get("preload", ""),
                    preload_what=said.get("preloadParams", ""),
                ),
            )

    def _unless(self, text: str, path: str, usual: str = YES) -> Expression | None:
        return None if text.strip() == usual else self._parsed(text, path)

    def _parsed(self, text: str, path: str) -> Expression | None:
        try:
            return parse(text)
        except BadLogic as bad:
            self.obstacles.append(Obstacle(Why.LOGIC, path, str(bad)))
            return None

    def _settings(self, among: Markup) -> Iterator[Setting]:
        for one in among:
            if local_name(one) == "setvalue":
                path, value = one.get("ref", ""), one.get("value")
                read = self._parsed(value, path) if value else None
                yield Setting(one.get("event", ""), path, read, (one.text or "").strip())

    def _elements(self, among: Markup, logic: dict[str, Logic]) -> Iterator[Element]:
        for one in among:
            kind = local_name(one)
            if kind == "group":
                yield self._group(one, logic)
            elif kind == "repeat":
                yield self._repeat(one, Words(), logic)
            elif kind in CONTROLS:
                yield self._asked(one, CONTROLS[kind], logic)

    def _group(self, markup: Markup, logic: dict[str, Logic]) -> Element:
        path = markup.get("ref", "")
        label = self._words(_child(markup, "label"), path)
        inner = [one for one in markup if local_name(one) != "label"]
        if len(inner) == 1 and local_name(inner[0]) == "repeat":
            return self._repeat(inner[0], label, logic)
        return Together(path, label, tuple(self._elements(markup, logic)), markup.get("appearance", ""))

    def _repeat(self, markup: Markup, label: Words, logic: dict[str, Logic]) -> Repeated:
        path, said = markup.get("nodeset", ""), _plain(markup)
        count = self._parsed(said["count"], path) if "count" in said else None
        is_fixed = count is not None or said.get("noAddRemove", "") == YES
        inside, settings = tuple(self._elements(markup, logic)), tuple(self._settings(markup))
        return Repeated(path, label, inside, count, is_fixed, settings)

    def _asked(self, markup: Markup, control: Control, logic: dict[str, Logic]) -> Asked:
        path, self.count = markup.get("ref", ""), self.count + 1
        bind = logic.get(path, Logic())
        if control == Control.LINE and bind.readonly is not None:
            control = Control.NOTE
        return Asked(
            index=self.count,
            path=path,
            control=control,
            type=bind.type,
            label=self._words(_child(markup, "label"), path),
            hint=self._words(_child(markup, "hint"), path),
            choices=self._choices(markup, path),
            appearance=markup.get("appearance", ""),
            media=markup.get("mediatype", ""),
            least=markup.get("start", ""),
            most=markup.get("end", ""),
            step=markup.get("step", ""),
            settings=tuple(self._settings(markup)),
        )

    def _choices(self, markup: Markup, path: str) -> Choices:
        listed = _child(markup, "itemset")
        if listed is None:
            items = [one for one in markup if local_name(one) == "item"]
            return Choices(tuple(self._choice(one, path) for one in items))
        code, label = _child(listed, "value"), _child(listed, "label")
        return Choices(
            nodes=self._parsed(listed.get("nodeset", ""), path),
            code=code.get("ref", "name") if code is not None else "name",
            label=self._parsed(label.get("ref", ""), path) if label is not None else None,
        )

    def _choice(self, item: Markup, path: str) -> Choice:
        value = _child(item, "value")
        code = (value.text or "").strip() if value is not None else ""
        return Choice(code, self._words(_child(item, "label"), path))


def _first(html: Markup, name: str) -> Markup:
    return next(one for one in html.iter() if local_name(one) == name)


def _child(markup: Markup, name: str) -> Markup | None:
    return next((one for one in markup if local_name(one) == name), None)


def _space(markup: Markup) -> str:
    return markup.tag[1:].partition("}")[0] if markup.tag.startswith("{") else ""


def _plain(markup: Markup) -> dict[str, str]:
    """The attributes without their namespaces."""
    return {name.rpartition("}")[2]: value for name, value in markup.attrib.items()}


def _plain_tree(markup: Markup) -> Node:
    node = Node(local_name(markup), (markup.text or "").strip(), "", _plain(markup))
    for child in markup:
        node.add(_plain_tree(child))
    return node


def _table(content: bytes) -> Node | None:
    """A table as telephones read it: each row an `item` under `root`, each column a name."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        root = Node("root")
        for count, row in enumerate(rows):
            if count > MOST_LISTED:
                return None
            item = root.add(Node("item"))
            for name, value in row.items():
                if isinstance(name, str) and isinstance(value, str):
                    item.add(Node(name.strip(), value.strip()))
    except (UnicodeDecodeError, csv.Error):
        return None
    return root


def _itext_name(reference: str) -> str:
    """The name in `jr:itext('name')`, when that is all."""
    if not reference.startswith("jr:itext("):
        return ""
    try:
        read = parse(reference)
    except BadLogic:
        return ""
    match read:
        case Call(given=(Text(value=name),)):
            return name
    return ""


def fetched_by(label: Expression | None) -> tuple[str, bool]:
    """Which child of a choice holds its words, and whether that is the name of words kept elsewhere."""
    match label:
        case Call(name="jr:itext", given=(Path(steps=(Step(name=name),)),)):
            return name, True
        case Path(steps=(Step(name=name),)):
            return name, False
    return "label", False

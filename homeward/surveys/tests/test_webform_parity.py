"""The same answers make the same filled form as with the reference engine of ODK forms."""

import json
import re
from datetime import UTC, datetime

import pytest

from homeward.lib.markup import read_markup
from homeward.surveys.tests.parity import KEPT, MORE, comparable, forms, xform_of
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.reading import read_form
from homeward.surveys.webform.sending import written

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
REFERENCE = json.loads(KEPT.read_text("utf-8"))


def node_at(filling, reference):
    found = [filling.top]
    for part in reference.strip("/").split("/"):
        name, _sign, number = part.partition("[")
        found = found[0].named(name)
        found = [found[int(number.rstrip("]")) - 1 if number else 0]]
    return found[0]


def filled(name):
    filling = Filling.begun(read_form(xform_of(name)), NOW, instance_id="uuid:x")
    for reference, answer in forms()[name][1]:
        if answer is MORE:
            parent = node_at(filling, reference.rpartition("/")[0])
            wanted = reference.rpartition("/")[2]
            mark = next(one for one in parent.children if one.path.rpartition("/")[2] == wanted)
            filling.add_time(mark)
        else:
            node = node_at(filling, reference)
            asked = filling.by_path[node.path]
            offered = [one.code for one in filling.offered(asked, node)]
            if offered:
                answer = " ".join(one for one in offered if one in answer.split())
            filling.answer(asked, node, answer)
        filling.settle()
        filling = Filling.going_on(filling.form, NOW, filling.kept())
    return comparable(written(filling, NOW).decode())


def told(markup, path=""):
    """Every place with its answer, in order."""
    root = read_markup(markup.encode()) if isinstance(markup, str) else markup
    path = f"{path}/{root.tag.rpartition('}')[2]}"
    lines = [f"{path} = {same(root.text or '')}"]
    for child in root:
        lines += told(child, path)
    return [one for one in lines if not one.startswith("/data/meta")]


def same(text):
    """A whole number may end in `.0`; what is no day the engine calls an invalid one, and we leave out."""
    return re.sub(r"(?<=\d)\.0\b", "", text.strip()).replace("Invalid Date", "")


@pytest.mark.parametrize("name", REFERENCE)
def test_the_filled_form_is_the_same(name):
    assert told(filled(name)) == told(REFERENCE[name])

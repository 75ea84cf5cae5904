"""The filled form as a telephone would send it: what does not apply is left out."""

from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.nodes import MARK, Node

META = "http://openrosa.org/xforms"


def written(filling: Filling, ended: datetime) -> bytes:
    """The body to hand in; the same answers and moments give the same bytes."""
    for node in filling.root.everything():
        logic = filling.logic(node)
        if (logic.preload, logic.preload_what) == ("timestamp", "end"):
            node.text = ended.isoformat(timespec="milliseconds")
    filling.settle()
    prefix = "orx:" if filling.form.meta_space == META else ""
    out: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>']
    _write(filling.root, out, prefix, f' xmlns:orx="{META}"')
    return "".join(out).encode()


def _write(node: Node, out: list[str], prefix: str, space: str = "") -> None:
    if not node.applies or node.name == MARK:
        return
    is_meta = prefix and "/meta" in node.path and node.path.split("/")[2] == "meta"
    name = f"{prefix}{node.name}" if is_meta else node.name
    given = "".join(
        f" {key}={quoteattr(value)}" for key, value in node.attributes.items() if key != "template"
    )
    if not node.children and not node.text:
        out.append(f"<{name}{space}{given}/>")
        return
    out.append(f"<{name}{space}{given}>")
    if node.children:
        for child in node.children:
            _write(child, out, prefix)
    else:
        out.append(escape(node.text))
    out.append(f"</{name}>")

"""One HTML page that stands alone: no script, nothing fetched, printable."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from html import escape

from homeward.reports.documents import Block, BlockKind, Cell, Document

STYLE = """
:root{color-scheme:light;--ink:#1b2625;--act:#0b5a61;--late:#9c3f10;--line:#ddd4c2;--soft:#55605c;
--ground:#fff}
body{font:16px/1.6 "Noto Sans","Noto Sans Arabic",system-ui,sans-serif;color:var(--ink);
background:var(--ground);max-inline-size:46rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}
body:lang(ar){line-height:1.9}a{color:var(--act)}
h1,h2,h3{color:var(--act);line-height:1.3;margin-block:1.6em .5em}h1{margin-block-start:0}
h2{border-block-end:1px solid var(--line);padding-block-end:.2em}
.meta{color:var(--soft);margin-block:.1rem;font-size:.9rem}
.whom{color:var(--late)}
.note,caption,figcaption{color:var(--soft);font-size:.875rem}
.lead{font-size:1.15rem}
.refusal{border-inline-start:3px solid var(--late);padding-inline-start:.75rem}
dl{display:grid;grid-template-columns:minmax(8rem,1fr) 3fr;gap:.4rem 1rem;font-size:.95rem}
dt{color:var(--soft)}dd{margin:0}
.wide{overflow-x:auto}
table{border-collapse:collapse;inline-size:100%;font-size:.9rem;margin-block:1rem}
caption{text-align:start;padding-block-end:.4rem}
th,td{border-block-end:1px solid var(--line);padding:.35rem .5rem;text-align:start;vertical-align:top}
tbody th{font-weight:400}thead th{font-weight:600}
.n{text-align:end;font-variant-numeric:tabular-nums}
.summed tbody tr:last-child>*{font-weight:600;border-block-start:1px solid var(--soft)}
.sources{font-size:.8rem}.sources td+td{font-family:ui-monospace,monospace;direction:ltr}
figure{margin:1.5rem 0}img{max-inline-size:100%}
@media print{body{margin:0;max-inline-size:none;background:none}h2,h3{break-after:avoid}
tr,figure{break-inside:avoid}}
"""
K = BlockKind


def html_of(document: Document) -> bytes:
    """The document as a page in UTF-8."""
    direction = "rtl" if document.is_right_to_left else "ltr"
    head = f"<h1>{_apart(document.title)}</h1>"
    meta = "".join(
        f'<p class="meta{" whom" if one == document.for_whom else ""}">{escape(one)}</p>'
        for one in document.heading
    )
    body = "".join(DRAWN[one.kind](one) for one in document.blocks)
    return (
        f'<!doctype html><html lang="{escape(document.language)}" dir="{direction}"><head>'
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{head}{meta}{body}</main></body></html>"
    ).encode()


def _apart(text: str) -> str:
    """What somebody wrote runs in its own direction."""
    return f"<bdi>{escape(text)}</bdi>"


def _marks(block: Block) -> str:
    return "".join(f' <a href="#trace-{one}">[{one}]</a>' for one in block.traces)


def _within(tag: str, kind: str = "", *, by_others: bool = False) -> Callable[[Block], str]:
    """`by_others`: people wrote it, who may have done so in another language."""
    more = (f' class="{kind}"' if kind else "") + (' dir="auto"' if by_others else "")
    return lambda block: f"<{tag}{more}>{escape(block.text)}{_marks(block)}</{tag}>"


def _list(block: Block) -> str:
    told = f"<p>{escape(block.text)}{_marks(block)}</p>" if block.text else ""
    return told + "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in block.items) + "</ul>"


def _facts(block: Block) -> str:
    told = "".join(f"<dt>{escape(name.text)}</dt><dd>{escape(one.text)}</dd>" for name, one in block.rows)
    return f"<dl>{told}</dl>"


def _table(block: Block) -> str:
    """Numbers end where their head ends; whether a column holds numbers, its cells say."""
    numbers = block.numbers
    heads = zip(block.head, numbers, strict=True)
    head = "".join(f'<th scope="col"{_kind(is_number)}>{escape(one)}</th>' for one, is_number in heads)
    is_annex = block.kind is K.SOURCES
    name = "wide" + " sources" * is_annex + " summed" * block.is_summed
    rows = "".join(_row(row, numbers, is_annex=is_annex) for row in block.rows)
    caption = f"<caption>{escape(block.text)}{_marks(block)}</caption>"
    return (
        f'<div class="{name}"><table>{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(row: Sequence[Cell], numbers: Sequence[bool], *, is_annex: bool) -> str:
    first, *rest = row
    cells = "".join(
        f"<td{_kind(is_number)}>{_apart(one.text)}</td>"
        for one, is_number in zip(rest, numbers[1:], strict=True)
    )
    mark = f' id="trace-{escape(first.text)}"' if is_annex else ""
    return f'<tr{mark}><th scope="row">{_apart(first.text)}</th>{cells}</tr>'


def _kind(is_number: object) -> str:
    return ' class="n"' if is_number else ""


def _picture(block: Block) -> str:
    # As an image: what stands in it cannot run, whoever drew it.
    drawn = b64encode(block.svg.encode()).decode()
    image = f'<img src="data:image/svg+xml;base64,{drawn}" alt="{escape(block.alt)}">'
    return f"<figure>{image}<figcaption>{escape(block.text)}{_marks(block)}</figcaption></figure>"


DRAWN: Mapping[BlockKind, Callable[[Block], str]] = {
    K.CHAPTER: _within("h2", by_others=True),
    K.SECTION: _within("h3", by_others=True),
    K.LEAD: _within("p", "lead"),
    K.PARAGRAPH: _within("p", by_others=True),
    K.NOTE: _within("p", "note"),
    K.REFUSAL: _within("p", "refusal"),
    K.LIST: _list,
    K.FACTS: _facts,
    K.TABLE: _table,
    K.SOURCES: _table,
    K.PICTURE: _picture,
}

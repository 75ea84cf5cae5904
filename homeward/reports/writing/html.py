"""One HTML page that stands alone: no script, nothing fetched, printable."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape

from homeward.reports.documents import Block, BlockKind, Document

STYLE = """
:root{color-scheme:light;--ink:#16302f;--act:#0f5e5a;--late:#a3431f;--line:#cfc8bb;--soft:#5b6664}
body{font:16px/1.6 "Noto Sans","Noto Sans Arabic",system-ui,sans-serif;color:var(--ink);
max-inline-size:46rem;margin:2rem auto;padding:0 1rem}
:lang(ar){line-height:1.9}
h1,h2,h3{color:var(--act);line-height:1.3}
.meta,.note,caption,figcaption{color:var(--soft);font-size:.85rem}
.lead{font-size:1.15rem}
.refusal{border-inline-start:3px solid var(--late);padding-inline-start:.75rem}
table{border-collapse:collapse;inline-size:100%;font-size:.9rem;margin-block:1rem}
caption{text-align:start;padding-block-end:.4rem}
th,td{border-block-end:1px solid var(--line);padding:.35rem .5rem;text-align:end;
font-variant-numeric:tabular-nums}
th:first-child,td:first-child{text-align:start}
td{overflow-wrap:anywhere}
figure{margin:1rem 0}img{max-inline-size:100%}
@media print{body{margin:0}h2{break-after:avoid}tr{break-inside:avoid}}
"""
K = BlockKind


def html_of(document: Document) -> bytes:
    """The document as a page in UTF-8."""
    direction = "rtl" if document.is_right_to_left else "ltr"
    head = f"<h1>{escape(document.title)}</h1>"
    lines = (document.organisation, document.period, document.made_on, document.kept_by)
    meta = "".join(f'<p class="meta">{escape(one)}</p>' for one in lines if one)
    body = "".join(DRAWN[one.kind](one) for one in document.blocks)
    return (
        f'<!doctype html><html lang="{escape(document.language)}" dir="{direction}"><head>'
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{head}{meta}{body}</main></body></html>"
    ).encode()


def _told(block: Block) -> str:
    marks = "".join(f' <a href="#trace-{one}">[{one}]</a>' for one in block.traces)
    return f"<bdi>{escape(block.text)}</bdi>{marks}"


def _within(tag: str, kind: str = "") -> Callable[[Block], str]:
    opened = f'<{tag} class="{kind}">' if kind else f"<{tag}>"
    return lambda block: f"{opened}{_told(block)}</{tag}>"


def _list(block: Block) -> str:
    told = f"<p>{_told(block)}</p>" if block.text else ""
    return told + "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in block.items) + "</ul>"


def _table(block: Block) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in block.head)
    rows = "".join(_row([one.text for one in row]) for row in block.rows)
    return (
        f"<table><caption>{_told(block)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(texts: list[str]) -> str:
    first, *rest = texts
    cells = "".join(f"<td>{escape(one)}</td>" for one in rest)
    mark = f' id="trace-{escape(first)}"' if first.isdigit() else ""
    return f'<tr{mark}><th scope="row">{escape(first)}</th>{cells}</tr>'


def _picture(block: Block) -> str:
    # As an image: what stands in it cannot run, whoever drew it.
    drawn = b64encode(block.svg.encode()).decode()
    image = f'<img src="data:image/svg+xml;base64,{drawn}" alt="{escape(block.alt)}">'
    return f"<figure>{image}<figcaption>{_told(block)}</figcaption></figure>"


DRAWN: Mapping[BlockKind, Callable[[Block], str]] = {
    K.CHAPTER: _within("h2"),
    K.SECTION: _within("h3"),
    K.LEAD: _within("p", "lead"),
    K.PARAGRAPH: _within("p"),
    K.NOTE: _within("p", "note"),
    K.REFUSAL: _within("p", "refusal"),
    K.LIST: _list,
    K.TABLE: _table,
    K.PICTURE: _picture,
}

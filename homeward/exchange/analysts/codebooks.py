"""The codebook of an analysis file as DDI Codebook 2.5: one `var` for each column, every code a category.

Missing kinds are categories marked as missing, with the signs that stand in the rows.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from homeward.exchange.analysts.rules import sign_of
from homeward.exchange.analysts.tables import Table, Variable, labelled_gaps
from homeward.extracts.frames import Kind

NAMESPACE = "ddi:codebook:2_5"
CATEGORIES = {Kind.FLAG: (("false", "no"), ("true", "yes"))}
CONTINUOUS = frozenset({Kind.COUNT, Kind.NUMBER, Kind.MONTH})


def write_codebook(table: Table, into: Path, *, at: datetime, file_name: str) -> None:
    """Write the codebook of a table whose rows stand in `file_name`."""
    with into.open("w", encoding="utf-8") as file:
        xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)
        xml.startDocument()
        _Book(xml).whole(table, at, file_name)
        xml.endDocument()


class _Book:
    def __init__(self, xml: XMLGenerator) -> None:
        self.xml = xml

    def tag(self, tag: str, content: str | Callable[[], object] = "", /, **attributes: str) -> None:
        self.xml.startElement(tag, AttributesImpl(attributes))
        if callable(content):
            content()
        else:
            self.xml.characters(content)
        self.xml.endElement(tag)

    def whole(self, table: Table, at: datetime, file_name: str) -> None:
        day = f"{at:%Y-%m-%d}"

        def content() -> None:
            self.tag("docDscr", lambda: self.citation(f"Codebook: {table.title}", table.name, day))
            self.tag("stdyDscr", lambda: self.study(table, day))
            self.tag("fileDscr", lambda: self.file(table, file_name), ID="F1")
            self.tag("dataDscr", lambda: self.columns(table))

        root = {"xmlns": NAMESPACE, "version": "2.5", "ID": f"c{table.name}", "xml:lang": "en"}
        self.tag("codeBook", content, **root)

    def citation(self, title: str, name: str, day: str) -> None:
        def title_of() -> None:
            self.tag("titl", title)
            self.tag("IDNo", name)

        def production() -> None:
            self.tag("prodDate", day, date=day)
            self.tag("software", "Homeward")

        def statement() -> None:
            self.tag("titlStmt", title_of)
            self.tag("prodStmt", production)

        self.tag("citation", statement)

    def study(self, table: Table, day: str) -> None:
        self.citation(table.title, table.name, day)
        self.tag("stdyInfo", lambda: self.tag("abstract", table.words))
        for name, told in table.about:
            self.tag("notes", f"{name}: {told}")

    def file(self, table: Table, file_name: str) -> None:
        def text() -> None:
            self.tag("fileName", file_name)
            self.tag("dimensns", sizes)

        def sizes() -> None:
            self.tag("caseQnty", str(table.rows))
            self.tag("varQnty", str(len(table.variables)))

        self.tag("fileTxt", text)

    def columns(self, table: Table) -> None:
        for place, one in enumerate(table.variables, start=1):
            interval = "contin" if one.kind in CONTINUOUS else "discrete"
            attributes = {"ID": f"V{place}", "name": one.name, "files": "F1", "intrvl": interval}
            if one.unit:
                attributes["measUnit"] = one.unit

            def column(variable: Variable = one) -> None:
                self.column(variable)

            self.tag("var", column, **attributes)

    def column(self, variable: Variable) -> None:
        self.tag("labl", variable.label, level="variable")
        codes = CATEGORIES.get(variable.kind, tuple((one, one) for one in variable.codes))
        for code, label in codes:
            self.category(code, label, "N")
        for gap, words in labelled_gaps(variable):
            self.category(sign_of(gap), words, "Y")
        self.form(variable)

    def category(self, code: str, label: str, missing: str) -> None:
        def content() -> None:
            self.tag("catValu", code)
            self.tag("labl", label, level="category")

        self.tag("catgry", content, missing=missing)

    def form(self, variable: Variable) -> None:
        if variable.kind is Kind.MONTH:
            self.tag("varFormat", type="numeric", category="date", schema="ISO", formatname="YYYY-MM-DD")
        else:
            text = variable.kind in (Kind.ID, Kind.CODE, Kind.FLAG)
            self.tag("varFormat", type="character" if text else "numeric", schema="other")

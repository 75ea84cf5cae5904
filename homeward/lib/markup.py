"""The one way to read XML that somebody sent: small, shallow, plain, and nothing of it is ever fetched."""

import re
from xml.etree import ElementTree  # noqa: S405 (every attack needs a DOCTYPE, which is refused below)
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser  # noqa: S405

MOST_DEPTH = 60
MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = 100
CHUNK = 32 * 1024
BEFORE_ROOT = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
OTHER_ENCODING = re.compile(rb"""\A<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
MARK = b"\xef\xbb\xbf"


class BadMarkup(ValueError):
    """The bytes are not XML that we read."""


class _Counted(TreeBuilder):
    """Builds the tree, and stops at what no form needs."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > MOST_DEPTH or self.elements > MOST_ELEMENTS or len(attrs) > MOST_ATTRIBUTES:
            raise BadMarkup("too deep or too large")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def read_markup(content: bytes) -> Element:
    """The root element of UTF-8 XML without a document type, or BadMarkup."""
    content = content.removeprefix(MARK)
    if OTHER_ENCODING.match(content) or not _begins_with_an_element(content):
        raise BadMarkup("another encoding, or a document type")
    parser = XMLParser(target=_Counted(), encoding="utf-8")  # noqa: S314
    try:
        for begin in range(0, len(content), CHUNK):
            parser.feed(content[begin : begin + CHUNK])
        root = parser.close()
    except (ElementTree.ParseError, ValueError) as broken:
        raise BadMarkup(str(broken)) from broken
    if not isinstance(root, Element):
        raise BadMarkup("nothing in it")
    return root


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def _begins_with_an_element(content: bytes) -> bool:
    """Whether nothing but white space, comments and instructions stands before the first element."""
    place = 0
    while found := BEFORE_ROOT.match(content, place):
        place = found.end()
    return content[place : place + 1] == b"<" and content[place + 1 : place + 2] not in (b"!", b"?", b"")

"""Reads a page the way an assistive device does: elements with their attributes."""

from collections import Counter
from html.parser import HTMLParser

ALONE = {"input", "meta", "link", "br", "use", "path", "circle", "rect"}


class Page(HTMLParser):
    """All elements of a page, in order, as (tag, attributes, text inside)."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        element = [tag, dict(attrs), ""]
        self.elements.append(element)
        if tag not in ALONE:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element[2] += data

    def with_id(self, id_):
        return next(element for element in self.elements if element[1].get("id") == id_)

    def all(self, tag, **wanted):
        return [
            element
            for element in self.elements
            if element[0] == tag and all(element[1].get(key) == value for key, value in wanted.items())
        ]

    def repeated_ids(self):
        counted = Counter(element[1]["id"] for element in self.elements if "id" in element[1])
        return [id_ for id_, times in counted.items() if times > 1]

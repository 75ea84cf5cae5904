"""A telephone in a test: it signs in as telephones do, and sends posts in parts."""

from base64 import b64encode
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.test import Client

from homeward.surveys.commands import add_phone
from tests.cast import nora

BOUNDARY = "AaB03x"


def multipart(body, files=(), field="xml_submission_file"):
    """The body of a post as telephones write it; names of files in UTF-8."""
    parts = [
        (field, "submission.xml", "text/xml", body),
        *((name, name, kind, part) for name, kind, part in files),
    ]
    out = b""
    for named, name, kind, content in parts:
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{named}"; filename="{name}"\r\n'
            f"Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        )
        out += head.encode() + content + b"\r\n"
    return out + f"--{BOUNDARY}--\r\n".encode()


class Telephone:
    """`by` says how it signs in: by its address, or with a name and password."""

    def __init__(self, secret="", by="address"):
        self.client = Client()
        self.root = f"/phone/{secret}" if secret and by == "address" else "/phone"
        signed = b64encode(f"phone:{secret}".encode()).decode()
        self.headers = {"Authorization": f"Basic {signed}"} if secret and by != "address" else {}

    def get(self, path, **given):
        return self.client.get(self._whole(path), headers=self.headers, **given)

    def head(self, path):
        return self.client.head(self._whole(path), headers=self.headers)

    def send(self, body, files=(), query="", content_type=f"multipart/form-data; boundary={BOUNDARY}"):
        return self.post(multipart(body, files), query, content_type)

    def post(self, content, query="", content_type=f"multipart/form-data; boundary={BOUNDARY}"):
        address = f"{self.root}/submission{query}"
        return self.client.generic("POST", address, content, content_type, headers=self.headers)

    def _whole(self, path):
        return urlsplit(path).path if path.startswith("http") else f"{self.root}/{path}"


def phone_of(actor=nora, by="address", **given):
    """A telephone that the actor has set up."""
    return Telephone(add_phone(actor, name="A phone", **given).secret, by)


def tree_of(response):
    return ElementTree.fromstring(response.content)  # noqa: S314


def said(response):
    """The nature and the words in the envelope."""
    message = tree_of(response)[0]
    assert message.tag == "{http://openrosa.org/http/response}message"
    return message.get("nature"), message.text


def rows(response):
    """A list of forms or files as mappings."""
    return [{part.tag.rpartition("}")[2]: part.text for part in element} for element in tree_of(response)]

"""Small files of each kind, honest and not."""

import io
import zipfile

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

CONTENT_TYPES = b'<?xml version="1.0"?><Types/>'


def picture(kind="JPEG", size=(40, 20), *, with_place=False):
    made = Image.new("RGB", size, (20, 90, 90))
    exif = Image.Exif()
    if with_place:
        exif[0x0110] = "CANARY-CAMERA"
        exif[0x0112] = 6  # lying on its side
        exif.get_ifd(0x8825)[2] = (IFDRational(33), IFDRational(30), IFDRational(0))
    out = io.BytesIO()
    made.save(out, kind, exif=exif) if with_place else made.save(out, kind)
    return out.getvalue()


def archive(*, method=zipfile.ZIP_DEFLATED, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def workbook(**more):
    return archive(**{"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<workbook/>", **more})


def letter(**more):
    return archive(**{"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<document/>", **more})


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"

"""Drawing pictures anew: what is not picture (place, camera, hidden content) does not survive."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from homeward.files.problems import FileDamaged, ImageTooLarge
from homeward.files.rules import JPEG, MAX_PIXELS, PNG, WEBP

FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
QUALITY = 88


def redraw(content: bytes, content_type: str) -> bytes:
    """The same picture, upright, in the same format, with its pixels and nothing else."""
    kind = FORMATS[content_type]
    try:
        # Pillow warns long before our own limit matters; the size is judged below, before any pixel is read.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[kind])
        if picture.width * picture.height > MAX_PIXELS:
            raise ImageTooLarge
        return _pixels_only(ImageOps.exif_transpose(picture), kind)
    except Image.DecompressionBombError as bomb:
        raise ImageTooLarge from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as wrong:
        raise FileDamaged from wrong


def _pixels_only(picture: Image.Image, kind: str) -> bytes:
    mode = "RGB" if kind == "JPEG" else "RGBA" if _is_see_through(picture) else "RGB"
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    out = io.BytesIO()
    bare.save(out, format=kind, quality=QUALITY)
    return out.getvalue()


def _is_see_through(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info

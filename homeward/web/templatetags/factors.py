"""What the pages about second factors need."""

import qrcode
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

QUIET_ZONE = 4  # modules around the picture, without which readers fail


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """The text as a picture of squares, drawn in the page: one path, no image, no foreign code."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = "".join(
        f"M{x + QUIET_ZONE},{y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    size = len(rows) + 2 * QUIET_ZONE
    return format_html(
        '<svg viewBox="0 0 {0} {0}" aria-hidden="true" shape-rendering="crispEdges"><path d="{1}"/></svg>',
        size,
        mark_safe(dark),  # noqa: S308 - digits and letters made above
    )


@register.filter
def in_groups(secret: str) -> str:
    """A long key in groups of four, which are easier to copy by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))

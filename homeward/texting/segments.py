"""How many short messages a text takes, as networks count them (GSM 03.38 and UCS-2)."""

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO_PLACES = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True)
class Length:
    """How long a text is: in units of its alphabet, and in messages that are paid for."""

    units: int
    segments: int
    is_wide: bool  # any letter outside the network's own alphabet, such as Arabic


def length_of(text: str) -> Length:
    """Count a text. A sign that takes two places never lies across two messages, nor does half a letter."""
    is_wide = not set(text) <= BASIC | TWO_PLACES
    sizes = [_wide(sign) for sign in text] if is_wide else [2 if sign in TWO_PLACES else 1 for sign in text]
    units = sum(sizes)
    alone, joined = (70, 67) if is_wide else (160, 153)
    if units <= alone:
        return Length(units, 1 if text else 0, is_wide)
    segments, room = 1, joined
    for size in sizes:
        if size > room:
            segments, room = segments + 1, joined
        room -= size
    return Length(units, segments, is_wide)


def _wide(sign: str) -> int:
    return len(sign.encode("utf-16-be")) // 2

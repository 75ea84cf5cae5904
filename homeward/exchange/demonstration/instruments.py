"""The instruments of a demonstration: those that come along, asked by the partners who accompany people."""

from homeward.exchange.demonstration.programmes import ROSA
from homeward.surveys.commands import load_shipped
from homeward.surveys.library import shipped_names


def tell_instruments() -> None:
    """Publish every instrument that comes along; what is published already stays."""
    for name in shipped_names():
        load_shipped(ROSA, name=name)

"""The instruments of a demonstration: those that come along, asked by the partners who accompany people."""

from homeward.exchange.demonstration.programmes import ROSA
from homeward.surveys.commands import load_shipped
from homeward.surveys.library import shipped_names
from homeward.surveys.scoring.commands import load_shipped_profile
from homeward.surveys.scoring.shipped import shipped_profiles


def tell_instruments() -> None:
    """Publish every instrument that comes along, with its profile; what is there already stays."""
    for name in shipped_names():
        load_shipped(ROSA, name=name)
    for name in shipped_profiles():
        load_shipped_profile(ROSA, name=name)

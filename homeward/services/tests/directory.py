"""Entries of the directory for tests, kept by Marenia's office and its clinic."""

from homeward.services.commands import add_provider, add_service
from homeward.services.rules import PlaceDetails, ProviderDetails, RoomDetails, ServiceDetails
from tests.cast import CLINIC, salma

SALTFIELD = PlaceDetails("Harbour House", city="Saltfield", region="North", country="XM", address="1 Quay")


def a_provider(actor=salma, name="Shelter Demo", **more):
    return add_provider(actor, details=ProviderDetails(name, **more))


def a_service(actor=salma, provider=None, *, places=(SALTFIELD,), rooms=(), **details):
    """A service with sensible answers, unless told otherwise."""
    given = {
        "name": "Beds for a night",
        "needs": ("shelter",),
        "countries": ("XM",),
        "languages": ("ar",),
        **details,
    }
    provider = provider or a_provider(actor)
    return add_service(
        actor, provider_id=provider.id, details=ServiceDetails(**given), places=places, rooms=rooms
    )


def a_clinic_service(**details):
    """A service whose provider works on this installation: Karim's clinic."""
    provider = a_provider(name="Port Clinic Demo", account_id=CLINIC)
    return a_service(provider=provider, **{"name": "Open clinic", "needs": ("health",), **details})


def beds(available, total=4):
    return (RoomDetails("Bed", total, available),)

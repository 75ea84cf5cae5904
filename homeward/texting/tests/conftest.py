"""Sami with a telephone that may be written to, a channel, and the gateway behind it."""

from types import SimpleNamespace

import pytest

from homeward.texting.tests.gateway import gateway
from homeward.texting.tests.phones import a_channel, a_phone, says_yes


@pytest.fixture
def far_end(settings):
    settings.MESSAGE_LOCAL_GATEWAYS = True
    settings.MESSAGE_PATIENCE_SECONDS = 2
    with gateway() as made:
        yield made


@pytest.fixture
def channel(cast, far_end):
    return a_channel(far_end.address)


@pytest.fixture
def reachable(sami, channel):
    """Sami, whose telephone may ring at any time, and what belongs to him."""
    contact = a_phone(sami)
    permission = says_yes(sami, contact)
    return SimpleNamespace(
        case=sami, contact=contact, permission=permission, channel=channel.channel, made=channel
    )

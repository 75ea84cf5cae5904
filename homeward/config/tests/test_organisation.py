"""The first organisation is made on the command line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from homeward.organisations.queries import invitation_by_token

PROJECT = Path(__file__).parents[3]


def create(kind):
    settings = connection.settings_dict
    here = os.environ["HOMEWARD_DATABASE_URL"].replace("/test_homeward?", f"/{settings['NAME']}?")
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "homeward.config.cli", "organisation", "create", "First Organisation"]
        + ["--class", kind, "--country", "xm", "--administrator", "First@homeward.example"],
        env=os.environ
        | {"HOMEWARD_DATABASE_URL": here, "DJANGO_SETTINGS_MODULE": "homeward.config.settings"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db(transaction=True)
def test_it_prints_a_link_with_which_the_first_administrator_comes_in():
    made = create("implementing_partner")
    assert made.returncode == 0, made.stderr
    token = re.search(r"/invitation/(\S+)", made.stdout)[1]
    offered = invitation_by_token(token, timezone.now())
    assert (offered.email, offered.role) == ("first@homeward.example", "administrator")
    assert offered.organisation.country == "XM"


@pytest.mark.django_db(transaction=True)
def test_an_enforcement_body_is_not_made_this_way():
    refused = create("enforcement")
    assert refused.returncode == 1
    assert "implementing_partner" in refused.stderr

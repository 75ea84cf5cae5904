"""`homeward programmes load|show`: programmes from files, and what they say."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready

if TYPE_CHECKING:
    from uuid import UUID

    from homeward.programmes.shipped import Shipped


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("programmes", help="publish programmes from files, show what they say")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    loading = acts.add_parser("load", help="publish a programme that comes along, or one from a JSON file")
    loading.add_argument("which", help="eurp, national_cash_light, open_to_all, or a file")
    loading.add_argument("--organisation", required=True, help="name of the organisation that runs it")
    loading.add_argument("--opens-on", help="the first day, such as 2026-01-01; today when left out")
    loading.set_defaults(act=load)
    showing = acts.add_parser("show", help="list programmes, or print what one says today as a file")
    showing.add_argument("code", nargs="?", help="the short name of a programme")
    showing.set_defaults(act=show)


def load(arguments: argparse.Namespace) -> None:
    ready()
    from datetime import date

    from django.utils.timezone import localdate

    from homeward.access.actor import system_actor
    from homeward.config.cli.problems import NotReady
    from homeward.programmes.commands import load_programme

    try:
        opens_on = date.fromisoformat(arguments.opens_on) if arguments.opens_on else localdate()
    except ValueError:
        raise NotReady("--opens-on is a day such as 2026-01-01.") from None
    actor = system_actor(organisation_named(arguments.organisation))
    made = load_programme(actor, given=_given(arguments.which), opens_on=opens_on)
    print(f"{made.code} is published: {made.name}")


def show(arguments: argparse.Namespace) -> None:
    ready()
    from django.utils.timezone import localdate

    from homeward.access.acting import acting_as
    from homeward.access.actor import SYSTEM_USER_ID, system_actor
    from homeward.config.cli.problems import NotReady
    from homeward.programmes.queries import known_programmes, version_in_force

    actor = system_actor(SYSTEM_USER_ID)
    with acting_as(actor):
        known = list(known_programmes(actor))
        for one in known:
            version = version_in_force(actor, one.id, localdate())
            if not arguments.code:
                said = f"version {version.number} from {version.takes_effect_on}" if version else "no rules"
                print(f"{one.code:20} {said:30} {one.name} ({one.organisation.name})")
            elif one.code == arguments.code and version:
                told = {"name": one.name, "code": one.code, "terms": version.terms}
                print(json.dumps(told, ensure_ascii=False, indent=2))
    if arguments.code and arguments.code not in {one.code for one in known}:
        raise NotReady(f"There is no programme {arguments.code}. `homeward programmes show` lists them.")


def _given(which: str) -> "Shipped":
    from homeward.config.cli.problems import NotReady
    from homeward.programmes.shipped import read_programme, shipped, shipped_names
    from homeward.programmes.terms_json import TermsInvalid

    if which in shipped_names():
        return shipped(which)
    try:
        return read_programme(json.loads(Path(which).read_text("utf-8")))
    except TermsInvalid as problem:
        places = "; ".join(f"{path}: {text}" for path, text in problem.fields.items())
        raise NotReady(f"{which}: {places}") from None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        names = ", ".join(shipped_names())
        raise NotReady(f"{which} is neither one of {names} nor a readable file ({problem}).") from None


def organisation_named(name: str) -> "UUID":
    """The one organisation with this name."""
    from homeward.access.acting import acting_as
    from homeward.access.actor import SYSTEM_USER_ID, system_actor
    from homeward.config.cli.problems import NotReady
    from homeward.organisations.queries import known_organisations

    actor = system_actor(SYSTEM_USER_ID)
    with acting_as(actor):
        found = list(known_organisations(actor).filter(name=name).values_list("id", flat=True)[:2])
    if len(found) != 1:
        raise NotReady(f"There is no organisation called {name}." if not found else "The name is not clear.")
    return found[0]

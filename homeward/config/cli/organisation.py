"""`homeward organisation create`: the first organisation and its administrator's invitation."""

import argparse

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("organisation", help="bring in an organisation from the command line")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    making = acts.add_parser("create", help="make an organisation and invite its first administrator")
    making.add_argument("name")
    making.add_argument("--class", dest="kind", required=True, help="for example implementing_partner")
    making.add_argument("--country", required=True, help="two letters, ISO 3166")
    making.add_argument("--language", default="en")
    making.add_argument("--administrator", required=True, help="e-mail address of the first administrator")
    making.add_argument("--address", default="http://localhost:8000", help="where people open Homeward")
    making.set_defaults(act=create)


def create(arguments: argparse.Namespace) -> None:
    ready()
    from django.urls import reverse

    from homeward.access.actor import system_actor
    from homeward.config.cli.problems import NotReady
    from homeward.lib.identifiers import new_id
    from homeward.organisations.commands import create_organisation
    from homeward.organisations.rules import ROLES, OrganisationClass

    if arguments.kind not in set(OrganisationClass) or not ROLES[OrganisationClass(arguments.kind)]:
        known = ", ".join(kind for kind in OrganisationClass if ROLES[kind])
        raise NotReady(f"--class is one of {known}.")
    made = create_organisation(
        system_actor(new_id()),
        name=arguments.name,
        organisation_class=OrganisationClass(arguments.kind),
        country=arguments.country.upper(),
        language=arguments.language,
        administrator_email=arguments.administrator,
    )
    link = arguments.address.rstrip("/") + reverse("invitation", kwargs={"token": made.invitation.secret})
    print(f"Made. Give this link to {arguments.administrator}; it works once, for seven days:\n{link}")

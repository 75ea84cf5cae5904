"""`homeward samples list|show|draw`: samples of an organisation, drawn once, checked by drawing again."""

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.followup.models import Sample


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("samples", help="draw samples, and check one by drawing it again")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    listing = acts.add_parser("list", help="the samples of an organisation")
    showing = acts.add_parser(
        "show", help="one sample, how far it is, and whether drawing again finds the same"
    )
    drawing = acts.add_parser("draw", help="draw a planned one; this is done once")
    for one, act in ((listing, show_all), (showing, show), (drawing, draw)):
        one.add_argument("--organisation", required=True, help="name of the organisation at work")
        one.set_defaults(act=act)
    for one in (showing, drawing):
        one.add_argument("sample", type=UUID, help="its id, as `list` shows it")


def show_all(arguments: argparse.Namespace) -> None:
    actor = _actor(arguments)
    from homeward.access.acting import acting_as
    from homeward.followup.sampling.queries import visible_samples

    with acting_as(actor):
        for one in visible_samples(actor):
            print(f"{one.id}  {one.state:8} {one.size:6} of {one.frame_count or '?':>6}  {one.name}")


def show(arguments: argparse.Namespace) -> int:
    actor = _actor(arguments)
    from homeward.access.acting import acting_as
    from homeward.followup.sampling.queries import get_sample

    with acting_as(actor):
        sample = get_sample(actor, arguments.sample)
        _print(sample)
        return _print_progress(actor, sample) if sample.drawn_at else 0


def draw(arguments: argparse.Namespace) -> None:
    actor = _actor(arguments)
    from homeward.followup.sampling.commands import draw_sample

    _print(draw_sample(actor, sample_id=arguments.sample))


def _actor(arguments: argparse.Namespace) -> "Actor":
    ready()
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named

    return system_actor(organisation_named(arguments.organisation))


def _print(sample: "Sample") -> None:
    print(f"{sample.name}: {sample.state}, {sample.design}, {sample.size} to contact, seed {sample.seed}")
    for group in sample.groups:
        print(f"  {group['name'] or 'all others':30} {group['drawn']:6} of {group['people']:6}")
    if sample.draw_hash:
        print(f"frame {sample.frame_hash}\ndraw  {sample.draw_hash}")


def _print_progress(actor: "Actor", sample: "Sample") -> int:
    """What became of it; 1 when drawing again finds others."""
    from homeward.followup.sampling.queries import drawn_again, picture_of

    rates = picture_of(actor, sample).rates
    for name, value in vars(rates).items():
        print(f"  {name:12} {'-' if value is None else format(value, '.3f')}")
    again = drawn_again(actor, sample.id)
    if again.is_same is None:
        print(f"{again.gone} of the list are gone since: it cannot be drawn again as it was.")
        return 0
    print("Drawn again, it is the same." if again.is_same else "Drawn again, it is NOT the same.")
    return 0 if again.is_same else 1

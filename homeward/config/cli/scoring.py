"""`homeward scoring list|export|check|import|load`: profiles by which instruments are scored."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready, set_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from homeward.surveys.forms.troubles import FormProblem
    from homeward.surveys.scoring.profile import Profile


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("scoring", help="bring in profiles by which answers are scored")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("list", help="the profiles that come along").set_defaults(act=show)
    writing = acts.add_parser("export", help="write one that comes along as a workbook")
    writing.add_argument("which", help="its name")
    writing.add_argument("folder", help="where to write it")
    writing.set_defaults(act=export)
    checking = acts.add_parser("check", help="say whether a workbook or JSON file makes a profile")
    checking.add_argument("file")
    checking.set_defaults(act=check)
    bringing = acts.add_parser("import", help="bring a profile in as a draft, or put it in use at once")
    bringing.add_argument("file")
    bringing.add_argument("--organisation", required=True, help="the organisation that keeps the instrument")
    bringing.add_argument("--use", action="store_true", help="score what comes in from now on by it")
    bringing.set_defaults(act=bring)
    loading = acts.add_parser("load", help="put the provisional profile that comes along in use")
    loading.add_argument("which", help="one of the names that `list` shows")
    loading.add_argument("--organisation", required=True, help="the organisation that keeps the instrument")
    loading.set_defaults(act=load)


def show(arguments: argparse.Namespace) -> None:
    set_up()
    from homeward.surveys.scoring.shipped import shipped_profile, shipped_profiles

    for name in shipped_profiles():
        _print_profile(shipped_profile(name))


def export(arguments: argparse.Namespace) -> None:
    set_up()
    from homeward.surveys.scoring.shipped import shipped_profile
    from homeward.surveys.scoring.tables import as_workbook

    written = Path(arguments.folder) / f"{arguments.which}-scoring.xlsx"
    written.write_bytes(as_workbook(shipped_profile(_known(arguments.which))))
    print(written)


def check(arguments: argparse.Namespace) -> int:
    set_up()
    profile = _read(arguments.file)
    if profile:
        _print_profile(profile)
    return 0 if profile else 1


def bring(arguments: argparse.Namespace) -> int:
    ready()
    profile = _read(arguments.file)
    if profile is None:
        return 1
    from homeward.access.acting import acting_as
    from homeward.access.actor import system_actor
    from homeward.config.cli.problems import NotReady
    from homeward.config.cli.programmes import organisation_named
    from homeward.surveys.problems import ProfileRefused
    from homeward.surveys.queries import known_instruments
    from homeward.surveys.scoring.commands import import_profile, use_profile

    actor = system_actor(organisation_named(arguments.organisation))
    with acting_as(actor):
        instrument = known_instruments(actor).filter(code=profile.instrument).first()
    if instrument is None:
        raise NotReady(f"There is no instrument of the code {profile.instrument} yet. Load or add it first.")
    content = Path(arguments.file).read_bytes()
    try:
        made = import_profile(actor, instrument_id=instrument.id, content=content)
    except ProfileRefused as refused:
        _print_problems(refused.problems)
        return 1
    if arguments.use:
        made = use_profile(actor, profile_id=made.id, expected_version=made.version)
    print(f"{made.title}: version {made.number} is {made.state}")
    return 0


def load(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named
    from homeward.surveys.scoring.commands import load_shipped_profile

    actor = system_actor(organisation_named(arguments.organisation))
    made = load_shipped_profile(actor, name=_known(arguments.which))
    print(f"{made.title}: version {made.number} is {made.state}")


def _known(which: str) -> str:
    from homeward.config.cli.problems import NotReady
    from homeward.surveys.scoring.shipped import shipped_profiles

    if which not in shipped_profiles():
        raise NotReady(f"No profile {which} comes along. `homeward scoring list` shows them.")
    return which


def _read(name: str) -> "Profile | None":
    """The profile in a file; None when it makes none, after saying why."""
    from homeward.config.cli.problems import NotReady
    from homeward.surveys.scoring.reading import NotAProfile, read_profile

    try:
        content = Path(name).read_bytes()
    except OSError as away:
        raise NotReady(f"{name} cannot be read.") from away
    try:
        return read_profile(content)
    except NotAProfile as refused:
        _print_problems(refused.problems)
        return None


def _print_profile(profile: "Profile") -> None:
    verified = f"verified by {profile.verified_by} on {profile.verified_on}"
    standing = "provisional" if profile.is_provisional else verified
    print(f"{profile.instrument:16} {profile.title}: {len(profile.items)} items, {standing}")


def _print_problems(problems: "Iterable[FormProblem]") -> None:
    for one in problems:
        value = f" ({one.value})" if one.value else ""
        print(f"  {one.place or 'file'}: {one.what}{value} {one.remedy}")

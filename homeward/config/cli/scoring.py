"""`homeward scoring …`: profiles by which instruments are scored, weights from answers, scoring anew."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready, set_up

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from homeward.access.actor import Actor
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
    _add_acts_on_kept(acts)


def _add_acts_on_kept(acts: Subparsers) -> None:
    deriving = acts.add_parser("derive", help="work weights out from own answers, as a draft")
    deriving.add_argument("--since", type=date.fromisoformat, help="received from this day on")
    deriving.add_argument("--until", type=date.fromisoformat, help="received to this day")
    using = acts.add_parser("use", help="score what comes in from now on by a draft")
    again = acts.add_parser("rescore", help="score what older profiles scored by the one in use")
    for one, act in ((deriving, derive), (using, use), (again, rescore)):
        one.add_argument("instrument", help="its code")
        one.add_argument("--organisation", required=True, help="name of the organisation at work")
        one.set_defaults(act=act)
    using.add_argument("number", type=int, help="number of the profile")


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


def derive(arguments: argparse.Namespace) -> None:
    """A draft with weights from the organisation's own answers, and everything to judge it by."""
    ready()
    from homeward.surveys.scoring.commands import derive_profile

    actor, instrument_id = _kept_by(arguments)
    made = derive_profile(actor, instrument_id=instrument_id, since=arguments.since, until=arguments.until)
    told = made.derivation
    print(f"Draft {made.number}: {told['method']}, from {told['forms']:,} forms. Nothing uses it yet.")
    for name, about in told["dimensions"].items():
        if "eigenvalues" in about:
            alphas = f"ordinal alpha {about['ordinal_alpha']}, alpha {about['alpha']}"
            print(f"  {name}: first component {about['explained']:.0%}, {alphas}")
        for path, one in about["items"].items():
            weights = f"loading {one['loading']}, weight {one['weight']}" if "loading" in one else "alone"
            print(f"    {path}: {one['answered']:,} answered, {weights}")
    print(f"Look at it, then: homeward scoring use {arguments.instrument} {made.number} --organisation …")


def use(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.config.cli.problems import NotReady
    from homeward.surveys.scoring.commands import use_profile
    from homeward.surveys.scoring.queries import profiles_of

    actor, instrument_id = _kept_by(arguments)
    with acting_as(actor):
        draft = profiles_of(actor, instrument_id).filter(number=arguments.number).first()
    if draft is None:
        raise NotReady(f"There is no profile {arguments.number} of {arguments.instrument}.")
    made = use_profile(actor, profile_id=draft.id, expected_version=draft.version)
    print(f"{made.title}: version {made.number} is {made.state}. Older scores stay; see `rescore`.")


def rescore(arguments: argparse.Namespace) -> None:
    """Score anew here and now, saying how far it has got; the worker may share the work."""
    ready()
    from homeward.lib.problems import NotFound
    from homeward.outcomes.commands import rescore_on, start_rescoring

    actor, instrument_id = _kept_by(arguments)
    rescoring = start_rescoring(actor, instrument_id=instrument_id)
    while rescoring.finished_at is None:
        try:
            rescoring = rescore_on(actor, rescoring_id=rescoring.id)
        except NotFound:
            break  # the worker has finished it
        print(f"  {rescoring.done:,} of {rescoring.everything:,}", flush=True)
    print("Everything is scored by the profile in use.")


def _kept_by(arguments: argparse.Namespace) -> "tuple[Actor, UUID]":
    """The organisation at work, and the instrument that was named."""
    from homeward.access.acting import acting_as
    from homeward.access.actor import system_actor
    from homeward.config.cli.problems import NotReady
    from homeward.config.cli.programmes import organisation_named
    from homeward.surveys.queries import known_instruments

    actor = system_actor(organisation_named(arguments.organisation))
    with acting_as(actor):
        instrument = known_instruments(actor).filter(code=arguments.instrument).first()
    if instrument is None:
        raise NotReady(f"There is no instrument of the code {arguments.instrument} yet.")
    return actor, instrument.id


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

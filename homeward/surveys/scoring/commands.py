"""Bringing scoring profiles in and putting them in use."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, Problem, WrongState
from homeward.surveys.forms.troubles import FormProblem
from homeward.surveys.models import Instrument, ScoringProfile
from homeward.surveys.problems import ProfileRefused, TooFewAnswers
from homeward.surveys.queries import own_instrument, questions_of
from homeward.surveys.rules import ProfileState
from homeward.surveys.scoring.deriving import CannotDerive, derive
from homeward.surveys.scoring.profile import Profile
from homeward.surveys.scoring.queries import answers_to_weigh, draft_profile, form_to_score, read_terms
from homeward.surveys.scoring.reading import NotAProfile, misfits, read_profile
from homeward.surveys.scoring.shipped import shipped_profile, shipped_profiles
from homeward.surveys.scoring.tables import as_dict


@command(Action.SCORING_EDIT)
def import_profile(actor: Actor, *, instrument_id: UUID, content: bytes) -> ScoringProfile:
    """Bring a profile in from a workbook or JSON as a draft; whatever does not fit is told by row."""
    instrument = own_instrument(actor, instrument_id)
    try:
        profile = read_profile(content)
    except NotAProfile as refused:
        raise ProfileRefused(refused.problems) from refused
    return _draft(actor, instrument, profile)


@command(Action.SCORING_EDIT)
def discard_profile(actor: Actor, *, profile_id: UUID, expected_version: int) -> ScoringProfile:
    """Throw a draft away; what is in use is not touched."""
    draft = draft_profile(actor, profile_id, expected_version)
    ScoringProfile.objects.filter(id=draft.id).delete()
    return draft


@command(Action.SCORING_USE)
def use_profile(actor: Actor, *, profile_id: UUID, expected_version: int) -> ScoringProfile:
    """Score what comes in from now on by this profile, which never changes again; older scores stay."""
    draft = draft_profile(actor, profile_id, expected_version)
    earlier = ScoringProfile.objects.filter(instrument_id=draft.instrument_id, state=ProfileState.IN_USE)
    earlier.update(state=ProfileState.RETIRED)
    draft.state, draft.used_at, draft.used_by_id = ProfileState.IN_USE, now(), actor.user_id
    draft.version += 1
    draft.save()
    return draft


@command(Action.SCORING_DERIVE)
def derive_profile(
    actor: Actor, *, instrument_id: UUID, since: date | None = None, until: date | None = None
) -> ScoringProfile:
    """Work weights out from the organisation's own filled forms: a provisional draft, used by nothing yet."""
    instrument = own_instrument(actor, instrument_id)
    used = ScoringProfile.objects.filter(instrument=instrument, state=ProfileState.IN_USE).first()
    if used is None:
        raise WrongState(_("Put a profile in use first: weights are worked out for its items."))
    forms = answers_to_weigh(actor, instrument.id, since, until)
    try:
        found = derive(forms, read_terms(used))
    except CannotDerive as cannot:
        raise _why_not(cannot) from cannot
    words = _("Weights worked out from %(count)s filled forms of our own") % {"count": len(forms)}
    source = _("Weights worked out from own answers; all else as in: %(source)s") % {"source": used.source}
    profile = replace(found.profile, title=words[:200], source=source)
    days = {"since": since.isoformat() if since else None, "until": until.isoformat() if until else None}
    told = {**found.told, **days, "begun_from": str(used.id)}
    return _draft(actor, instrument, profile, told)


@command(Action.SCORING_USE)
def load_shipped_profile(actor: Actor, *, name: str) -> ScoringProfile:
    """Put the profile that comes along for an instrument in use, when none is."""
    if name not in shipped_profiles():
        raise NotFound
    profile = shipped_profile(name)
    own = Instrument.objects.filter(organisation_id=actor.organisation_id, code=profile.instrument).first()
    if own is None:
        raise NotFound
    used = ScoringProfile.objects.filter(instrument=own, state=ProfileState.IN_USE).first()
    if used:
        return used
    draft = _draft(actor, own_instrument(actor, own.id), profile)
    return use_profile(actor, profile_id=draft.id, expected_version=draft.version)


def _draft(
    actor: Actor, instrument: Instrument, profile: Profile, derivation: dict[str, Any] | None = None
) -> ScoringProfile:
    _check(instrument, profile)
    last: int | None = instrument.scoring_profiles.aggregate(last=Max("number"))["last"]
    return ScoringProfile.objects.create(
        instrument=instrument,
        organisation_id=actor.organisation_id,
        number=(last or 0) + 1,
        title=profile.title,
        source=profile.source,
        is_provisional=profile.is_provisional,
        verified_by=profile.verified_by,
        verified_on=profile.verified_on,
        terms=as_dict(profile),
        derivation=derivation or {},
        made_by_id=actor.user_id,
    )


def _why_not(cannot: CannotDerive) -> Problem:
    paths = ", ".join(cannot.paths)
    if cannot.code == "runs_against":
        return Invalid(_("These run against the others. Turn their points, or leave them out: %s") % paths)
    if cannot.code == "all_alike":
        return Invalid(_("Everybody answers one of these the same, so it has no weight: %s") % paths)
    return TooFewAnswers()


def _check(instrument: Instrument, profile: Profile) -> None:
    if profile.instrument != instrument.code:
        wrong = FormProblem(
            _("The profile is for another instrument."),
            _("Write the code of the instrument, or bring the profile in there."),
            "profile",
            value=f"{profile.instrument} ≠ {instrument.code}",
        )
        raise ProfileRefused((wrong,))
    form = form_to_score(instrument.id)
    if form is None:
        raise WrongState(_("Publish a form of the instrument first."))
    if problems := misfits(profile, questions_of(form)):
        raise ProfileRefused(tuple(problems))

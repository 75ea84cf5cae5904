"""Setting programmes up: who runs them with whom, and what they say from which day on."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.organisations.queries import get_organisation
from homeward.programmes.models import Party, Programme, ProgrammeVersion
from homeward.programmes.queries import draft_for_edit, own_programme, published_versions, versions_of
from homeward.programmes.rules import Part, VersionState, earliest_effect
from homeward.programmes.shipped import Shipped
from homeward.programmes.terms import Terms, check, dump, parse

EMPTY = Terms(currency="EUR")


class OwnDraft(Refused):
    """Four eyes: whoever wrote in a draft does not put it in force."""

    code = "own_draft"
    message = _("You wrote in this draft yourself. A colleague has to read and publish it.")


@command(Action.PROGRAMME_ADD)
def add_programme(
    actor: Actor,
    *,
    name: str,
    code: str,
    opens_on: date,
    closes_on: date | None = None,
    host_countries: Sequence[str] = (),
    return_countries: Sequence[str] = (),
) -> Programme:
    """Put a programme on the installation, run by the actor's organisation."""
    return Programme.objects.create(
        organisation_id=actor.organisation_id,
        name=name,
        code=code,
        opens_on=opens_on,
        closes_on=closes_on,
        host_countries=list(host_countries),
        return_countries=list(return_countries),
    )


@command(Action.PROGRAMME_EDIT)
def add_party(actor: Actor, *, programme_id: UUID, organisation_id: UUID, part: Part) -> Party:
    """Name an organisation that pays for a programme or carries it out."""
    programme = own_programme(actor, programme_id, for_update=True)
    party, _is_new = Party.objects.get_or_create(
        programme=programme,
        party=get_organisation(actor, organisation_id),
        part=part,
        defaults={"organisation_id": actor.organisation_id},
    )
    return party


@command(Action.PROGRAMME_EDIT)
def remove_party(actor: Actor, *, programme_id: UUID, party_id: UUID) -> Programme:
    """Take an organisation out of a programme; budgets and cases it has had of it stay as they are."""
    programme = own_programme(actor, programme_id, for_update=True)
    removed, _by_model = Party.objects.filter(programme=programme, id=party_id).delete()
    if not removed:
        raise NotFound
    return programme


@command(Action.PROGRAMME_EDIT)
def begin_version(actor: Actor, *, programme_id: UUID) -> ProgrammeVersion:
    """Begin a draft of what the programme will say, from what its latest version says."""
    programme = own_programme(actor, programme_id, for_update=True)
    latest = versions_of(actor, programme.id).first()
    if latest and latest.state == VersionState.DRAFT:
        raise WrongState(_("There is a draft already. Publish it or go on with it."))
    return ProgrammeVersion.objects.create(
        programme=programme,
        organisation_id=actor.organisation_id,
        number=latest.number + 1 if latest else 1,
        terms=latest.terms if latest else dump(EMPTY),
    )


@command(Action.PROGRAMME_EDIT)
def change_version(
    actor: Actor, *, version_id: UUID, expected_version: int, terms: object, what_changed: str = ""
) -> ProgrammeVersion:
    """Write what a draft says; `terms` are JSON or Terms, checked whole before anything is kept."""
    draft = draft_for_edit(actor, version_id, expected_version)
    read = terms if isinstance(terms, Terms) else parse(terms)
    check(read)
    draft.drafted_by_ids = sorted({*draft.drafted_by_ids, actor.user_id})
    return _write(draft, read, what_changed)


@command(Action.PROGRAMME_EDIT)
def discard_version(actor: Actor, *, version_id: UUID, expected_version: int) -> Programme:
    """Throw a draft away; what is published is not touched."""
    draft = draft_for_edit(actor, version_id, expected_version)
    ProgrammeVersion.objects.filter(id=draft.id).delete()
    return own_programme(actor, draft.programme_id)


@command(Action.PROGRAMME_PUBLISH)
def publish_version(
    actor: Actor, *, version_id: UUID, expected_version: int, takes_effect_on: date, what_changed: str = ""
) -> ProgrammeVersion:
    """Put a draft in force from a day on; what was decided before stays explained by the version of then."""
    draft = draft_for_edit(actor, version_id, expected_version)
    if actor.user_id in draft.drafted_by_ids:
        raise OwnDraft
    check(parse(draft.terms))
    last = published_versions(actor, draft.programme_id).first()
    _require_effect(takes_effect_on, last)
    draft.what_changed = what_changed.strip() or draft.what_changed
    if last and not draft.what_changed:
        raise Invalid(fields={"what_changed": _("Say in a sentence what changes and why.")})
    draft.state, draft.takes_effect_on = VersionState.PUBLISHED, takes_effect_on
    draft.published_at, draft.published_by_id = now(), actor.user_id
    draft.published_by_name = actor.name
    draft.version += 1
    draft.save()
    return draft


@command(Action.PROGRAMME_PUBLISH)
def load_programme(actor: Actor, *, given: Shipped, opens_on: date) -> Programme:
    """Publish a programme from its file; when it is known and says otherwise, publish a new version today."""
    own = Programme.objects.filter(organisation_id=actor.organisation_id, code=given.code).first()
    programme = own or add_programme(
        actor,
        name=given.name,
        code=given.code,
        opens_on=opens_on,
        host_countries=given.host_countries,
        return_countries=given.return_countries,
    )
    last = published_versions(actor, programme.id).first()
    if last is None or parse(last.terms) != given.terms:
        draft = begin_version(actor, programme_id=programme.id)
        draft = _write(draft, given.terms)  # whoever wrote the file drafted it, not who reads it
        latest = max(localdate(), last.takes_effect_on or opens_on) if last else opens_on
        publish_version(
            actor,
            version_id=draft.id,
            expected_version=draft.version,
            takes_effect_on=latest,
            what_changed="Read from a file." if last else "",
        )
    return programme


def _write(draft: ProgrammeVersion, terms: Terms, what_changed: str = "") -> ProgrammeVersion:
    draft.terms, draft.what_changed = dump(terms), what_changed.strip() or draft.what_changed
    draft.version += 1
    draft.save()
    return draft


def _require_effect(takes_effect_on: date, last: ProgrammeVersion | None) -> None:
    earliest = earliest_effect(localdate(), last.takes_effect_on if last else None)
    if earliest and takes_effect_on < earliest:
        message = _("Choose a day that is not before %s: earlier days keep their rules.")
        raise Invalid(fields={"takes_effect_on": message % earliest.isoformat()})

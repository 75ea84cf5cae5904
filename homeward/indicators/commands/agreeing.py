"""Agreeing on a framework, step by step from draft to force."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.indicators.catalogue import Catalogue, catalogue
from homeward.indicators.definitions import (
    check_comparability,
    definitions_from,
    dumped,
    hash_of,
)
from homeward.indicators.models import (
    Framework,
    FrameworkComment,
    FrameworkParty,
    FrameworkValidation,
    FrameworkVersion,
)
from homeward.indicators.queries import (
    get_version,
    indicators_of,
    may_comment,
    missing_validations,
    own_framework,
    version_before,
    version_for_edit,
)
from homeward.indicators.rules import (
    AGREED,
    LANGUAGES,
    Comparability,
    Comparing,
    FrameworkPart,
    FrameworkState,
    may_move,
)
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState, type_of_message
from homeward.organisations.queries import get_organisation

LONGEST_COMMENT = 4000


class OwnIndicators(Refused):
    """Four eyes: whoever wrote in a draft neither validates it nor puts it in force."""

    code = "own_indicators"
    message = _("You wrote in this version yourself. A colleague has to read and validate it.")


@command(Action.INDICATOR_EDIT)
def add_framework(actor: Actor, *, code: str, name: Mapping[str, str], from_catalogue: str = "") -> Framework:
    """Begin a framework that the actor's organisation owns, with a draft, empty or from the catalogue."""
    made = _framework(actor, code, name)
    shipped = catalogue(from_catalogue) if from_catalogue else None
    _draft(made, 1, dumped(shipped.definitions) if shipped else [], [actor.user_id])
    return made


@command(Action.INDICATOR_EDIT)
def name_party(
    actor: Actor, *, framework_id: UUID, organisation_id: UUID, part: FrameworkPart
) -> FrameworkParty:
    """Ask an organisation what it thinks of a framework, or make it a co-owner that has to validate."""
    framework = own_framework(actor, framework_id)
    if organisation_id == framework.organisation_id:
        raise Invalid(fields={"organisation_id": _("Your organisation owns it already.")})
    given = FrameworkParty.objects.filter(framework=framework, party_id=organisation_id).first()
    if given and given.part == FrameworkPart.CO_OWNER != part and _is_consulted(framework):
        raise WrongState(_("It has to validate the version that is under consultation."))
    party, _is_new = FrameworkParty.objects.update_or_create(
        framework=framework,
        party=get_organisation(actor, organisation_id),
        defaults={"organisation_id": actor.organisation_id, "part": part},
    )
    return party


@command(Action.INDICATOR_EDIT)
def begin_framework_version(actor: Actor, *, framework_id: UUID) -> FrameworkVersion:
    """Begin a draft from what the latest version says; all is the same as before until it is changed."""
    framework = own_framework(actor, framework_id)
    latest = FrameworkVersion.objects.filter(framework=framework).order_by("-number").first()
    if latest and FrameworkState(latest.state) not in AGREED:
        raise WrongState(_("There is a version under discussion already."))
    kept = indicators_of(latest) if latest else ()
    same = [{**one, "comparability": _plain(Comparing.SAME)} for one in dumped(kept)]
    return _draft(framework, latest.number + 1 if latest else 1, same, [actor.user_id])


@command(Action.INDICATOR_EDIT)
def change_definitions(
    actor: Actor, *, version_id: UUID, expected_version: int, definitions: object, what_changed: str = ""
) -> FrameworkVersion:
    """Write what a draft defines, whole; checked whole before anything is kept."""
    draft = version_for_edit(actor, version_id, expected_version)
    if draft.state != FrameworkState.DRAFT:
        raise WrongState(
            _("What this version says no longer changes. Take it back to a draft or begin anew.")
        )
    read = definitions_from(definitions)
    before = version_before(actor, draft)
    check_comparability(read, indicators_of(before) if before else ())
    draft.definitions = dumped(read)
    draft.definitions_sha256 = hash_of(draft.definitions)
    draft.what_changed = what_changed.strip() or draft.what_changed
    draft.drafted_by_ids = sorted({*draft.drafted_by_ids, actor.user_id})
    return _saved(draft)


@command(Action.INDICATOR_EDIT)
def open_consultation(
    actor: Actor, *, version_id: UUID, expected_version: int, asked_until: date | None = None
) -> FrameworkVersion:
    """Show a draft to the partners that are asked, who comment on it until it is validated."""
    draft = _moving(actor, version_id, FrameworkState.CONSULTATION, expected_version)
    read = definitions_from(draft.definitions)
    if not read:
        raise Invalid(fields={"definitions": _("There is no indicator in it yet.")})
    before = version_before(actor, draft)
    check_comparability(read, indicators_of(before) if before else ())
    if before and not draft.what_changed:
        raise Invalid(fields={"what_changed": _("Say in a sentence what changes and why.")})
    draft.asked_until = asked_until
    return _saved(draft)


@command(Action.INDICATOR_EDIT)
def take_back(actor: Actor, *, version_id: UUID, expected_version: int) -> FrameworkVersion:
    """Take a version out of consultation to change it: comments stay, a yes to the old text ends."""
    return _saved(_moving(actor, version_id, FrameworkState.DRAFT, expected_version))


@command(Action.INDICATOR_COMMENT)
def comment_on_version(
    actor: Actor, *, version_id: UUID, text: str, indicator: str = "", answers_id: UUID | None = None
) -> FrameworkComment:
    """Say what the actor's organisation thinks of a version, or answer somebody who did; it stays."""
    version = get_version(actor, version_id)
    if version.state != FrameworkState.CONSULTATION:
        raise WrongState(_("This version is not open for comments."))
    if not may_comment(actor, version):
        raise NotFound
    problems: dict[str, type_of_message] = {}
    if not text.strip() or len(text) > LONGEST_COMMENT:
        problems["text"] = _("Write what you think, in at most 4,000 letters.")
    if indicator and indicator not in {one.code for one in indicators_of(version)}:
        problems["indicator"] = _("The version has no indicator of this code.")
    if problems:
        raise Invalid(fields=problems)
    answered = _comment(version, answers_id) if answers_id else None
    return FrameworkComment.objects.create(
        version=version,
        organisation_id=actor.organisation_id,
        indicator=indicator or (answered.indicator if answered else ""),
        text=text.strip(),
        answers=answered,
        definitions_sha256=version.definitions_sha256,
        by_id=actor.user_id,
        by_name=actor.name,
    )


@command(Action.INDICATOR_VALIDATE)
def validate_version(actor: Actor, *, version_id: UUID, definitions_sha256: str) -> FrameworkValidation:
    """Say yes, by name, to what a version says; the owner's own yes comes last and makes it validated."""
    actor.require_person()
    version = get_version(actor, version_id)
    if version.state != FrameworkState.CONSULTATION:
        raise WrongState(_("A version is validated out of its consultation."))
    if actor.user_id in version.drafted_by_ids:
        raise OwnIndicators
    if definitions_sha256 != version.definitions_sha256:
        raise WrongState(_("It was changed since you read it. Read it again before you say yes."))
    missing = missing_validations(actor, version)
    if actor.organisation_id not in missing:
        raise NotFound
    is_owner = version.organisation_id == actor.organisation_id
    others = [name for organisation_id, name in missing.items() if organisation_id != actor.organisation_id]
    if is_owner and others:
        raise WrongState(_("These have not validated it yet: %s.") % ", ".join(sorted(others)))
    made = FrameworkValidation.objects.create(
        version=version,
        organisation_id=actor.organisation_id,
        definitions_sha256=definitions_sha256,
        by_id=actor.user_id,
        by_name=actor.name,
    )
    if is_owner:
        moving = _moving(actor, version.id, FrameworkState.VALIDATED, version.version)
        moving.validated_at = now()
        _saved(moving)
    return made


@command(Action.INDICATOR_PUT_IN_FORCE)
def put_in_force(actor: Actor, *, version_id: UUID, expected_version: int) -> FrameworkVersion:
    """From today values go by this version; the one before is superseded and stays as it was."""
    actor.require_person()
    version = _moving(actor, version_id, FrameworkState.IN_FORCE, expected_version)
    if actor.user_id in version.drafted_by_ids:
        raise OwnIndicators
    in_force = FrameworkVersion.objects.filter(
        framework_id=version.framework_id, state=FrameworkState.IN_FORCE
    ).first()
    if in_force and in_force.number > version.number:
        raise WrongState(_("A later version is in force already."))
    if in_force:
        in_force.state, in_force.superseded_on = FrameworkState.SUPERSEDED, localdate()
        _saved(in_force)
    version.in_force_on, version.in_force_by_id, version.in_force_by_name = (
        localdate(),
        actor.user_id,
        actor.name,
    )
    return _saved(version)


@command(Action.INDICATOR_EDIT)
def load_framework(actor: Actor, *, given: Catalogue) -> Framework:
    """A framework from the catalogue as a version under consultation, drafted by whoever wrote the file."""
    made = _framework(actor, given.code, given.name)
    draft = _draft(made, 1, dumped(given.definitions), [])
    draft.state = FrameworkState.CONSULTATION
    _saved(draft)
    return made


def _framework(actor: Actor, code: str, name: Mapping[str, str]) -> Framework:
    named = {one: (name.get(one) or "").strip() for one in LANGUAGES}
    problems: dict[str, type_of_message] = {
        f"name_{one}": _("Say it in this language too.") for one, said in named.items() if not said
    }
    if not code.strip():
        problems["code"] = _("A short code is needed.")
    if problems:
        raise Invalid(fields=problems)
    own = Framework.objects.filter(organisation_id=actor.organisation_id, code=code.strip())
    if own.exists():
        raise Invalid(fields={"code": _("Your organisation has a framework of this code.")})
    return Framework.objects.create(organisation_id=actor.organisation_id, code=code.strip()[:40], name=named)


def _draft(
    framework: Framework, number: int, definitions: list[dict[str, Any]], by: list[UUID]
) -> FrameworkVersion:
    return FrameworkVersion.objects.create(
        framework=framework,
        organisation_id=framework.organisation_id,
        number=number,
        definitions=definitions,
        definitions_sha256=hash_of(definitions),
        drafted_by_ids=by,
    )


def _is_consulted(framework: Framework) -> bool:
    state = FrameworkState.CONSULTATION
    return FrameworkVersion.objects.filter(framework=framework, state=state).exists()


def _comment(version: FrameworkVersion, comment_id: UUID) -> FrameworkComment:
    found = FrameworkComment.objects.filter(id=comment_id, version=version).first()
    if found is None:
        raise NotFound
    return found


def _plain(kind: Comparing) -> dict[str, Any]:
    return {**vars(Comparability()), "kind": str(kind)}


def _moving(actor: Actor, version_id: UUID, state: FrameworkState, expected_version: int) -> FrameworkVersion:
    version = version_for_edit(actor, version_id, expected_version)
    if not may_move(FrameworkState(version.state), state):
        raise WrongState
    version.state = state
    return version


def _saved(version: FrameworkVersion) -> FrameworkVersion:
    version.version += 1
    version.save()
    return version

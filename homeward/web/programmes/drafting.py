"""Writing what a programme will say: one small form a part, and publishing it from a day on."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form, HiddenInput, IntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.lib.problems import EditConflict, NotFound, Problem, Refused, WrongState
from homeward.programmes import commands
from homeward.programmes.facts import VOCABULARY, FactKind
from homeward.programmes.queries import get_version, own_programme, terms_of, versions_of
from homeward.programmes.rules import VersionState
from homeward.programmes.terms import Terms
from homeward.programmes.terms_json import TermsInvalid
from homeward.web.forms import posted, put_problem
from homeward.web.programmes.forms import PARTS, GeneralForm, PartForm
from homeward.web.programmes.programme_forms import PartyForm, ProgrammeForm, PublishForm
from homeward.web.programmes.told import SECTIONS, told_differences

if TYPE_CHECKING:
    from homeward.programmes.models import ProgrammeVersion

AnyForm = TypeVar("AnyForm", bound=Form)
ASKED = ["GET", "HEAD", "POST"]
USABLE = tuple(fact for fact in VOCABULARY if fact.kind is not FactKind.DAY)


@require_http_methods(ASKED)
def add(request: HttpRequest) -> HttpResponse:
    """Put a new programme on the installation."""
    actor = actor_of(request)
    actor.require(Action.PROGRAMME_ADD)
    form = ProgrammeForm(get_language() or "en", posted(request))
    if form.is_bound and form.is_valid():
        made = commands.add_programme(actor, **form.cleaned_data)
        return redirect("programme", made.id)
    status = 422 if form.errors else 200
    return render(request, "programmes/add.html", {"form": form}, status=status)


@require_http_methods(ASKED)
def add_party(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Name an organisation that pays for a programme or carries it out."""
    actor = actor_of(request)
    actor.require(Action.PROGRAMME_EDIT)
    one = own_programme(actor, programme_id)
    form = PartyForm(actor, posted(request))
    if form.is_bound and form.is_valid():
        commands.add_party(actor, programme_id=one.id, **form.cleaned_data)
        return redirect("programme", one.id)
    status = 422 if form.errors else 200
    return render(request, "programmes/party.html", {"form": form, "programme": one}, status=status)


@require_POST
def remove_party(request: HttpRequest, programme_id: UUID, party_id: UUID) -> HttpResponse:
    """Take a donor or partner out of a programme."""
    commands.remove_party(actor_of(request), programme_id=programme_id, party_id=party_id)
    messages.success(request, _("The organisation is no longer named here."))
    return redirect("programme", programme_id)


@require_http_methods(ASKED)
def discard(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Ask whether a draft is to be thrown away, then do it."""
    actor = actor_of(request)
    one = own_draft(actor, version_id)
    form = _asking_version(Form(posted(request)), one)
    if form.is_bound and form.is_valid():
        commands.discard_version(actor, version_id=one.id, **form.cleaned_data)
        messages.success(request, _("The draft is thrown away. What is published stays as it is."))
        return redirect("programme", one.programme_id)
    shown = {"version": one, "programme": one.programme, "form": form}
    return render(request, "programmes/discard.html", shown, status=422 if form.errors else 200)


@require_POST
def begin(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Begin a draft and go on to it."""
    made = commands.begin_version(actor_of(request), programme_id=programme_id)
    return redirect("programme_draft", made.id)


@require_http_methods(["GET", "HEAD"])
def draft(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """All that a draft says, each part with its way to change it."""
    actor = actor_of(request)
    one = own_draft(actor, version_id)
    terms = terms_of(one)
    shown = {"version": one, "programme": one.programme, "terms": terms, "is_draft": True}
    shown["is_own"] = actor.user_id in one.drafted_by_ids
    shown["changes"] = _changes(actor, one, terms)
    return render(request, "programmes/draft.html", shown)


@require_http_methods(ASKED)
def general(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Change what holds for the whole version."""
    actor = actor_of(request)
    one = own_draft(actor, version_id)
    terms = terms_of(one)
    form = _asking_version(GeneralForm(posted(request), currency=terms.currency, part=terms), one)
    if form.is_bound and form.is_valid():
        answer = _save(request, one, form, replace(terms, **form.changes()))
        if answer:
            return answer
    return _asked(request, one, form, SECTIONS["general"])


@require_http_methods(ASKED)
def part(request: HttpRequest, version_id: UUID, kind: str, place: str) -> HttpResponse:
    """Add, change or remove one rule, package, window, step or round."""
    one = own_draft(actor_of(request), version_id)
    terms = terms_of(one)
    name, form_class = _kind(kind)
    listed: tuple[Any, ...] = getattr(terms, name)
    number = _number(place, len(listed))
    current = listed[number] if number is not None else None
    removes = "remove" in request.POST and current is not None
    asked = None if removes else posted(request)
    form = _asking_version(form_class(asked, currency=terms.currency, part=current), one)
    answer = None
    if removes or (form.is_bound and form.is_valid()):
        made = () if removes else (form.part(),)
        answer = _save(request, one, form, _with(terms, name, _put(listed, number, made)))
    return answer or _asked(request, one, form, SECTIONS[name], is_old=current is not None)


@require_http_methods(ASKED)
def publish(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Put a draft in force from a day on."""
    actor = actor_of(request)
    actor.require(Action.PROGRAMME_PUBLISH)
    one = own_draft(actor, version_id)
    initial = {
        "takes_effect_on": localdate(),
        "what_changed": one.what_changed,
        "expected_version": one.version,
    }
    form = PublishForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            commands.publish_version(actor, version_id=one.id, **form.cleaned_data)
        except (Refused, NotFound, EditConflict):
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, _("The version is published. Earlier days keep their rules."))
            return redirect("programme", one.programme_id)
    shown = {"version": one, "programme": one.programme, "form": form}
    shown["changes"] = _changes(actor, one, terms_of(one))
    return render(request, "programmes/publish.html", shown, status=422 if form.errors else 200)


def own_draft(actor: Actor, version_id: UUID) -> "ProgrammeVersion":
    """A draft of the actor's own organisation; a published version no longer changes."""
    actor.require(Action.PROGRAMME_EDIT)
    one = get_version(actor, version_id)
    if one.organisation_id != actor.organisation_id:
        raise NotFound
    if one.state != VersionState.DRAFT:
        raise WrongState(_("This version is published and no longer changes. Begin a new one."))
    return one


def _changes(actor: Actor, one: "ProgrammeVersion", terms: Terms) -> object:
    before = versions_of(actor, one.programme_id).filter(number__lt=one.number).first()
    return told_differences(terms_of(before), terms) if before else None


def _kind(kind: str) -> tuple[str, type[PartForm]]:
    if kind not in PARTS:
        raise Http404
    return PARTS[kind]


def _number(place: str, count: int) -> int | None:
    if place == "new":
        return None
    if not place.isdecimal() or not 1 <= int(place[:4]) <= count:
        raise Http404
    return int(place) - 1


def _put(listed: tuple[Any, ...], number: int | None, made: tuple[Any, ...]) -> tuple[Any, ...]:
    """The list with what was made in the place of what stood there, or at its end."""
    at = len(listed) if number is None else number
    return (*listed[:at], *made, *listed[at + 1 :])


def _with(terms: Terms, name: str, listed: tuple[Any, ...]) -> Terms:
    parts: dict[str, Any] = {name: listed}
    return replace(terms, **parts)


def _asking_version(form: AnyForm, one: "ProgrammeVersion") -> AnyForm:
    """The form with the version of the draft it was read from, so that nothing is overwritten."""
    form.fields["expected_version"] = IntegerField(widget=HiddenInput())
    form.initial["expected_version"] = one.version
    return form


def _save(request: HttpRequest, one: "ProgrammeVersion", form: PartForm, terms: Terms) -> HttpResponse | None:
    """Keep the draft and go back to it; what the domain refuses goes back to its question."""
    told = request.POST.get("expected_version", "")
    expected = int(told[:9]) if told.isdecimal() else 0
    try:
        commands.change_version(actor_of(request), version_id=one.id, expected_version=expected, terms=terms)
    except TermsInvalid as problem:
        by_field = {_field_of(path): text for path, text in problem.fields.items()}
        put_problem(form, TermsInvalid(" ".join(map(str, problem.fields.values())), fields=by_field))
        return None
    messages.success(request, _("The draft is saved."))
    return redirect("programme_draft", one.id)


def _field_of(path: str) -> str:
    """The field of a form that a path in the terms is about."""
    last = path.rpartition(".")[2]
    return {"amount_minor": "amount_amount", "from_minor": "from_amount", "currency": "currency_code"}.get(
        last, last
    )


def _asked(
    request: HttpRequest, one: "ProgrammeVersion", form: Form, title: object, *, is_old: bool = False
) -> HttpResponse:
    shown = {"version": one, "programme": one.programme, "form": form, "title": title, "is_old": is_old}
    shown["vocabulary"] = USABLE if {"expression", "condition"} & set(form.fields) else ()
    return render(request, "programmes/part.html", shown, status=422 if form.errors else 200)

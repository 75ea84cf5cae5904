"""Answering what is asked about rows, and deciding who is the same person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.codelists.countries import country_choices, nationality_choices
from homeward.exchange import commands
from homeward.exchange.columns.fields import COUNTRIES, Field
from homeward.exchange.keeping import open_choices
from homeward.exchange.problem_kinds import Kind, Severity
from homeward.exchange.queries import (
    AskedRow,
    Problems,
    count_of_duplicates,
    get_import,
    possible_duplicates,
    problem_groups,
    rows_of_kind,
    words_of_kind,
)
from homeward.exchange.rules import Answer, Decision
from homeward.exchange.values.dates import DayOrder
from homeward.lib.problems import Invalid, NotFound
from homeward.web.imports.beside import Pair, pair_of
from homeward.web.imports.words import ANSWERS, CODES, CURRENCIES, KEEP_AMOUNT, LEAVE_OUT

if TYPE_CHECKING:
    from homeward.exchange.models import Import

FEW, MANY, PAIRS, MOST_WORDS = 3, 50, 5, 200
Choices = Sequence[tuple[str, str | Promise]]
WORDS_SETTLE = (Kind.UNREADABLE_VALUE, Kind.UNKNOWN_COUNTRY)
ORDERS: Choices = ((DayOrder.DAY_FIRST, _("Day first")), (DayOrder.MONTH_FIRST, _("Month first")))


@dataclass(frozen=True)
class Group:
    """One kind of problem with some of its rows and what can be done about it."""

    problems: Problems
    rows: Sequence[AskedRow]
    answers: Choices
    has_suggestion: bool

    @property
    def is_note(self) -> bool:
        return self.problems.severity is Severity.NOTE

    @property
    def can_be_unknown(self) -> bool:
        return self.problems.severity is Severity.QUESTION

    @property
    def more(self) -> int:
        return self.problems.count - len(self.rows)

    @property
    def settles_words(self) -> bool:
        return self.problems.kind in WORDS_SETTLE

    @property
    def settles_currency(self) -> bool:
        return self.problems.kind is Kind.AMOUNT_WITHOUT_CURRENCY

    @property
    def settles_order(self) -> bool:
        return self.problems.kind is Kind.AMBIGUOUS_DATE

    @property
    def settles_at_once(self) -> bool:
        return self.settles_words or self.settles_currency or self.settles_order

    @property
    def unknown_words(self) -> str | Promise:
        return KEEP_AMOUNT if self.problems.field is Field.AMOUNT else ANSWERS[Answer.UNKNOWN]


def asked_groups(actor: Actor, given: "Import", few: int = FEW) -> list[Group]:
    """Every kind of problem with its first rows."""
    return [_group(actor, given, problems, few) for problems in problem_groups(actor, given)]


def asked_pairs(actor: Actor, given: "Import") -> dict[str, Any]:
    """Possible duplicates, likeliest first, beside how many there are."""
    count, answered = count_of_duplicates(given)
    pairs: list[Pair] = [pair_of(beside) for beside in possible_duplicates(actor, given, most=PAIRS)]
    return {"pairs": pairs, "pair_count": count, "pair_answered": answered, "decisions": DECISIONS}


DECISIONS: Choices = (
    (Decision.SAME, _("Same person, add to the case")),
    (Decision.DIFFERENT, _("Different people")),
    (Decision.LATER, _("Decide later")),
)


@require_safe
def problem(request: HttpRequest, import_id: UUID, key: str) -> HttpResponse:
    """Every row with one kind of problem, with what settles it at once."""
    actor = actor_of(request)
    given = get_import(actor, import_id)
    group = _known_group(actor, given, key)
    shown = {
        "given": given,
        "group": group,
        "words": words_of_kind(actor, given, key)[:MOST_WORDS] if group.settles_words else [],
        "codes": _codes(group.problems.field),
        "currencies": CURRENCIES,
        "orders": ORDERS,
    }
    return render(request, "imports/problem.html", shown)


@require_POST
def answer(request: HttpRequest, import_id: UUID, key: str) -> HttpResponse:
    """Answer the rows one by one, or all of the kind with one button."""
    actor, given_all = actor_of(request), request.POST.get("all", "")
    get_import(actor, import_id)
    if given_all:
        _give(actor, import_id, key, given_all, None)
    else:
        for said, row_ids in _by_answer(request).items():
            _give(actor, import_id, key, said, row_ids)
    return redirect("import", import_id)


@require_POST
def settle(request: HttpRequest, import_id: UUID, key: str) -> HttpResponse:
    """Say what words stand for, which currency is meant, or which comes first; the list is read again."""
    actor = actor_of(request)
    given = get_import(actor, import_id)
    group, kept = _known_group(actor, given, key), open_choices(given)
    field = group.problems.field
    if group.settles_currency and request.POST.get("currency") in CURRENCIES:
        kept = replace(kept, currency=request.POST["currency"])
    elif group.settles_order and field and request.POST.get("order") in set(DayOrder):
        kept = replace(kept, orders={**kept.orders, field.value: DayOrder(request.POST["order"])})
    elif group.settles_words and field:
        known = {code for code, _label in _codes(field)}
        told = dict(zip(request.POST.getlist("word"), request.POST.getlist("code"), strict=False))
        meant = {word: code for word, code in told.items() if code in known}
        kept = replace(
            kept, meanings={**kept.meanings, field.value: {**kept.meanings.get(field.value, {}), **meant}}
        )
    commands.set_choices(actor, import_id=import_id, choices=kept)
    return redirect("import", import_id)


@require_POST
def decide(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take the decisions about possible duplicates, one by one or for all that are undecided."""
    actor, given_all = actor_of(request), request.POST.get("all", "")
    get_import(actor, import_id)
    if given_all:
        commands.decide_duplicates(actor, import_id=import_id, decision=_decision(given_all))
    for name, said in request.POST.items():
        if name.startswith("pair-") and not given_all:
            commands.decide_duplicates(
                actor, import_id=import_id, pair_id=_uuid(name[5:]), decision=_decision(str(said))
            )
    return redirect("import", import_id)


def _group(actor: Actor, given: "Import", problems: Problems, most: int) -> Group:
    rows = rows_of_kind(actor, given, problems.key, most=most)
    has_suggestion = any(row.suggestion for row in rows)
    return Group(problems, rows, _answers(problems, has_suggestion=has_suggestion), has_suggestion)


def _answers(problems: Problems, *, has_suggestion: bool) -> Choices:
    if problems.severity is Severity.NOTE:
        return ()
    choices: list[tuple[str, str | Promise]] = []
    if problems.severity is Severity.QUESTION:
        unknown = KEEP_AMOUNT if problems.field is Field.AMOUNT else ANSWERS[Answer.UNKNOWN]
        choices.append((Answer.UNKNOWN, unknown))
        if has_suggestion:
            choices.append((Answer.SUGGESTION, ANSWERS[Answer.SUGGESTION]))
    return [*choices, (LEAVE_OUT, _("Leave the row out"))]


def _known_group(actor: Actor, given: "Import", key: str) -> Group:
    for problems in problem_groups(actor, given):
        if problems.key == key:
            return _group(actor, given, problems, MANY)
    raise NotFound


def _codes(field: Field | None) -> Choices:
    if field in COUNTRIES:
        reader = get_language() or "en"
        return nationality_choices(reader) if field is Field.NATIONALITY else country_choices(reader)
    return list(CODES.get(field, {}).items()) if field else []


def _by_answer(request: HttpRequest) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {}
    for name, said in request.POST.items():
        if name.startswith("row-") and said:
            found.setdefault(str(said), []).append(_uuid(name[4:]))
    return found


def _give(actor: Actor, import_id: UUID, key: str, said: str, row_ids: list[UUID] | None) -> None:
    if said == LEAVE_OUT:
        commands.leave_out(actor, import_id=import_id, key=key, row_ids=row_ids)
    elif said in set(Answer):
        commands.answer_problems(actor, import_id=import_id, key=key, answer=Answer(said), row_ids=row_ids)
    else:
        raise Invalid


def _decision(said: str) -> Decision:
    if said not in set(Decision):
        raise Invalid
    return Decision(said)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None

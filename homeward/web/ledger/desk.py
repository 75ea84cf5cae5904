"""The finance desk: what to pay, what does not fit together yet, and the ledger as a file."""

from collections.abc import Mapping
from tempfile import TemporaryFile
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.assistance import queries
from homeward.assistance.rules import AccountReason
from homeward.assistance.sheets import WRITERS
from homeward.web.files import NOTHING_RUNS
from homeward.web.forms import posted
from homeward.web.opening_form import OpeningForm, Words

ACCOUNT_REASONS: Mapping[str, Words] = {
    AccountReason.PAYING: _("To pay what is due"),
    AccountReason.CHECK: _("To compare it with a proof or an answer of the bank"),
    AccountReason.OTHER: _("Another reason"),
}
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What the organisation can pay now, the longest promised first."""
    actor = actor_of(request)
    actor.require(Action.DESK_VIEW)
    rows = queries.what_to_pay(actor, localdate())
    remember_reading(actor, Action.DESK_VIEW, subject_id=None)
    return render(request, "ledger/desk.html", {"rows": rows, "may_export": actor.may(Action.LEDGER_EXPORT)})


@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    """What lacks proof, what is paid and not delivered or delivered and not paid, and what is late."""
    actor = actor_of(request)
    actor.require(Action.DESK_VIEW)
    found = queries.reconciliation(actor, localdate())
    remember_reading(actor, Action.DESK_VIEW, subject_id=None)
    return render(request, "ledger/reconciliation.html", {"found": found})


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Ask for the reason, then show the account to pay to once."""
    actor = actor_of(request)
    actor.require(Action.PAYEE_ACCOUNT_OPEN)
    line = queries.own_commitment(actor, commitment_id)
    form = OpeningForm(posted(request), reasons=ACCOUNT_REASONS)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "ledger/account.html", {"line": line, "form": form}, status=status)
    reason, words = AccountReason(form.cleaned_data["reason"]), form.cleaned_data["words"]
    opened = queries.open_account(actor, commitment_id, reason=reason, words=words)
    return render(request, "ledger/account.html", {"opened": opened, "line": line})


@require_safe
def proof(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """A proof, as a download."""
    file = queries.open_proof(actor_of(request), proof_id)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def export(request: HttpRequest) -> FileResponse:
    """Every entry of the organisation, as a file; finished before its first byte leaves."""
    actor = actor_of(request)
    actor.require(Action.LEDGER_EXPORT)
    kind = request.POST.get("form", "xlsx")
    kind = kind if kind in KINDS else "xlsx"
    file = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
    WRITERS[kind](file, queries.exported_rows(actor))
    remember_reading(actor, Action.LEDGER_EXPORT, subject_id=None)
    file.seek(0)
    name = f"ledger-{localdate():%Y-%m-%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])

"""REST: reports, their files and who received them. That a report may go outside, people say on its page."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Day
from homeward.api.looking import MOST
from homeward.api.operations import creates, hands_over, reads
from homeward.reports.commands import made as commands
from homeward.reports.handing import TYPES, name_of
from homeward.reports.queries import made as queries
from homeward.reports.rules import Means, ReportAudience, ReportFormat, ReportState

router = Router(tags=["reports"])


class ReportTemplateOut(Schema):
    """What a report can be made of; `code` names it."""

    code: str
    name: str
    audience: ReportAudience


class ReportIn(Schema):
    """Template, extract, language and period; a question when the report is about it alone."""

    template: Annotated[str, Field(max_length=40, pattern=ANY)]
    extract_id: UUID
    language: Annotated[str, Field(max_length=8, pattern=ANY)]
    period_from: Day
    period_until: Day
    question_id: UUID | None = None


class ReportOut(Schema):
    """One report: how far it is, and the digests by which it is known again."""

    id: UUID
    title: str
    template_key: str
    audience: ReportAudience
    language: str
    period_from: date
    period_until: date
    extract_id: UUID
    state: ReportState
    sections_done: int
    trouble: str
    asked_at: datetime
    ready_at: datetime | None
    released_at: datetime | None
    plan_sha256: str
    content_sha256: str
    code_version: str


class ReportWithdrawalIn(Schema):
    why: Annotated[str, Field(max_length=400, pattern=ANY)]


class ReportHandingIn(Schema):
    """To whom a person handed which file, how and when."""

    kind: ReportFormat
    recipient: Annotated[str, Field(max_length=200, pattern=ANY)]
    means: Means
    handed_on: Day


class ReportRecipientOut(Schema):
    id: UUID
    kind: ReportFormat
    recipient: str
    means: Means
    handed_on: date


@reads(router, "/templates", Action.REPORT_VIEW, list[ReportTemplateOut])
def list_report_templates(request: HttpRequest) -> object:
    """Own templates, then those that come with the product."""
    return queries.choosable_templates(actor_of(request), "en")


@reads(router, "", Action.REPORT_VIEW, list[ReportOut])
def list_reports(request: HttpRequest) -> object:
    """The organisation's reports, the newest first."""
    return queries.listed_reports(actor_of(request))[:MOST]


@creates(router, "", Action.REPORT_MAKE, ReportOut)
def make_report(request: HttpRequest, given: ReportIn) -> object:
    """Ask for a report of a ready extract; the worker makes it."""
    return commands.make_report(actor_of(request), **given.dict())


@reads(router, "/{uuid:report_id}", Action.REPORT_VIEW, ReportOut)
def view_report(request: HttpRequest, report_id: UUID) -> object:
    """One report."""
    return queries.get_report(actor_of(request), report_id)


@hands_over(router, "/{uuid:report_id}/files/{kind}", Action.REPORT_VIEW)
def download_report(request: HttpRequest, report_id: UUID, kind: ReportFormat) -> HttpResponse:
    """One kind of file of a report, byte by byte as it was made."""
    actor = actor_of(request)
    file = queries.get_file_of_report(actor, report_id, kind)
    remember_reading(actor, Action.REPORT_VIEW, subject_id=report_id)
    answer = HttpResponse(bytes(file.content), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name_of(file)}"'
    return answer


@creates(router, "/{uuid:report_id}/withdrawal", Action.REPORT_WITHDRAW, ReportOut)
def withdraw_report(request: HttpRequest, report_id: UUID, given: ReportWithdrawalIn) -> object:
    """Take a report back; that it was made, and who has it, stays on record."""
    return commands.withdraw_report(actor_of(request), report_id=report_id, why=given.why)


@creates(router, "/{uuid:report_id}/recipients", Action.REPORT_HAND_OVER, ReportRecipientOut)
def hand_over_report(request: HttpRequest, report_id: UUID, given: ReportHandingIn) -> object:
    """Write down that a released report was handed to somebody."""
    return commands.hand_over_report(actor_of(request), report_id=report_id, **given.dict())

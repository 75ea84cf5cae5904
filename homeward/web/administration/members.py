"""Members of one's organisation and invitations to become one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.access.roles import Role
from homeward.lib.problems import EditConflict
from homeward.organisations import commands
from homeward.organisations.queries import colleagues, find_colleagues, get_colleague, open_invitations
from homeward.web.administration.answering import Answers, form_page, page, sent
from homeward.web.administration.forms import InviteForm, MemberForm, SearchForm, VersionForm
from homeward.web.conflict import conflict_page

PAGE = 50
ASKED = ["GET", "HEAD", "POST"]


@require_http_methods(ASKED)
def members(request: HttpRequest) -> HttpResponse:
    """Who works here, in which role; a search is posted, so that no name stands in an address."""
    actor = actor_of(request)
    actor.require(Action.MEMBER_VIEW)
    form = SearchForm(sent(request))
    text = form.cleaned_data["text"].strip() if form.is_valid() else ""
    found = find_colleagues(actor, text) if text else colleagues(actor)
    invitations = open_invitations(actor) if actor.may(Action.MEMBER_INVITE) else []
    return page(
        request,
        "members",
        "members",
        form=form,
        text=text,
        members=Paginator(found, PAGE).get_page(request.GET.get("page")),
        invitations=invitations,
        now=timezone.now(),
        may_invite=actor.may(Action.MEMBER_INVITE),
        may_change=actor.may(Action.MEMBER_CHANGE),
    )


@require_http_methods(ASKED)
def invite_member(request: HttpRequest) -> HttpResponse:
    """Offer a role to an address."""
    actor = actor_of(request)
    actor.require(Action.MEMBER_INVITE)

    def invite(answers: Answers) -> HttpResponse:
        issued = commands.invite_member(
            actor,
            email=answers["email"],
            role=Role(answers["role"]),
            office_id=answers["office"],
            team_id=answers["team"],
            address=address_of_invitations(request),
        )
        return show_link(request, issued.secret)

    form = InviteForm(actor, sent(request))
    return form_page(request, "invite", "members", form, invite)


@require_POST
def renew_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Give an invitation a new link."""
    actor = actor_of(request)
    issued = commands.renew_invitation(
        actor, invitation_id=invitation_id, address=address_of_invitations(request)
    )
    return show_link(request, issued.secret)


@require_POST
def withdraw_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Close an invitation."""
    commands.withdraw_invitation(actor_of(request), invitation_id=invitation_id)
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("members")


@require_http_methods(ASKED)
def member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Give a colleague another role or reach."""
    actor = actor_of(request)
    actor.require(Action.MEMBER_CHANGE)
    now = get_colleague(actor, membership_id)
    saved = {"role": now.role, "office": now.office_id, "team": now.team_id}
    form = MemberForm(actor, sent(request), initial={**saved, "expected_version": now.version})

    def change(answers: Answers) -> HttpResponse:
        try:
            commands.change_membership(
                actor,
                membership_id=now.id,
                expected_version=answers["expected_version"],
                role=Role(answers["role"]),
                office_id=answers["office"],
                team_id=answers["team"],
            )
        except EditConflict:
            back = reverse("members")
            return conflict_page(request, form, saved=saved, version=now.version, back=back)
        messages.success(request, _("The role is changed. This person has to sign in again."))
        return redirect("members")

    return form_page(
        request, "member", "members", form, change, member=now, is_self=now.user_id == actor.user_id
    )


@require_http_methods(ASKED)
def end_member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End a colleague's role, after one question."""
    actor = actor_of(request)
    actor.require(Action.MEMBER_END)
    now = get_colleague(actor, membership_id)

    def end(answers: Answers) -> HttpResponse:
        version = answers["expected_version"]
        commands.end_membership(actor, membership_id=now.id, expected_version=version)
        messages.success(request, _("The role has ended. This person is signed out."))
        return redirect("members")

    form = VersionForm(sent(request), initial={"expected_version": now.version})
    return form_page(request, "end_member", "members", form, end, member=now)


def address_of_invitations(request: HttpRequest) -> str:
    """Where invitations are taken up; the secret is put at its end."""
    return request.build_absolute_uri(reverse("accept_invitation"))


def show_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the link of an invitation, this once."""
    return page(request, "link", "members", link=address_of_invitations(request) + secret)

"""Forms of administration."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.codelists.countries import country_choices
from homeward.organisations.queries import own_offices, own_organisation, own_teams
from homeward.organisations.rules import (
    ROLES,
    IdentityCheck,
    OrganisationClass,
    may_introduce,
)
from homeward.web.labels import CLASS_LABELS, IDENTITY_CHECK_LABELS, ROLE_LABELS

Choices = list[tuple[str, str]]
NOTHING_CHOSEN: tuple[str, Any] = ("", _("Choose"))


class OrganisationForm(forms.Form):
    """Details of one's own organisation."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ChoiceField(label=_("Country"))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of mails to people who are invited.")
    )
    contact_email = forms.EmailField(
        label=_("Address for partners"), required=False, help_text=_("A shared mailbox, not a person’s.")
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "country", countries())


class PartnerForm(forms.Form):
    """A partner organisation and its first administrator."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation_class = forms.ChoiceField(
        label=_("Kind of organisation"), help_text=_("Decides which roles it can give. It cannot be changed.")
    )
    country = forms.ChoiceField(label=_("Country"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    administrator_email = forms.EmailField(
        label=_("E-mail address of its first administrator"),
        help_text=_("This person is invited and then invites the others."),
    )

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        own = OrganisationClass(own_organisation(actor).organisation_class)
        classes = [kind for kind in OrganisationClass if may_introduce(own, kind)]
        offer(self, "organisation_class", [(kind, str(CLASS_LABELS[kind])) for kind in classes])
        offer(self, "country", countries())


class ReachForm(forms.Form):
    """A role, perhaps limited to an office or a team."""

    role = forms.ChoiceField(label=_("Role"))
    office = forms.TypedChoiceField(
        label=_("Only the cases of this office"), required=False, coerce=UUID, empty_value=None
    )
    team = forms.TypedChoiceField(
        label=_("Only the cases of this team"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "role", roles_of(actor))
        everything = [("", _("No limit"))]
        self.fields["office"].choices = everything + office_choices(actor)  # type: ignore[attr-defined]
        self.fields["team"].choices = everything + team_choices(actor)  # type: ignore[attr-defined]


class InviteForm(ReachForm):
    """An address and what it is offered."""

    email = forms.EmailField(label=_("E-mail address"))
    field_order = ["email", "role", "office", "team"]


class MemberForm(ReachForm):
    """Another role or reach for a colleague."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """Nothing but the version that the person saw."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class OfficeForm(forms.Form):
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)


class TeamForm(forms.Form):
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200)
    office = forms.TypedChoiceField(label=_("Office"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["office"].choices = [("", _("All offices")), *office_choices(actor)]  # type: ignore[attr-defined]


class IntegrationForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the program"), max_length=100, help_text=_("For example “Monthly statistics”.")
    )
    role = forms.ChoiceField(label=_("Role"), help_text=_("It can do what people in this role can do."))

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "role", roles_of(actor))


class ResetForm(forms.Form):
    """How an administrator made sure who somebody is."""

    identity_check = forms.ChoiceField(
        label=_("How did you make sure who it is?"),
        widget=forms.RadioSelect,
        choices=[(check, IDENTITY_CHECK_LABELS[check]) for check in IdentityCheck],
    )
    note = forms.CharField(
        label=_("What you saw or asked"),
        max_length=300,
        help_text=_("Kept on record. Never a code or password."),
    )


class SearchForm(forms.Form):
    text = forms.CharField(label=_("Name or address"), max_length=100, required=False)


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a question its choices, beginning with none."""
    form.fields[name].choices = [NOTHING_CHOSEN, *choices]  # type: ignore[attr-defined]


def countries() -> Choices:
    return list(country_choices(get_language() or "en"))


def roles_of(actor: Actor) -> Choices:
    """The roles that the actor's organisation can give."""
    given = ROLES[OrganisationClass(own_organisation(actor).organisation_class)]
    return [(role, str(ROLE_LABELS[role])) for role in Role if role in given]


def office_choices(actor: Actor) -> Choices:
    return [(str(office.id), office.name) for office in own_offices(actor)]


def team_choices(actor: Actor) -> Choices:
    return [(str(team.id), team.name) for team in own_teams(actor)]

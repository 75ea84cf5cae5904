"""Forms about a programme as a whole: its name, who takes part, publishing a version."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.codelists.countries import country_choices
from homeward.organisations.queries import known_organisations
from homeward.programmes.rules import Part
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import one_line
from homeward.web.programmes import words


class ProgrammeForm(forms.Form):
    """A new programme."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=one_line())
    code = forms.CharField(label=_("Short name"), max_length=40, widget=one_line())
    opens_on = OnDateField(label=_("Open from"))
    closes_on = OnDateField(label=_("Open until"), required=False)
    host_countries = forms.MultipleChoiceField(label=_("Host countries"), required=False)
    return_countries = forms.MultipleChoiceField(label=_("Countries of return"), required=False)

    def __init__(self, language: str, asked: QueryDict | None = None) -> None:
        super().__init__(asked, initial={"opens_on": localdate()})
        for name in ("host_countries", "return_countries"):
            chosen = self.fields[name]
            if isinstance(chosen, forms.MultipleChoiceField):
                chosen.choices = country_choices(language)


class PartyForm(forms.Form):
    """Who pays for a programme, or carries it out."""

    organisation_id = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID)
    part = forms.ChoiceField(label=_("Its part"), choices=[(str(part), words.PARTS[part]) for part in Part])

    def __init__(self, actor: Actor, asked: QueryDict | None = None) -> None:
        super().__init__(asked)
        chosen = self.fields["organisation_id"]
        if isinstance(chosen, forms.ChoiceField):
            known = known_organisations(actor).order_by("name")
            chosen.choices = [(str(one.id), one.name) for one in known]


class PublishForm(forms.Form):
    """From which day on, and what changes."""

    takes_effect_on = OnDateField(label=_("In force from"))
    what_changed = forms.CharField(
        label=_("What changes and why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput)

"""What can be recorded of somebody's follow-up from the case page."""

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.followup import commands
from homeward.web.followup.forms import AskForm, BusinessForm, ExtendForm
from homeward.web.journey.pages import CasePage, case_page

ask = case_page(
    CasePage(
        heading=_("Ask for a visit"),
        lead=_(
            "Beside the rounds that the programme asks for: to see how somebody is, or to ask them something."
        ),
        save=_("Ask for the visit"),
        done=_("The visit is due now."),
        verb=Action.VISIT_PLAN,
        form=AskForm,
        run=lambda form: commands.ask_for_visit(form.actor, **form.told()),
    )
)
extend = case_page(
    CasePage(
        heading=_("Follow up for longer"),
        lead=_("The rounds after the programme’s last one are added. The person may say no to each of them."),
        save=_("Add these rounds"),
        done=_("The rounds are added."),
        verb=Action.VISIT_PLAN,
        form=ExtendForm,
        run=lambda form: commands.extend_follow_up(form.actor, **form.told()),
    )
)
business = case_page(
    CasePage(
        heading=_("How the business fares"),
        lead=_("To close a business for something better is no failure. Write what the person says."),
        save=_("Record it"),
        done=_("It is recorded how the business fares."),
        verb=Action.BUSINESS_RECORD,
        form=BusinessForm,
        run=lambda form: commands.record_business(form.actor, case_id=form.case.id, seen=form.seen()),
    )
)

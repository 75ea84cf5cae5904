"""Words for gates, what they rest on, and what is known of a person."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.cases.gate_rules import ClearanceState, Gate, NeededBecause, ProfileFlag, ProfileSource

Words = str | Promise

# What a clearance says, and who can give it.
WHO_CLEARS: Mapping[str, Words] = {
    Gate.INFORMED_DECISION: _(
        "The person knows the facts and decides freely. It opens with a counselling session."
    ),
    Gate.TRAFFICKING_RISK: _(
        "A counter-trafficking organisation in the country of return has assessed the risk in writing."
    ),
    Gate.BEST_INTERESTS: _("A child-protection authority or panel found return to be best for the child."),
    Gate.FAMILY_TRACING: _("The family was looked for and found; a paper of the tracing service shows it."),
    Gate.FAMILY_ASSESSMENT: _("A social worker visited the family: they can and want to receive the child."),
    Gate.GUARDIAN_CONSENT: _("A parent or legal guardian agrees, in writing or in a recorded session."),
    Gate.FIT_TO_TRAVEL: _("A physician states in writing that the person can travel as planned."),
    Gate.CONTINUITY_OF_CARE: _("Treatment and medicine are found and affordable where the person goes."),
    Gate.CAPACITY_TO_DECIDE: _("A physician states in writing that the person can decide for themselves."),
    Gate.SAFETY_ON_RETURN: _("A protection worker has assessed with the person whether it is safe."),
    Gate.SUPPORT_ON_ARRIVAL: _("Somebody is found who receives the person and helps in the first weeks."),
}
STATES: Mapping[str, Words] = {
    ClearanceState.NEEDED: _("Needed"),
    ClearanceState.GIVEN: _("Cleared"),
    ClearanceState.REFUSED: _("Not cleared"),
    ClearanceState.LAPSED: _("No longer holds"),
    ClearanceState.DROPPED: _("No longer needed"),
}
BECAUSE: Mapping[str, Words] = {
    NeededBecause.EVERYONE: _("Everybody needs it."),
    NeededBecause.PROFILE: _("Needed because of what is known of the person."),
    NeededBecause.MINOR: _("Needed because the person is under 18 on the day of travel."),
    NeededBecause.PROGRAMME: _("The programme asks for it."),
    NeededBecause.SERVICE: _("A service asks for it."),
}
FLAGS: Mapping[str, Words] = {
    ProfileFlag.VICTIM_OF_TRAFFICKING: _("Victim of trafficking"),
    ProfileFlag.UNACCOMPANIED_CHILD: _("Child without parents or guardian"),
    ProfileFlag.SEPARATED_CHILD: _("Child with relatives, not with parents"),
    ProfileFlag.HEALTH_NEED: _("Health need"),
    ProfileFlag.MENTAL_HEALTH_CONCERN: _("Mental-health concern"),
    ProfileFlag.CAPACITY_DOUBT: _("Doubt whether they can decide for themselves"),
    ProfileFlag.SURVIVOR_OF_VIOLENCE: _("Survivor of violence"),
    ProfileFlag.SINGLE_PARENT: _("Single parent"),
    ProfileFlag.OLDER_PERSON: _("Older person"),
    ProfileFlag.DISABILITY: _("Person with a disability"),
}
SOURCES: Mapping[str, Words] = {
    ProfileSource.CASEWORK: _("Noted in casework"),
    ProfileSource.ASSESSMENT: _("From an assessment"),
    ProfileSource.PARTNER_LIST: _("From a partner’s list"),
}

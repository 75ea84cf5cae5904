"""The words of the forms: every question and answer that the forms hold as codes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.assessments.rules import Freshness, Kind, Missing, Origin

Words = str | Promise

KINDS: Mapping[str, Words] = {
    Kind.VULNERABILITY: _("Vulnerability and protection"),
    Kind.NEEDS: _("Needs"),
    Kind.RISK: _("Risk on return"),
    Kind.FAMILY: _("Family"),
    Kind.SKILLS: _("Skills and work"),
    Kind.FUNCTIONING: _("Difficulties in daily life"),
}
MISSING: Mapping[str, Words] = {
    Missing.NOT_ASKED: _("Not asked"),
    Missing.NOT_APPLICABLE: _("Does not apply"),
    Missing.DOES_NOT_KNOW: _("Does not know"),
    Missing.REFUSED: _("Does not want to say"),
}
FRESHNESS: Mapping[str, Words] = {
    Freshness.FRESH: _("Up to date"),
    Freshness.OLD: _("Long ago: ask again"),
    Freshness.BEFORE_ARRIVAL: _("From before the return: ask again"),
}
ORIGINS: Mapping[str, Words] = {
    Origin.ASSESSMENT: _("From an assessment"),
    Origin.PARTNER_LIST: _("From a partner’s list"),
}
STEPS: Mapping[str, Words] = {
    "individual": _("The person"),
    "household": _("Family and household"),
    "community": _("Community"),
    "structural": _("Country and services"),
    "economic": _("Work and money"),
    "social": _("Home, papers, health, school"),
    "psychosocial": _("Well-being and people around"),
    "dangers": _("What could happen"),
    "safety": _("What keeps them safe"),
    "who": _("Who belongs to the family"),
    "welcome": _("Being received"),
    "learned": _("Learned and done"),
    "wishes": _("What they would like"),
    "senses": _("Seeing, hearing, walking"),
    "daily_life": _("Remembering, caring for oneself, being understood"),
    "check": _("Check and finish"),
}
_RISKS, _PROTECTS = _("What makes it harder?"), _("What gives strength?")
_NOTES = _("What else should a colleague know?")
_URGENCY = _("When is help needed?")
_OWN, _FAMILY, _COMMUNITY = _("The person needs"), _("The family needs"), _("The community needs")
QUESTIONS: Mapping[str, Words] = {
    **dict.fromkeys((f"{level}_risks" for level in ("individual", "household", "community")), _RISKS),
    **dict.fromkeys((f"{level}_protects" for level in ("individual", "household", "community")), _PROTECTS),
    **dict.fromkeys((f"{level}_notes" for level in ("individual", "household", "community")), _NOTES),
    "structural_risks": _RISKS,
    "structural_protects": _PROTECTS,
    "structural_notes": _NOTES,
    **dict.fromkeys((f"{part}_urgency" for part in ("economic", "social", "psychosocial")), _URGENCY),
    **dict.fromkeys((f"{part}_individual" for part in ("economic", "social", "psychosocial")), _OWN),
    **dict.fromkeys((f"{part}_family" for part in ("economic", "social", "psychosocial")), _FAMILY),
    **dict.fromkeys((f"{part}_community" for part in ("economic", "social", "psychosocial")), _COMMUNITY),
    "dangers": _("From what or whom is there danger?"),
    "dangers_notes": _("What happened, and what do they fear?"),
    "safe_place": _("Is there a safe place to stay?"),
    "safety_plan": _("What was agreed to stay safe?"),
    "level": _("How high is the risk, in your judgement?"),
    "travels_with": _("With whom does the person return?"),
    "family_there": _("Who of the family is there?"),
    "in_contact": _("Is the person in contact with them?"),
    "welcomes": _("Does the family want them back?"),
    "can_house": _("Can the family house them?"),
    "family_notes": _NOTES,
    "schooling": _("Highest schooling finished"),
    "reads": _("How well does the person read and write?"),
    "trades": _("Work they have done and trades they know"),
    "work_wished": _("What work do they want?"),
    "work_notes": _("What would help them to begin?"),
    "seeing": _("Do they have difficulty seeing, even with glasses?"),
    "hearing": _("Do they have difficulty hearing, even with a hearing aid?"),
    "walking": _("Do they have difficulty walking or climbing steps?"),
    "remembering": _("Do they have difficulty remembering or concentrating?"),
    "self_care": _("Do they have difficulty washing or dressing?"),
    "communicating": _("Do they have difficulty understanding or being understood in their own language?"),
}
CHOICES: Mapping[str, Words] = {
    "illness": _("Illness that needs treatment"),
    "mental_distress": _("Heavy distress, sleeplessness, grief"),
    "disability": _("Disability"),
    "trafficked": _("Signs of trafficking or exploitation"),
    "violence": _("Suffered violence"),
    "cannot_decide": _("Doubt whether they can decide for themselves"),
    "old_age": _("Old age with need of help"),
    "pregnancy": _("Pregnancy or a newborn"),
    "none_of_these": _("None of these"),
    "skills": _("Skills that are asked for"),
    "good_health": _("Good health"),
    "confidence": _("Confidence and plans"),
    "child_alone": _("Child without parents or guardian"),
    "child_with_relatives": _("Child with relatives, not with parents"),
    "parent_alone": _("One parent alone with children"),
    "debts": _("Debts, also for the journey"),
    "family_conflict": _("Conflict in the family"),
    "family_welcomes": _("The family welcomes them"),
    "income": _("Somebody in the household earns"),
    "home": _("A home to return to"),
    "stigma": _("People speak ill of those who return"),
    "threats": _("Threats by people there"),
    "few_services": _("Few services can be reached"),
    "friends": _("Friends and neighbours"),
    "organisations": _("Groups or organisations that help"),
    "services_near": _("Clinic and school nearby"),
    "no_papers": _("No identity papers"),
    "discrimination": _("Discrimination by law or in practice"),
    "conflict": _("War or unrest"),
    "papers": _("Valid identity papers"),
    "social_protection": _("A right to social protection"),
    "rights_kept": _("Courts and police that protect"),
    "now": _("Now"),
    "first_months": _("In the first months"),
    "later": _("Later"),
    "none": _("Not needed"),
    "traffickers": _("Traffickers or smugglers"),
    "family_violence": _("Violence in the family"),
    "lenders": _("People they owe money to"),
    "authorities": _("Police or authorities"),
    "armed_groups": _("Armed groups"),
    "harm_to_self": _("Harm to themselves"),
    "yes": _("Yes"),
    "partly": _("Partly"),
    "no": _("No"),
    "high": _("High"),
    "medium": _("Medium"),
    "low": _("Low"),
    "alone": _("Alone, an adult"),
    "partner": _("With their partner"),
    "children_alone": _("Alone with children"),
    "family": _("With the family"),
    "child_without_parents": _("A child, without parents or guardian"),
    "primary": _("Primary school"),
    "secondary": _("Secondary school"),
    "vocational": _("Vocational training"),
    "university": _("University"),
    "well": _("Well"),
    "a_little": _("A little"),
    "job": _("A job"),
    "business": _("Their own business"),
    "training": _("Training first"),
    "no_work": _("No work, for example because of age or care"),
    "no_difficulty": _("No difficulty"),
    "some": _("Some difficulty"),
    "a_lot": _("A lot of difficulty"),
    "cannot": _("Cannot do it at all"),
}
# Where one code says different things in different questions.
OTHERWISE: Mapping[tuple[str, str], Words] = {("schooling", "none"): _("No schooling")}


def choice_words(question: str, code: str) -> Words:
    """An answer of a question in words."""
    return OTHERWISE.get((question, code)) or CHOICES[code]

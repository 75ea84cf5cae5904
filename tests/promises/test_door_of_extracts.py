"""What the extracts' login may read: held against the privacy class of every column, column by column."""

import pytest
from django.apps import apps

from homeward.lib.privacy_classes import PrivacyClass
from tests.promises import catalogue

pytestmark = pytest.mark.django_db

ID = "an id, which leaves as a pseudonym only"
COUNTRY = "a country, for programmes by country"
CODE = "a code of a short list; evaluation is about it"
SCORE = "a number from 0 to 1; evaluation is about it"
MONEY = "what assistance cost; leaves without who was paid"
# Columns about people that the login may read all the same, each with its reason.
READ_ALL_THE_SAME = {
    "cases_listing.birth_year": "leaves as five years of birth and a band of ages; the day is out of reach",
    "cases_case.person_id": ID,
    "cases_case.host_country": COUNTRY,
    "cases_case.return_country": COUNTRY,
    "cases_case.return_type": CODE,
    "people_person.sex": CODE,
    "people_person.nationalities": COUNTRY,
    "cases_profile.flags": "leaves as one group and one sealed group, which count above a higher number only",
    "cases_sideexit.way": CODE,
    "cases_sideexit.cause": CODE,
    "plans_activity.dimension": CODE,
    "assistance_entry.amount_minor": MONEY,
    "assistance_entry.counted_minor": MONEY,
    "referrals_referral.need": CODE,
    "referrals_referral.outcome": CODE,
    "referrals_referralconfirmation.confirmed": CODE,
    "followup_visit.member_id": ID,
    "followup_visit.outcome": CODE,
    "followup_visit.not_needed_because": CODE,
    "followup_businesscheck.on": "leaves as months since the arrival",
    "followup_businesscheck.state": CODE,
    "followup_businesscheck.workers": "a count of people who work there",
    "outcomes_outcome.member_id": ID,
    **{
        f"outcomes_outcome.{side}{part}": SCORE
        for side in ("economic", "social", "psychosocial", "composite")
        for part in ("", "_coverage")
    },
}
GRANTED = (
    "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
    "AND NOT a.attisdropped WHERE c.relnamespace = 'public'::regnamespace "
    "AND c.relkind IN ('r', 'p', 'v', 'm') "
    "AND has_column_privilege('homeward_extracts', c.oid, a.attnum, 'SELECT') ORDER BY 1, 2"
)
MODELS = {model._meta.db_table: model for model in apps.get_models()}


def classes_read():
    """The class of every column that the login may read, by table and column."""
    found = {}
    for table, column in catalogue.ask(GRANTED):
        model = MODELS[table]
        name = {field.column: field.name for field in model._meta.concrete_fields}[column]
        found[f"{table}.{column}"] = model.PRIVACY[name]
    return found


def test_the_door_opens_on_public_and_internal_columns_and_a_named_few():
    about_people = {name for name, kind in classes_read().items() if kind >= PrivacyClass.PERSONAL}
    assert about_people == set(READ_ALL_THE_SAME), "name it here with a reason, or take the grant away"


def test_nothing_sealed_and_no_words_are_granted_whatever_their_class():
    words = []
    for name, kind in classes_read().items():
        table, column = name.split(".")
        field = next(one for one in MODELS[table]._meta.concrete_fields if one.column == column)
        if kind is PrivacyClass.SEALED or field.get_internal_type() in (
            "TextField",
            "BinaryField",
            "JSONField",
        ):
            words.append(name)
    assert words == []


def test_the_login_may_do_nothing_but_read_columns():
    rows = catalogue.ask(
        "SELECT c.relname, more FROM pg_class c, "
        "unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) more "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') "
        "AND has_table_privilege('homeward_extracts', c.oid, more)"
    )
    assert rows == []
    made = catalogue.ask("SELECT has_schema_privilege('homeward_extracts', 'public', 'CREATE')")
    assert made == [(False,)]


def test_every_restriction_of_the_application_has_its_like_for_the_door():
    """Policies that hide restricted rows name the application only: the door needs its own."""
    bare = catalogue.ask(
        "SELECT p.tablename FROM pg_policies p WHERE p.policyname LIKE '%not_restricted' "
        "AND EXISTS (SELECT FROM information_schema.column_privileges g "
        "WHERE g.grantee = 'homeward_extracts' AND g.table_name = p.tablename) "
        "AND NOT EXISTS (SELECT FROM pg_policies d WHERE d.tablename = p.tablename "
        "AND d.policyname = 'left_out_of_extracts') ORDER BY 1"
    )
    assert bare == []

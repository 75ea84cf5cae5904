"""No table says something about people without a rule for copies and erasure that the database can keep."""

import pytest

from homeward.casework.rights import tables as rules
from homeward.casework.rights.tables import NOT_ABOUT_ANYBODY, RULES, Erase
from homeward.casework.rights.walk import (
    SUBJECT_IS_A_PERSON,
    SUBJECT_IS_SOMETHING_ELSE,
    about_people,
    columns_of,
    tables,
)
from tests.promises.catalogue import ask

WHAT_TO_DO = """
{names}: say in homeward/casework/rights/tables.py what erasure does to the rows about a person.
 1. Add a line to RULES: GONE (rows deleted), _empty("column column", "why") or _keep("why").
    Children come before what they hang on.
 2. What a copy for the person must leave out goes to WITHHELD_COLUMNS or WITHHELD_TABLES, with its reason.
 3. Add a migration in homeward/casework that lets the erasure reach the table:
    GRANT SELECT, UPDATE, DELETE ON the_table TO homeward_definer;
    CREATE POLICY erased_by_definer ON the_table TO homeward_definer USING (true) WITH CHECK (true);
    and SELECT homeward_let_erase('the_table', 'the_trigger') for a trigger that would refuse it.
 4. A table reached past the case's listing and the person needs homeward_restrict_by_case('the_table')
    or homeward_restrict_by_person('the_table', 'column') as well.
A table that is about nobody goes to NOT_ABOUT_ANYBODY, with its reason.
"""


def test_every_table_about_people_has_a_rule_for_erasure():
    missing = set(about_people()) - set(RULES)
    assert not missing, WHAT_TO_DO.format(names=sorted(missing))


def test_every_other_table_says_why_it_is_about_nobody():
    missing = set(tables()) - set(about_people()) - set(NOT_ABOUT_ANYBODY)
    assert not missing, WHAT_TO_DO.format(names=sorted(missing))


def test_the_rules_name_no_table_that_is_gone():
    assert set(RULES) | set(NOT_ABOUT_ANYBODY) <= set(tables())
    assert not set(RULES) & set(NOT_ABOUT_ANYBODY)


def test_every_subject_is_known_to_be_a_person_or_not():
    named = {
        name for name, one in tables().items() if "subject_id" in {field.attname for field in columns_of(one)}
    }
    unsaid = named - SUBJECT_IS_A_PERSON - SUBJECT_IS_SOMETHING_ELSE
    assert not unsaid, f"{unsaid}: is subject_id a person there? Say so in homeward/casework/rights/walk.py"


def test_every_personal_column_of_a_row_that_stays_is_emptied_or_has_its_reason():
    """Staff names stay for the proof of who did what; what is sealed opens no more."""
    left = []
    for table, model in about_people().items():
        rule = RULES[table]
        if rule.erase == Erase.DELETE or rule.erase == Erase.KEEP:
            continue
        emptied = {one.split("=")[0] for one in rule.emptied}
        for field in columns_of(model):
            level = model.PRIVACY[field.name]
            if level >= 3 and field.attname not in emptied and f"{table}.{field.attname}" not in STAYS:
                left.append(f"{table}.{field.attname}")
    assert left == []


STAYS = {
    "privacy_subjectkey.wrapped",
}


@pytest.mark.django_db
def test_the_erasure_reaches_every_table_it_has_a_rule_for():
    unreached = [
        table
        for table, rule in RULES.items()
        if rule.erase != Erase.KEEP
        and ask(
            "SELECT has_table_privilege('homeward_definer', %s, 'UPDATE, DELETE') AND EXISTS "
            "(SELECT FROM pg_policies WHERE tablename = %s AND 'homeward_definer' = ANY (roles) "
            "AND cmd = 'ALL')",
            table,
            table,
        )
        != [(True,)]
    ]
    assert not unreached, WHAT_TO_DO.format(names=unreached)


def test_what_a_copy_leaves_out_has_a_reason_and_exists():
    for name in rules.WITHHELD_COLUMNS:
        table, column = name.split(".")
        assert column in {field.attname for field in columns_of(tables()[table])}, name
    assert set(rules.WITHHELD_TABLES) <= set(RULES)
    assert all([*rules.WITHHELD_COLUMNS.values(), *rules.WITHHELD_TABLES.values()])

"""A person is seen by who registered them (and, once `cases` adds its policy, by who shares their case).

What hangs on a person follows the person: the policies of `people_person` bite inside the sub-query.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('people_person');
SELECT homeward_protect_by_organisation('people_match');
SELECT homeward_protect_by_organisation('people_merge');

CREATE FUNCTION homeward_protect_by_person(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE seen text := format('EXISTS (SELECT 1 FROM people_person p WHERE p.id = %s.person_id)', target);
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('CREATE POLICY seen_person ON %s USING (%s) WITH CHECK (%s)', target, seen, seen);
END $$;

SELECT homeward_protect_by_person('people_document');
SELECT homeward_protect_by_person('people_contact');
SELECT homeward_protect_by_person('people_relation');
"""

REMOVE = """
DROP FUNCTION homeward_protect_by_person(regclass) CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_people"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

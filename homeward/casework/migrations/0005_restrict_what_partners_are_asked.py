"""While a restriction stands, what partners were asked about the person is out of use as well."""

from django.db import migrations

RESTRICT = """
SELECT homeward_restrict_by_person('people_partnerquestion');
SELECT homeward_restrict_by_person('people_askingallowed');
CREATE POLICY of_a_question_not_restricted ON people_possiblematch AS RESTRICTIVE TO homeward_application
    USING (partner_id = (SELECT homeward_organisation())
        OR EXISTS (SELECT FROM people_partnerquestion q WHERE q.id = question_id));
"""
REMOVE = """
DROP POLICY of_a_question_not_restricted ON people_possiblematch;
DROP POLICY person_id_not_restricted ON people_askingallowed;
DROP POLICY person_id_not_restricted ON people_partnerquestion;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_tell_who_meets_a_restriction"),
        ("people", "0009_protect_partner_questions"),
    ]
    operations = [migrations.RunSQL(RESTRICT, REMOVE)]

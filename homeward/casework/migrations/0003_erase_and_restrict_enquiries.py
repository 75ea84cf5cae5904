"""What others asked about a case by its reference goes with the case, and rests while it is restricted."""

from django.db import migrations

REACHED = """
GRANT SELECT, UPDATE, DELETE ON cases_receivedenquiry TO homeward_definer;
CREATE POLICY erased_by_definer ON cases_receivedenquiry TO homeward_definer USING (true) WITH CHECK (true);
SELECT homeward_restrict_by_case('cases_receivedenquiry');
"""

OUT_OF_REACH = """
DROP POLICY erased_by_definer ON cases_receivedenquiry;
REVOKE SELECT, UPDATE, DELETE ON cases_receivedenquiry FROM homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_erase_people_whatever_organisation_wrote_of_them"),
        ("cases", "0023_ask_by_reference"),
    ]
    operations = [migrations.RunSQL(REACHED, OUT_OF_REACH)]

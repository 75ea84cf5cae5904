"""What the summary of a case says by category goes with the case, whoever wrote it."""

from django.db import migrations

REACHED = """
GRANT SELECT, UPDATE, DELETE ON cases_remark TO homeward_definer;
CREATE POLICY erased_by_definer ON cases_remark TO homeward_definer USING (true) WITH CHECK (true);
"""

OUT_OF_REACH = """
DROP POLICY erased_by_definer ON cases_remark;
REVOKE SELECT, UPDATE, DELETE ON cases_remark FROM homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_erase_visits_and_what_was_answered"),
        ("cases", "0026_tell_remarks_by_category"),
    ]
    operations = [migrations.RunSQL(REACHED, OUT_OF_REACH)]

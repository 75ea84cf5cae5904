"""Places in samples go with the person; how many there were stays in the sample's own counts."""

from django.db import migrations

REACHED = """
GRANT SELECT, UPDATE, DELETE ON followup_samplemember TO homeward_definer;
CREATE POLICY erased_by_definer ON followup_samplemember TO homeward_definer USING (true) WITH CHECK (true);
"""
OUT_OF_REACH = """
DROP POLICY erased_by_definer ON followup_samplemember;
REVOKE SELECT, UPDATE, DELETE ON followup_samplemember FROM homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_erase_outcomes"),
        ("followup", "0006_protect_samples"),
    ]
    operations = [migrations.RunSQL(REACHED, OUT_OF_REACH)]

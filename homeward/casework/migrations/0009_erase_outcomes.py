"""Scores go with the person."""

from django.db import migrations

REACHED = """
GRANT SELECT, UPDATE, DELETE ON outcomes_outcome TO homeward_definer;
CREATE POLICY erased_by_definer ON outcomes_outcome TO homeward_definer USING (true) WITH CHECK (true);
"""
OUT_OF_REACH = """
DROP POLICY erased_by_definer ON outcomes_outcome;
REVOKE SELECT, UPDATE, DELETE ON outcomes_outcome FROM homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_remember_plans_of_functions"),
        ("outcomes", "0002_protect_outcomes"),
    ]
    operations = [migrations.RunSQL(REACHED, OUT_OF_REACH)]

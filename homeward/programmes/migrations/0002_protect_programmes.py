"""A programme is known to every partner and changed by the organisation that runs it."""

from django.db import migrations

PROTECT = """
SELECT homeward_force('programmes_programme');
CREATE POLICY known_to_members ON programmes_programme FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY run_by_own_organisation ON programmes_programme
    USING (organisation_id = (SELECT homeward_organisation()));
"""

REMOVE = """
DROP POLICY run_by_own_organisation ON programmes_programme;
DROP POLICY known_to_members ON programmes_programme;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_programmes"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

"""Openings and alerts are their organisation's; what was opened is never changed, an alert only answered."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('privacy_opening');
REVOKE UPDATE, DELETE ON privacy_opening FROM homeward_application;
SELECT homeward_protect_by_organisation('privacy_openingalert');
REVOKE DELETE ON privacy_openingalert FROM homeward_application;
"""

REMOVE = """
GRANT DELETE ON privacy_openingalert TO homeward_application;
DROP POLICY own_organisation ON privacy_openingalert;
ALTER TABLE privacy_openingalert NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_openingalert DISABLE ROW LEVEL SECURITY;
GRANT UPDATE, DELETE ON privacy_opening TO homeward_application;
DROP POLICY own_organisation ON privacy_opening;
ALTER TABLE privacy_opening NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_opening DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0003_keep_openings_and_alerts"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

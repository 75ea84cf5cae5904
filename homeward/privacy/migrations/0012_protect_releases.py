"""What left is its organisation's to read, and is never changed or taken out of the log."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('privacy_release');
REVOKE UPDATE, DELETE ON privacy_release FROM homeward_application;
"""
OPEN = """
GRANT UPDATE, DELETE ON privacy_release TO homeward_application;
DROP POLICY own_organisation ON privacy_release;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0011_keep_releases"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, OPEN)]

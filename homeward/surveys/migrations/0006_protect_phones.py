"""Telephones are their organisation's; they are shut out, never removed, so that the trail can name them."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('surveys_phone');
REVOKE UPDATE, DELETE ON surveys_phone FROM homeward_application;
GRANT UPDATE (last_seen_at, ended_at, ended_by_id) ON surveys_phone TO homeward_application;
"""

REMOVE = "DROP POLICY own_organisation ON surveys_phone;"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_phones")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

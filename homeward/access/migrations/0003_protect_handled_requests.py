"""What an organisation's integrations asked is that organisation's."""

from django.db import migrations

PROTECT = "SELECT homeward_protect_by_organisation('access_handledrequest');"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_handled_requests")]
    operations = [migrations.RunSQL(PROTECT, "DROP POLICY own_organisation ON access_handledrequest;")]

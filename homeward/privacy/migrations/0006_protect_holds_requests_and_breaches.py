"""What an officer keeps is their organisation's; steps are added and never changed; nothing is taken away."""

from django.db import migrations

TABLES = (
    "legalhold",
    "subjectrequest",
    "requeststep",
    "restriction",
    "breach",
    "breachstep",
)
PROTECT = "".join(f"SELECT homeward_protect_by_organisation('privacy_{table}');\n" for table in TABLES)
KEEP = "".join(f"REVOKE DELETE ON privacy_{table} FROM homeward_application;\n" for table in TABLES)
APPEND_ONLY = "REVOKE UPDATE ON privacy_requeststep, privacy_breachstep FROM homeward_application;\n"


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0005_holds_requests_restrictions_and_breaches"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT + KEEP + APPEND_ONLY, migrations.RunSQL.noop)]

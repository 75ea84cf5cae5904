"""Plans are seen by organisations with which a case's plan is shared."""

from django.db import migrations

TABLES = ("plan", "planversion", "goal", "activity", "agreement")
NARROW = "".join(f"SELECT homeward_protect_by_case('plans_{table}', 'plan');\n" for table in TABLES)
BEFORE = "".join(
    f"DROP POLICY listed_case ON plans_{table};\nSELECT homeward_protect_by_case('plans_{table}');\n"
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_wait_for_gates_of_services"), ("cases", "0017_share_by_disclosure")]
    operations = [migrations.RunSQL(NARROW, BEFORE)]

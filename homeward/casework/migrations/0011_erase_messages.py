"""What was written to a person and by them goes with the person, whichever organisation wrote it."""

from django.db import migrations

TABLES = ("texting_permission", "texting_message", "texting_reply", "texting_talk")
REACHED = "".join(
    f"GRANT SELECT, UPDATE, DELETE ON {table} TO homeward_definer;\n"
    f"CREATE POLICY erased_by_definer ON {table} TO homeward_definer USING (true) WITH CHECK (true);\n"
    for table in TABLES
)
OUT_OF_REACH = "".join(
    f"DROP POLICY erased_by_definer ON {table};\n"
    f"REVOKE SELECT, UPDATE, DELETE ON {table} FROM homeward_definer;\n"
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0010_erase_places_in_samples"),
        ("texting", "0002_protect_outbox"),
    ]
    operations = [migrations.RunSQL(REACHED, OUT_OF_REACH)]

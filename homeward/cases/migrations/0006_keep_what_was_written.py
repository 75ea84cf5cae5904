"""Notes, sessions, contacts and arrivals are added and never changed; a correction is a row of its own."""

from django.db import migrations

TABLES = ("cases_note", "cases_counselling", "cases_contactattempt", "cases_arrival")


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_keep_drafts_of_applications")]
    operations = [
        migrations.RunSQL(
            f"REVOKE UPDATE ON {table} FROM homeward_application",
            f"GRANT UPDATE ON {table} TO homeward_application",
        )
        for table in TABLES
    ]

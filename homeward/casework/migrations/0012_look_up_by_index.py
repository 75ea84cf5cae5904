"""What 0008 did not reach, as it was PL/pgSQL already: a kept plan looks rows up by index."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_erase_messages"), ("files", "0002_protect_files")]
    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION files_case_is_listed(uuid) SET enable_seqscan = off",
            "ALTER FUNCTION files_case_is_listed(uuid) RESET enable_seqscan",
        )
    ]

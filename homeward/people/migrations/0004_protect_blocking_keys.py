"""Who may see a person may find them by a blocking key."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0003_blocking_keys")]
    operations = [
        migrations.RunSQL("SELECT homeward_protect_by_person('people_blockingkey')", migrations.RunSQL.noop)
    ]

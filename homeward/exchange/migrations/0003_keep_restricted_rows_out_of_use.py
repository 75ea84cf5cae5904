"""Rows of lists about a restricted person show to data protection officers only."""

from django.db import migrations

POLICIES = """
SELECT homeward_restrict_by_person('exchange_importrow');
SELECT homeward_restrict_by_person('exchange_possibleduplicate');
SELECT homeward_restrict_by_person('exchange_keptfromlist');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_protect_imports"),
        ("casework", "0001_stop_the_use_of_restricted_records"),
    ]
    operations = [migrations.RunSQL(POLICIES, migrations.RunSQL.noop)]

"""Imports belong to one organisation; what was kept of a list belongs to the case."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('exchange_import');
SELECT homeward_protect_by_organisation('exchange_importrow');
SELECT homeward_protect_by_organisation('exchange_possibleduplicate');
SELECT homeward_protect_by_organisation('exchange_rememberedlayout');
SELECT homeward_protect_by_case('exchange_keptfromlist');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_imports"),
        ("cases", "0002_protect_cases"),
    ]
    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]

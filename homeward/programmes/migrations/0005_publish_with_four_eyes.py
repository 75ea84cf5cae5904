"""Whoever wrote in a draft does not publish it: the version names them, and the database refuses."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_protect_versions")]
    operations = [
        migrations.AddField(
            model_name="programmeversion",
            name="drafted_by_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by_id", None),
                    models.Q(("drafted_by_ids__contains", [models.F("published_by_id")]), _negated=True),
                    _connector="OR",
                ),
                name="nobody_publishes_what_they_drafted",
            ),
        ),
    ]

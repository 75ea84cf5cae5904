"""Days on which nobody works; kept by each organisation for itself, and no one's secret."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

PROTECT = """
SELECT homeward_protect_by_organisation('codelists_holiday');
SELECT homeward_protect_by_organisation('codelists_weekend');
-- A deadline is counted on a person's own page as well.
DROP POLICY one_case_only ON codelists_holiday;
CREATE POLICY one_case_only ON codelists_holiday AS RESTRICTIVE USING (true);
DROP POLICY one_case_only ON codelists_weekend;
CREATE POLICY one_case_only ON codelists_weekend AS RESTRICTIVE USING (true);
REVOKE DELETE ON codelists_holiday, codelists_weekend FROM homeward_application;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("organisations", "0005_shared_memory_of_all_workers"),
        ("access", "0004_narrow_a_session_to_one_case"),
    ]
    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("country", models.CharField(max_length=2)),
                ("on", models.DateField()),
                ("name", models.CharField(max_length=200)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("is_verified", models.BooleanField(default=False)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("country"),
                        models.F("on"),
                        condition=models.Q(("removed_at", None)),
                        name="one_holiday_of_a_day",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Weekend",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("country", models.CharField(max_length=2)),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"), models.F("country"), name="one_weekend_of_a_country"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__contained_by", [0, 1, 2, 3, 4, 5, 6]), ("days__len__lt", 7)
                        ),
                        name="a_week_has_a_working_day",
                    ),
                ]
            },
        ),
        migrations.RunSQL(PROTECT, migrations.RunSQL.noop),
    ]

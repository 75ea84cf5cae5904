"""A new application is kept as it is filled in, so that one can stop and come back."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_find_merged_people_under_every_name"),
        ("organisations", "0005_shared_memory_of_all_workers"),
        ("programmes", "0002_protect_programmes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApplicationDraft",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("started_by_id", models.UUIDField()),
                (
                    "steps_done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "with_case_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("requested", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="cases.case"
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
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["organisation", "started_by_id", "saved_at"],
                        name="drafts_to_finish",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("case"),
                        condition=models.Q(("ended_at", None)),
                        name="one_live_draft_of_a_case",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "SELECT homeward_protect_by_case('cases_applicationdraft')", migrations.RunSQL.noop
        ),
    ]

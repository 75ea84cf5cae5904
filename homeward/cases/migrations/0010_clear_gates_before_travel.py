"""Clearances before travel, what is known of a person, and the day travel was confirmed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_protect_eligibility"),
        ("organisations", "0005_shared_memory_of_all_workers"),
    ]

    operations = [
        migrations.AddField(
            model_name="arrival",
            name="past_gates",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="travel_confirmed_on",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("gate", models.CharField(max_length=40)),
                ("state", models.CharField(default="needed", max_length=40)),
                ("needed_because", models.CharField(max_length=40)),
                ("needed_since", models.DateField()),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("decided_by_function", models.CharField(blank=True, max_length=200)),
                ("decided_by_organisation", models.CharField(blank=True, max_length=200)),
                ("decided_on", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("conditions", models.BinaryField(null=True)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("recorded_by_id", models.UUIDField()),
                ("recorded_by_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clearances",
                        to="cases.case",
                    ),
                ),
                (
                    "counselling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.counselling",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.casedocument",
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
                "indexes": [models.Index(fields=["case", "gate"], name="clearances_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("case"),
                        models.F("gate"),
                        condition=models.Q(("superseded_at", None)),
                        name="one_clearance_of_a_gate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("given", "refused")), _negated=True),
                            models.Q(
                                models.Q(("decided_by_name", ""), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_clearance_is_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "given"), _negated=True),
                            ("document__isnull", False),
                            models.Q(
                                ("counselling__isnull", False),
                                ("gate__in", ["guardian_consent", "informed_decision"]),
                            ),
                            _connector="OR",
                        ),
                        name="a_clearance_rests_on_its_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("source", models.CharField(default="casework", max_length=40)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("noted_by_id", models.UUIDField()),
                ("noted_by_name", models.CharField(max_length=200)),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="profiles", to="cases.case"
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
                        models.F("case"),
                        condition=models.Q(("superseded_at", None)),
                        name="one_profile_of_a_case",
                    )
                ],
            },
        ),
    ]

"""Tables for a case on its way between organisations, what is said about it, and later questions."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_ask_gates_of_services"),
        ("organisations", "0005_shared_memory_of_all_workers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("state", models.CharField(default="offered", max_length=40)),
                ("due_on", models.DateField()),
                ("basis", models.CharField(blank=True, max_length=40)),
                ("message", models.TextField(blank=True)),
                ("their_reference", models.CharField(blank=True, max_length=60)),
                ("shown", models.JSONField(default=dict)),
                ("disclosure_id", models.UUIDField(null=True)),
                (
                    "appointment_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "document_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("stays_until", models.DateField(null=True)),
                ("begun_by_id", models.UUIDField()),
                ("begun_by_name", models.CharField(max_length=200)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("lead_user_id", models.UUIDField(null=True)),
                ("lead_user_name", models.CharField(blank=True, max_length=200)),
                ("decline_reason", models.CharField(blank=True, max_length=40)),
                ("ended_note", models.TextField(blank=True)),
                ("ended_by_name", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("escalated_on", models.DateField(null=True)),
                ("escalated_times", models.PositiveSmallIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="cases.case"
                    ),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "waits_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseQuestion",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("asked_by_id", models.UUIDField()),
                ("asked_by_name", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("due_on", models.DateField()),
                ("until", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="later_questions",
                        to="cases.case",
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
                    "to_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="later_questions",
                        to="cases.handover",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandoverMessage",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("author_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("text", models.TextField()),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="cases.handover",
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
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("state__in", ["offered", "asked", "answered"])),
                fields=["waits_for", "due_on"],
                name="handovers_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["from_organisation", "-begun_at"], name="handovers_given"),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["to_organisation", "-begun_at"], name="handovers_received"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                models.F("case"),
                condition=models.Q(
                    ("state__in", ["offered", "asked", "answered"]), ("kind__in", ["offer", "request"])
                ),
                name="one_open_handover_of_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                models.F("case"),
                models.F("from_organisation"),
                condition=models.Q(("state__in", ["offered", "asked", "answered"]), ("kind", "retroactive")),
                name="one_open_question_whence",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_organisation", models.F("to_organisation")), _negated=True),
                name="nobody_hands_over_to_themselves",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["offered", "asked", "answered"]), ("waits_for", None), _connector="XOR"
                ),
                name="somebody_is_waited_for_while_it_is_open",
            ),
        ),
        migrations.AddIndex(
            model_name="casequestion",
            index=models.Index(fields=["case", "-asked_at"], name="later_questions_of_case"),
        ),
        migrations.AddIndex(
            model_name="casequestion",
            index=models.Index(
                condition=models.Q(("answered_at", None)),
                fields=["to_organisation", "due_on"],
                name="later_questions_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                models.F("case"), condition=models.Q(("scope", "lead")), name="one_lead_of_a_case"
            ),
        ),
    ]

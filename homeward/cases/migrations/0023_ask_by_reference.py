"""Tables for asking after a case by its reference alone: one for who asks, one for who leads the case.

Who asks sees its own rows and nothing of what becomes of them. Who leads a case sees what others ask about it; what it
makes of that stands in a row of its own, which nobody else sees.
"""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = """
SELECT homeward_force('cases_enquiry');
CREATE POLICY read_by_who_asks ON cases_enquiry FOR SELECT
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY read_by_who_leads ON cases_enquiry FOR SELECT
    USING (EXISTS (SELECT FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.reference = cases_enquiry.reference AND l.scope = 'lead'));
CREATE POLICY written_by_who_asks ON cases_enquiry FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND asked_by_id = (SELECT homeward_user()));
CREATE POLICY forgotten_by_who_asked ON cases_enquiry FOR DELETE
    USING (organisation_id = (SELECT homeward_organisation()));
REVOKE UPDATE ON cases_enquiry FROM homeward_application;

SELECT homeward_protect_by_organisation('cases_receivedenquiry');
"""

UNPROTECT = """
DROP POLICY forgotten_by_who_asked ON cases_enquiry;
DROP POLICY written_by_who_asks ON cases_enquiry;
DROP POLICY read_by_who_leads ON cases_enquiry;
DROP POLICY read_by_who_asks ON cases_enquiry;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_keep_what_is_received_from_others"),
        ("organisations", "0005_shared_memory_of_all_workers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=20)),
                ("message", models.TextField()),
                ("asked_by_id", models.UUIDField()),
                ("asked_by_name", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
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
                "indexes": [
                    models.Index(fields=["organisation", "-asked_at"], name="enquiries_made"),
                    models.Index(fields=["reference"], name="enquiries_about"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedEnquiry",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("enquiry_id", models.UUIDField()),
                ("reference", models.CharField(max_length=20)),
                ("message", models.TextField()),
                ("asked_by_name", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("is_offered", models.BooleanField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="enquiries", to="cases.case"
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["organisation", "due_on"],
                        name="enquiries_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"), models.F("enquiry_id"), name="an_enquiry_is_received_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("is_offered", None)),
                            models.Q(("ended_at__isnull", False), ("is_offered__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_enquiry_ends_one_way",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PROTECT, UNPROTECT),
    ]

"""The journey: counselling, applications, travel, arrival, notes, appointments, documents, closing.

Listings learn the planned arrival: `refresh_listings` copies it from the case.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

PROTECT = """
SELECT homeward_protect_by_case('cases_counselling');
SELECT homeward_protect_by_case('cases_application');
SELECT homeward_protect_by_case('cases_travel');
SELECT homeward_protect_by_case('cases_arrival');
SELECT homeward_protect_by_case('cases_contactattempt');
SELECT homeward_protect_by_case('cases_appointment');
SELECT homeward_protect_by_case('cases_sideexit');
SELECT homeward_protect_by_case('cases_closure');
SELECT homeward_protect_by_visibility('cases_note');
SELECT homeward_protect_by_visibility('cases_casedocument');
"""

LISTINGS_WITH_ARRIVAL = """
CREATE OR REPLACE FUNCTION refresh_listings(which uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE cases_listing l SET
        person_id = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.person_id END,
        reference = c.reference,
        latin_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE trim(p.given_names || ' ' || p.family_name) END,
        native_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.native_name END,
        search_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.folded_name END,
        birth_year = CASE WHEN l.scope <> 'arrival' AND p.birth_precision <> 'about'
            THEN extract(year FROM p.birth_earliest_on) END,
        file_reference = CASE WHEN l.scope = 'arrival' THEN '' ELSE coalesce(f.reference, '') END,
        role_in_file = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.role_in_file END,
        stage = c.stage,
        stage_since = c.stage_since,
        lead_organisation_id = c.lead_organisation_id,
        lead_name = u.name,
        programme_id = c.programme_id,
        host_country = c.host_country,
        return_country = c.return_country,
        return_place = c.return_place,
        return_type = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.return_type END,
        expected_on = c.expected_on,
        last_contact_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.last_contact_on END,
        next_step = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.next_step END,
        next_step_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.next_step_on END,
        updated_at = c.updated_at
    FROM cases_case c
    JOIN people_person p ON p.id = c.person_id
    JOIN organisations_user u ON u.id = c.lead_user_id
    LEFT JOIN cases_file f ON f.id = c.file_id
    WHERE l.case_id = c.id AND c.id = which AND EXISTS (
        SELECT 1 FROM cases_listing own WHERE own.case_id = which AND own.scope <> 'arrival'
        AND own.organisation_id = homeward_organisation() AND (own.until IS NULL OR own.until > now()))
$$;
"""

LISTINGS_BEFORE = """
CREATE OR REPLACE FUNCTION refresh_listings(which uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE cases_listing l SET
        person_id = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.person_id END,
        reference = c.reference,
        latin_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE trim(p.given_names || ' ' || p.family_name) END,
        native_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.native_name END,
        search_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.folded_name END,
        birth_year = CASE WHEN l.scope <> 'arrival' AND p.birth_precision <> 'about'
            THEN extract(year FROM p.birth_earliest_on) END,
        file_reference = CASE WHEN l.scope = 'arrival' THEN '' ELSE coalesce(f.reference, '') END,
        role_in_file = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.role_in_file END,
        stage = c.stage,
        stage_since = c.stage_since,
        lead_organisation_id = c.lead_organisation_id,
        lead_name = u.name,
        programme_id = c.programme_id,
        host_country = c.host_country,
        return_country = c.return_country,
        return_place = c.return_place,
        return_type = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.return_type END,
        last_contact_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.last_contact_on END,
        next_step = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.next_step END,
        next_step_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.next_step_on END,
        updated_at = c.updated_at
    FROM cases_case c
    JOIN people_person p ON p.id = c.person_id
    JOIN organisations_user u ON u.id = c.lead_user_id
    LEFT JOIN cases_file f ON f.id = c.file_id
    WHERE l.case_id = c.id AND c.id = which AND EXISTS (
        SELECT 1 FROM cases_listing own WHERE own.case_id = which AND own.scope <> 'arrival'
        AND own.organisation_id = homeward_organisation() AND (own.until IS NULL OR own.until > now()))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_protect_cases"),
        ("organisations", "0005_shared_memory_of_all_workers"),
        ("programmes", "0002_protect_programmes"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="expected_on",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("arrived_on", models.DateField()),
                ("place", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("confirmed_by_id", models.UUIDField()),
                ("confirmed_by_name", models.CharField(max_length=200)),
                ("confirmed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="arrival", to="cases.case"
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
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("together_id", models.UUIDField()),
                ("submitted_on", models.DateField()),
                ("submitted_by_id", models.UUIDField()),
                ("submitted_by_name", models.CharField(max_length=200)),
                ("requested", models.TextField(blank=True)),
                ("state", models.CharField(default="submitted", max_length=40)),
                ("decided_on", models.DateField(null=True)),
                ("decided_by_id", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("reasons", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by_organisation",
                    models.ForeignKey(
                        null=True,
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
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "-submitted_on"], name="applications_of_case"),
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["submitted_on"],
                        name="applications_to_decide",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("case"),
                        condition=models.Q(("state", "submitted")),
                        name="one_open_application_of_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by_id", None),
                            models.Q(("decided_by_id", models.F("submitted_by_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_decides_their_own_application",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("worker_id", models.UUIDField()),
                ("worker_name", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("interpreting", models.CharField(default="not_needed", max_length=40)),
                ("state", models.CharField(default="open", max_length=40)),
                ("ended_note", models.CharField(blank=True, max_length=400)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("moved_times", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "starts_at"], name="appointments_of_case"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["organisation", "worker_id", "starts_at"],
                        name="open_appointments",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseDocument",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("visibility", models.CharField(default="case", max_length=40)),
                ("kind", models.CharField(default="other", max_length=40)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("file_id", models.UUIDField(unique=True)),
                ("added_by_id", models.UUIDField()),
                ("added_by_name", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="cases.case"
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
                "indexes": [models.Index(fields=["case", "-added_at"], name="documents_of_case")],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("closed_on", models.DateField()),
                ("reason", models.CharField(max_length=40)),
                ("note", models.TextField(blank=True)),
                ("own_view_asked", models.CharField(default="not_asked", max_length=40)),
                ("own_view", models.BinaryField(null=True)),
                ("closed_by_id", models.UUIDField()),
                ("closed_by_name", models.CharField(max_length=200)),
                ("closed_at", models.DateTimeField(auto_now_add=True)),
                ("reopened_on", models.DateField(null=True)),
                ("reopened_reason", models.TextField(blank=True)),
                ("reopened_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="cases.case"
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
                "indexes": [models.Index(fields=["case", "-closed_on"], name="closures_of_case")],
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("way", models.CharField(max_length=40)),
                ("outcome", models.CharField(max_length=40)),
                ("note", models.TextField(blank=True)),
                ("recorded_by_id", models.UUIDField()),
                ("recorded_by_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_attempts",
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
            ],
            options={
                "indexes": [models.Index(fields=["case", "-on", "-recorded_at"], name="contacts_of_case")],
            },
        ),
        migrations.CreateModel(
            name="Counselling",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("held_on", models.DateField()),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("materials", models.CharField(blank=True, max_length=400)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("interpreting", models.CharField(default="not_needed", max_length=40)),
                ("present", models.CharField(blank=True, max_length=300)),
                ("summary", models.BinaryField(null=True)),
                ("decision", models.CharField(default="undecided", max_length=40)),
                ("is_informed", models.BooleanField(default=False)),
                ("recorded_by_id", models.UUIDField()),
                ("recorded_by_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counselling",
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
            ],
            options={
                "indexes": [models.Index(fields=["case", "-held_on"], name="counselling_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_informed", False),
                            models.Q(("decision", "undecided"), _negated=True),
                            _connector="OR",
                        ),
                        name="an_informed_decision_is_a_decision",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("visibility", models.CharField(default="case", max_length=40)),
                ("kind", models.CharField(default="note", max_length=40)),
                ("on", models.DateField()),
                ("text", models.TextField()),
                ("correction_reason", models.CharField(blank=True, max_length=300)),
                ("written_by_id", models.UUIDField()),
                ("written_by_name", models.CharField(max_length=200)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="cases.case"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="cases.note",
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
                "indexes": [models.Index(fields=["case", "-on", "-written_at"], name="notes_of_case")],
            },
        ),
        migrations.CreateModel(
            name="SideExit",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("to_country", models.CharField(blank=True, max_length=2)),
                ("way", models.CharField(blank=True, max_length=40)),
                ("cause", models.CharField(blank=True, max_length=40)),
                ("recorded_by_id", models.UUIDField()),
                ("recorded_by_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_note", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="side_exits",
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
            ],
            options={
                "indexes": [models.Index(fields=["case", "-on"], name="side_exits_of_case")],
            },
        ),
        migrations.CreateModel(
            name="Travel",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("departs_on", models.DateField()),
                ("route", models.CharField(blank=True, max_length=400)),
                ("tickets", models.CharField(default="to_do", max_length=40)),
                ("papers", models.CharField(default="to_do", max_length=40)),
                ("escort", models.CharField(blank=True, max_length=300)),
                ("medical_items", models.BinaryField(null=True)),
                ("arrives_on", models.DateField()),
                ("arrival_place", models.CharField(max_length=200)),
                ("planned_by_name", models.CharField(max_length=200)),
                ("planned_at", models.DateTimeField(auto_now_add=True)),
                ("ended_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="travels", to="cases.case"
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
                        condition=models.Q(("ended_on", None)),
                        name="one_live_journey_of_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("arrives_on__gte", models.F("departs_on"))),
                        name="arrival_is_not_planned_before_departure",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PROTECT, migrations.RunSQL.noop),
        migrations.RunSQL(LISTINGS_WITH_ARRIVAL, LISTINGS_BEFORE),
    ]

"""A child of a family who can form a view is spoken with, in a way suited to their age, before they travel."""

from django.db import migrations, models

# The same rule as `cases.gate_rules.hears_child`; a test compares them.
HEARING = """
CREATE FUNCTION homeward_hears_child(age_years int, flags text[], from_age int) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(age_years >= from_age AND age_years < 18, false)
        AND NOT flags && ARRAY['unaccompanied_child', 'separated_child']
$$;

-- As in 0013; of a child to be heard, a decision counts by a session that says who spoke with the child.
CREATE FUNCTION homeward_gates_closed(which uuid, who uuid, on_day date, by_version uuid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH known AS (
        SELECT flags::text[] AS flags FROM cases_profile WHERE case_id = which
        ORDER BY superseded_at DESC NULLS FIRST, id DESC LIMIT 1
    ), aged AS (
        SELECT extract(year FROM age(on_day::timestamp, birth_earliest_on::timestamp))::int AS years
        FROM people_person WHERE id = who
    ), child AS (
        SELECT homeward_hears_child((SELECT years FROM aged), coalesce((SELECT flags FROM known), '{}'),
            coalesce((SELECT (terms->>'child_heard_from_age')::int FROM programmes_programmeversion
                WHERE id = by_version), 6)) AS is_heard
    ), latest AS (
        SELECT DISTINCT ON (gate) gate::text AS gate, state, needed_because, valid_until, counselling_id
        FROM cases_clearance WHERE case_id = which ORDER BY gate, superseded_at DESC NULLS FIRST, id DESC
    ), asked AS (
        SELECT unnest(homeward_gates_needed(coalesce((SELECT flags FROM known), '{}'),
            coalesce((SELECT years < 18 FROM aged), false))) AS gate
        UNION SELECT gate FROM latest WHERE state <> 'dropped' AND needed_because <> 'service'
    )
    SELECT coalesce(array_agg(gate ORDER BY gate), '{}') FROM asked, child WHERE NOT EXISTS (
        SELECT 1 FROM latest WHERE latest.gate = asked.gate AND latest.state = 'given'
        AND (latest.valid_until IS NULL OR latest.valid_until >= on_day)
        AND (NOT child.is_heard OR latest.gate <> 'informed_decision' OR EXISTS (
            SELECT 1 FROM cases_counselling s WHERE s.id = latest.counselling_id AND s.is_suited_to_age)))
$$;

CREATE OR REPLACE FUNCTION homeward_gates_closed(which uuid, who uuid, on_day date) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT homeward_gates_closed(which, who, on_day,
        (SELECT programme_version_id FROM cases_case WHERE id = which))
$$;
"""

# As in 0011 and 0017, and by the version that the row itself names: a new case is not in the table yet.
KEEPING = """
GRANT SELECT (id, is_suited_to_age) ON cases_counselling TO homeward_definer;
CREATE POLICY definer ON cases_counselling FOR SELECT TO homeward_definer USING (true);

CREATE OR REPLACE FUNCTION homeward_keep_gates() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    leaving boolean := NEW.departed_on IS NOT NULL AND NEW.arrived_on IS NULL;
    confirming boolean := NEW.travel_confirmed_on IS NOT NULL;
    day date := NEW.departed_on;
    closed text[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        confirming := confirming AND NEW.travel_confirmed_on IS DISTINCT FROM OLD.travel_confirmed_on;
    END IF;
    IF leaving AND NEW.travel_confirmed_on IS NULL THEN
        RAISE check_violation USING MESSAGE = 'Travel is not confirmed.', CONSTRAINT = 'travel_is_confirmed';
    END IF;
    IF NOT (leaving OR confirming) THEN
        RETURN NEW;
    END IF;
    IF day IS NULL THEN
        SELECT departs_on INTO day FROM cases_travel WHERE case_id = NEW.id AND ended_on IS NULL;
    END IF;
    closed := homeward_gates_closed(NEW.id, NEW.person_id, coalesce(day, NEW.travel_confirmed_on),
        NEW.programme_version_id);
    IF closed <> '{}' THEN
        RAISE check_violation USING MESSAGE = 'Closed before travel: ' || array_to_string(closed, ', '),
            CONSTRAINT = 'gates_are_open';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_narrow_contact_attempts"),
        ("programmes", "0005_publish_with_four_eyes"),
    ]
    operations = [
        migrations.AddField(
            model_name="counselling",
            name="child_heard_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="counselling",
            name="is_suited_to_age",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="counselling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_suited_to_age", False),
                    models.Q(("child_heard_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_child_is_heard_by_somebody",
            ),
        ),
        migrations.RunSQL(HEARING, migrations.RunSQL.noop),
        migrations.RunSQL(KEEPING, migrations.RunSQL.noop),
    ]

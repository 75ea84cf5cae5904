"""No travel past a closed gate, by whatever path: the database asks before a confirmation or a departure.

Who has arrived has arrived: an arrival is never refused, nor the departure that is noted after it.
"""

from django.db import migrations

# The same table as `cases.gate_rules.GATES_OF`; a test compares them.
GATES = """
CREATE FUNCTION homeward_gates_needed(flags text[], is_minor boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(DISTINCT gate ORDER BY gate) FROM (
        SELECT 'informed_decision' AS gate
        UNION ALL SELECT 'guardian_consent' WHERE is_minor
        UNION ALL SELECT asked.gate FROM (VALUES
            ('victim_of_trafficking', 'trafficking_risk'),
            ('unaccompanied_child', 'best_interests'),
            ('unaccompanied_child', 'family_tracing'),
            ('unaccompanied_child', 'family_assessment'),
            ('unaccompanied_child', 'guardian_consent'),
            ('separated_child', 'best_interests'),
            ('separated_child', 'family_tracing'),
            ('separated_child', 'family_assessment'),
            ('separated_child', 'guardian_consent'),
            ('health_need', 'fit_to_travel'),
            ('health_need', 'continuity_of_care'),
            ('mental_health_concern', 'fit_to_travel'),
            ('mental_health_concern', 'continuity_of_care'),
            ('capacity_doubt', 'capacity_to_decide'),
            ('survivor_of_violence', 'safety_on_return'),
            ('single_parent', 'support_on_arrival'),
            ('older_person', 'support_on_arrival'),
            ('disability', 'support_on_arrival')
        ) asked (flag, gate) WHERE asked.flag = ANY (flags)
    ) needed
$$;

-- The gates that bar the way of a case on a day. A row that lost its place still counts until another has it.
CREATE FUNCTION homeward_gates_closed(which uuid, who uuid, on_day date) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH known AS (
        SELECT flags::text[] AS flags FROM cases_profile WHERE case_id = which
        ORDER BY superseded_at DESC NULLS FIRST, id DESC LIMIT 1
    ), aged AS (
        SELECT extract(year FROM age(on_day::timestamp, birth_earliest_on::timestamp)) < 18 AS is_minor
        FROM people_person WHERE id = who
    ), latest AS (
        SELECT DISTINCT ON (gate) gate::text AS gate, state, valid_until FROM cases_clearance
        WHERE case_id = which ORDER BY gate, superseded_at DESC NULLS FIRST, id DESC
    ), asked AS (
        SELECT unnest(homeward_gates_needed(coalesce((SELECT flags FROM known), '{}'),
            coalesce((SELECT is_minor FROM aged), false))) AS gate
        UNION SELECT gate FROM latest WHERE state <> 'dropped'
    )
    SELECT coalesce(array_agg(gate ORDER BY gate), '{}') FROM asked WHERE NOT EXISTS (
        SELECT 1 FROM latest WHERE latest.gate = asked.gate AND latest.state = 'given'
        AND (latest.valid_until IS NULL OR latest.valid_until >= on_day))
$$;

CREATE FUNCTION homeward_keep_gates() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
    closed := homeward_gates_closed(NEW.id, NEW.person_id, coalesce(day, NEW.travel_confirmed_on));
    IF closed <> '{}' THEN
        RAISE check_violation USING MESSAGE = 'Closed before travel: ' || array_to_string(closed, ', '),
            CONSTRAINT = 'gates_are_open';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER gates_before_travel_of_new_cases BEFORE INSERT ON cases_case FOR EACH ROW
    WHEN (NEW.departed_on IS NOT NULL OR NEW.travel_confirmed_on IS NOT NULL)
    EXECUTE FUNCTION homeward_keep_gates();
CREATE TRIGGER gates_before_travel BEFORE UPDATE ON cases_case FOR EACH ROW
    WHEN ((NEW.departed_on, NEW.travel_confirmed_on, NEW.arrived_on)
        IS DISTINCT FROM (OLD.departed_on, OLD.travel_confirmed_on, OLD.arrived_on))
    EXECUTE FUNCTION homeward_keep_gates();
"""

EVIDENCE = """
CREATE FUNCTION homeward_keep_evidence() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases_casedocument
            WHERE id = NEW.document_id AND case_id = NEW.case_id) THEN
        RAISE check_violation USING MESSAGE = 'The document is not of this case.';
    END IF;
    IF NEW.counselling_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases_counselling
            WHERE id = NEW.counselling_id AND case_id = NEW.case_id
            AND (NEW.gate <> 'informed_decision' OR (is_informed AND decision = 'return'))) THEN
        RAISE check_violation USING MESSAGE = 'The session is not of this case, or shows no informed decision.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_is_of_the_case BEFORE INSERT ON cases_clearance FOR EACH ROW
    EXECUTE FUNCTION homeward_keep_evidence();

-- Whoever noted something does not take it away again: gates hang on it.
CREATE FUNCTION homeward_keep_profile() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    removed text[];
BEGIN
    SELECT array(SELECT unnest(flags::text[]) EXCEPT SELECT unnest(NEW.flags::text[])) INTO removed
        FROM cases_profile WHERE case_id = NEW.case_id ORDER BY superseded_at DESC NULLS FIRST, id DESC LIMIT 1;
    IF removed <> '{}' AND EXISTS (SELECT 1 FROM cases_profile WHERE case_id = NEW.case_id
            AND noted_by_id = NEW.noted_by_id AND flags::text[] && removed) THEN
        RAISE check_violation USING MESSAGE = 'A second person takes away what was noted of a profile.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER two_people_take_away BEFORE INSERT ON cases_profile FOR EACH ROW
    EXECUTE FUNCTION homeward_keep_profile();
"""

PROTECT = """
SELECT homeward_protect_by_case('cases_profile');
SELECT homeward_protect_by_case('cases_clearance');
REVOKE UPDATE, DELETE ON cases_profile, cases_clearance FROM homeward_application;
GRANT UPDATE (superseded_at) ON cases_profile, cases_clearance TO homeward_application;
"""

# Decisions recorded before there were gates: the last informed one that still stands opens its gate.
MOVE = """
ALTER TABLE cases_counselling NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_clearance NO FORCE ROW LEVEL SECURITY;
WITH sessions AS (
    SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY held_on DESC, recorded_at DESC) AS back
    FROM cases_counselling
)
INSERT INTO cases_clearance (id, case_id, organisation_id, gate, state, needed_because, needed_since,
    counselling_id, decided_by_name, decided_by_function, decided_by_organisation, decided_on, reason,
    recorded_by_id, recorded_by_name, recorded_at)
SELECT DISTINCT ON (s.case_id) gen_random_uuid(), s.case_id, s.organisation_id, 'informed_decision', 'given',
    'everyone', s.held_on, s.id, s.recorded_by_name, '', '', s.held_on, '', s.recorded_by_id,
    s.recorded_by_name, s.recorded_at
FROM sessions s WHERE s.is_informed AND s.decision = 'return' AND NOT EXISTS (
    SELECT 1 FROM sessions newer WHERE newer.case_id = s.case_id AND newer.back < s.back
    AND newer.decision <> 'return')
    AND NOT EXISTS (SELECT 1 FROM cases_clearance c WHERE c.case_id = s.case_id AND c.gate = 'informed_decision')
ORDER BY s.case_id, s.back;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_counselling FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_clearance FORCE ROW LEVEL SECURITY;
"""

REMOVE = """
DROP TRIGGER gates_before_travel ON cases_case;
DROP TRIGGER gates_before_travel_of_new_cases ON cases_case;
DROP TRIGGER evidence_is_of_the_case ON cases_clearance;
DROP TRIGGER two_people_take_away ON cases_profile;
DROP FUNCTION homeward_keep_gates();
DROP FUNCTION homeward_keep_evidence();
DROP FUNCTION homeward_keep_profile();
DROP FUNCTION homeward_gates_closed(uuid, uuid, date);
DROP FUNCTION homeward_gates_needed(text[], boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_clear_gates_before_travel"), ("people", "0001_people")]
    operations = [
        migrations.RunSQL(GATES + EVIDENCE, REMOVE),
        migrations.RunSQL(PROTECT, migrations.RunSQL.noop),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]

"""Gates before single services: what a package or cash needs cleared, and what of it is not.

A clearance that only a service needed bars no travel. The functions look past policies, because the gate of
a service is closed or open whoever asks; the one for the application answers only about its own cases.
"""

from django.db import migrations

# The same rule as `cases.gate_rules.service_gates`; a test compares them.
SERVICES = """
CREATE FUNCTION homeward_service_gates(asked text[], in_cash boolean, flags text[], is_minor boolean,
    is_grown_up boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH child AS (
        SELECT NOT is_grown_up AND flags && ARRAY['unaccompanied_child', 'separated_child'] AS is_alone
    )
    SELECT coalesce(array_agg(DISTINCT gate ORDER BY gate), '{}') FROM (
        SELECT unnest(asked) AS gate
        UNION SELECT unnest(ARRAY['best_interests', 'guardian_consent']) WHERE in_cash
    ) needed, child WHERE is_alone OR (gate = ANY (asked) AND CASE
        WHEN gate = 'guardian_consent' THEN is_minor
        ELSE gate NOT IN ('best_interests', 'family_tracing', 'family_assessment') END)
$$;

CREATE FUNCTION homeward_service_closed(which uuid, asked text[], in_cash boolean, on_day date) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH known AS (
        SELECT flags::text[] AS flags FROM cases_profile WHERE case_id = which
        ORDER BY superseded_at DESC NULLS FIRST, id DESC LIMIT 1
    ), aged AS (
        SELECT extract(year FROM age(on_day::timestamp, p.birth_earliest_on::timestamp)) < 18 AS is_minor,
            extract(year FROM age(on_day::timestamp, p.birth_latest_on::timestamp)) >= 18 AS is_grown_up
        FROM people_person p JOIN cases_case c ON c.person_id = p.id WHERE c.id = which
    ), latest AS (
        SELECT DISTINCT ON (gate) gate::text AS gate, state, valid_until FROM cases_clearance
        WHERE case_id = which ORDER BY gate, superseded_at DESC NULLS FIRST, id DESC
    ), needed AS (
        SELECT unnest(homeward_service_gates(asked, in_cash, coalesce((SELECT flags FROM known), '{}'),
            coalesce((SELECT is_minor FROM aged), false),
            coalesce((SELECT is_grown_up FROM aged), false))) AS gate
    )
    SELECT coalesce(array_agg(gate ORDER BY gate), '{}') FROM needed WHERE NOT EXISTS (
        SELECT 1 FROM latest WHERE latest.gate = needed.gate AND latest.state = 'given'
        AND (latest.valid_until IS NULL OR latest.valid_until >= on_day))
$$;

-- `asked` holds, under a name of the caller's choice, {"gates": [...], "in_cash": true or false}.
CREATE FUNCTION homeward_services_closed(which uuid, asked jsonb, on_day date)
RETURNS TABLE (name text, closed text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT one.key, homeward_service_closed(which,
        array(SELECT jsonb_array_elements_text(one.value->'gates')), (one.value->>'in_cash')::boolean, on_day)
    FROM jsonb_each(asked) one WHERE EXISTS (SELECT 1 FROM cases_listing l WHERE l.case_id = which
        AND l.organisation_id = homeward_organisation() AND (l.until IS NULL OR l.until > now())
        AND l.scope <> 'arrival')
$$;

GRANT SELECT ON cases_profile, cases_clearance TO homeward_definer;
CREATE POLICY definer ON cases_profile FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON cases_clearance FOR SELECT TO homeward_definer USING (true);
REVOKE EXECUTE ON FUNCTION homeward_service_closed(uuid, text[], boolean, date) FROM PUBLIC, homeward_application;
ALTER FUNCTION homeward_service_closed(uuid, text[], boolean, date) OWNER TO homeward_definer;
ALTER FUNCTION homeward_services_closed(uuid, jsonb, date) OWNER TO homeward_definer;
"""

REMOVE = """
DROP POLICY definer ON cases_profile;
DROP POLICY definer ON cases_clearance;
DROP FUNCTION homeward_services_closed(uuid, jsonb, date);
DROP FUNCTION homeward_service_closed(uuid, text[], boolean, date);
DROP FUNCTION homeward_service_gates(text[], boolean, text[], boolean, boolean);
"""

# As in 0011, but for what only a service asked for.
TRAVEL = """
CREATE OR REPLACE FUNCTION homeward_gates_closed(which uuid, who uuid, on_day date) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH known AS (
        SELECT flags::text[] AS flags FROM cases_profile WHERE case_id = which
        ORDER BY superseded_at DESC NULLS FIRST, id DESC LIMIT 1
    ), aged AS (
        SELECT extract(year FROM age(on_day::timestamp, birth_earliest_on::timestamp)) < 18 AS is_minor
        FROM people_person WHERE id = who
    ), latest AS (
        SELECT DISTINCT ON (gate) gate::text AS gate, state, needed_because, valid_until FROM cases_clearance
        WHERE case_id = which ORDER BY gate, superseded_at DESC NULLS FIRST, id DESC
    ), asked AS (
        SELECT unnest(homeward_gates_needed(coalesce((SELECT flags FROM known), '{}'),
            coalesce((SELECT is_minor FROM aged), false))) AS gate
        UNION SELECT gate FROM latest WHERE state <> 'dropped' AND needed_because <> 'service'
    )
    SELECT coalesce(array_agg(gate ORDER BY gate), '{}') FROM asked WHERE NOT EXISTS (
        SELECT 1 FROM latest WHERE latest.gate = asked.gate AND latest.state = 'given'
        AND (latest.valid_until IS NULL OR latest.valid_until >= on_day))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_index_arrivals_past_gates")]
    operations = [
        migrations.RunSQL(SERVICES, REMOVE),
        migrations.RunSQL(TRAVEL, migrations.RunSQL.noop),
    ]

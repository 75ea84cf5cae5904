"""A plan is not proposed while a line of it, or the cash in it, waits for a clearance."""

from django.db import migrations

GATES = """
CREATE FUNCTION plans_gates_are_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE closed text;
BEGIN
    SELECT string_agg(DISTINCT gate, ', ') INTO closed
    FROM plans_activity a JOIN cases_case c ON c.id = a.case_id
    LEFT JOIN programmes_programmeversion v ON v.id = c.programme_version_id
    CROSS JOIN LATERAL unnest(homeward_service_closed(a.case_id, array(
        SELECT jsonb_array_elements_text(p->'gates') FROM jsonb_array_elements(v.terms->'packages') p
        WHERE p->>'code' = a.package_code), a.form = 'cash', CURRENT_DATE)) gate
    WHERE a.version_id = NEW.id AND a.package_code <> '';
    IF closed IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'Closed before a service: ' || closed,
            CONSTRAINT = 'service_gates_are_open';
    END IF;
    RETURN NEW;
END $$;
GRANT SELECT ON plans_activity, programmes_programmeversion TO homeward_definer;
CREATE POLICY definer ON plans_activity FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON programmes_programmeversion FOR SELECT TO homeward_definer USING (true);
CREATE TRIGGER plans_gates_are_open BEFORE UPDATE ON plans_planversion FOR EACH ROW
    WHEN (OLD.state = 'draft' AND NEW.state IN ('proposed', 'approved'))
    EXECUTE FUNCTION plans_gates_are_open();
ALTER FUNCTION plans_gates_are_open() OWNER TO homeward_definer;
"""

REMOVE = """
DROP TRIGGER plans_gates_are_open ON plans_planversion;
DROP FUNCTION plans_gates_are_open();
DROP POLICY definer ON plans_activity;
DROP POLICY definer ON programmes_programmeversion;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_find_plans_to_take_further"),
        ("cases", "0013_ask_gates_of_services"),
        ("programmes", "0004_protect_versions"),
    ]
    operations = [migrations.RunSQL(GATES, REMOVE)]

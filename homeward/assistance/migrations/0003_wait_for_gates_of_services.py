"""Nothing is committed out of a package, and no cash, while the clearance it needs is not given."""

from django.db import migrations

GATES = """
CREATE FUNCTION assistance_gates_are_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked text[];
    closed text[];
BEGIN
    SELECT array_agg(gate) INTO asked FROM assistance_entitlement e
        JOIN programmes_programmeversion v ON v.id = e.programme_version_id,
        jsonb_array_elements(v.terms->'packages') p, jsonb_array_elements_text(p->'gates') gate
        WHERE e.id = NEW.entitlement_id AND p->>'code' = e.package_code;
    closed := homeward_service_closed(NEW.case_id, coalesce(asked, '{}'),
        NEW.form NOT IN ('kind', 'service'), CURRENT_DATE);
    IF closed <> '{}' THEN
        RAISE check_violation USING MESSAGE = 'Closed before a service: ' || array_to_string(closed, ', '),
            CONSTRAINT = 'service_gates_are_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gates_are_open BEFORE INSERT ON assistance_commitment
    FOR EACH ROW EXECUTE FUNCTION assistance_gates_are_open();
ALTER FUNCTION assistance_gates_are_open() OWNER TO homeward_definer;
"""

REMOVE = """
DROP TRIGGER gates_are_open ON assistance_commitment;
DROP FUNCTION assistance_gates_are_open();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0002_keep_the_sums"),
        ("plans", "0004_wait_for_gates_of_services"),
    ]
    operations = [migrations.RunSQL(GATES, REMOVE)]

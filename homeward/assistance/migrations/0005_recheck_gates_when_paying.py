"""Nothing is delivered or paid, and no commitment raised, past a gate that closed after it was committed."""

from django.db import migrations

GATES = """
CREATE FUNCTION assistance_closed_before(which_entitlement uuid, which_case uuid, form text, on_day date)
RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT homeward_service_closed(which_case, coalesce((
        SELECT array_agg(gate) FROM assistance_entitlement e
        JOIN programmes_programmeversion v ON v.id = e.programme_version_id,
        jsonb_array_elements(v.terms->'packages') p, jsonb_array_elements_text(p->'gates') gate
        WHERE e.id = which_entitlement AND p->>'code' = e.package_code
    ), '{}'), form NOT IN ('kind', 'service'), on_day)
$$;
REVOKE EXECUTE ON FUNCTION assistance_closed_before(uuid, uuid, text, date) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION assistance_closed_before(uuid, uuid, text, date) TO homeward_definer;

CREATE OR REPLACE FUNCTION assistance_gates_are_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE closed text[] := assistance_closed_before(NEW.entitlement_id, NEW.case_id, NEW.form, CURRENT_DATE);
BEGIN
    IF closed <> '{}' THEN
        RAISE check_violation USING MESSAGE = 'Closed before a service: ' || array_to_string(closed, ', '),
            CONSTRAINT = 'service_gates_are_open';
    END IF;
    RETURN NEW;
END $$;

-- Asked of the day on which it was delivered or paid. A first commitment was asked with its line.
CREATE FUNCTION assistance_gates_are_still_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    line assistance_commitment;
    closed text[];
BEGIN
    SELECT * INTO line FROM assistance_commitment WHERE id = NEW.commitment_id;
    IF NEW.kind = 'commitment' AND line.committed_minor = 0 THEN
        RETURN NEW;
    END IF;
    closed := assistance_closed_before(line.entitlement_id, line.case_id, line.form, NEW.on);
    IF closed <> '{}' THEN
        RAISE check_violation USING MESSAGE = 'Closed before a service: ' || array_to_string(closed, ', '),
            CONSTRAINT = 'service_gates_are_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gates_are_still_open BEFORE INSERT ON assistance_entry FOR EACH ROW
    WHEN (NEW.kind IN ('commitment', 'delivery', 'payment')) EXECUTE FUNCTION assistance_gates_are_still_open();
ALTER FUNCTION assistance_gates_are_still_open() OWNER TO homeward_definer;
"""

REMOVE = """
DROP TRIGGER gates_are_still_open ON assistance_entry;
DROP FUNCTION assistance_gates_are_still_open();
"""


class Migration(migrations.Migration):
    dependencies = [("assistance", "0004_show_where_money_is_shared")]
    operations = [migrations.RunSQL(GATES, REMOVE)]

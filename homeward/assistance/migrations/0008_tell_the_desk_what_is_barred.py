"""Which of an organisation's commitments a closed gate bars from being paid: that it does, never which gate or why."""

from django.db import migrations

BARRED = """
CREATE FUNCTION assistance_barred(asked uuid[], on_day date) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT l.id FROM assistance_commitment l
        WHERE l.id = ANY (asked) AND l.organisation_id = homeward_organisation()
        AND assistance_closed_before(l.entitlement_id, l.case_id, l.form, on_day) <> '{}';
END $$;
ALTER FUNCTION assistance_barred(uuid[], date) OWNER TO homeward_definer;
"""
REMOVE = "DROP FUNCTION assistance_barred(uuid[], date);"


class Migration(migrations.Migration):
    dependencies = [("assistance", "0007_adopt_rates_of_others"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(BARRED, REMOVE)]

"""What the budgets that an organisation holds, gives or set for its programme came to in a period: sums only.

Who gives a budget sees none of its entries; the function adds them up for them, by package and form.
"""

from django.db import migrations

STATEMENT = """
CREATE FUNCTION assistance_statement(since date, until date) RETURNS TABLE (budget_id uuid, package_code text,
    label jsonb, form text, opening bigint, committed bigint, given_back bigint, paid bigint, taken_back bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH moved AS (
        SELECT e.budget_id, a.package_code, a.label, l.form, e.on < since AS is_before, e.counted_minor AS minor,
            CASE WHEN e.kind = 'reversal' THEN 'not ' || r.kind ELSE e.kind END AS kind
        FROM assistance_budget b JOIN assistance_entry e ON e.budget_id = b.id
        JOIN assistance_commitment l ON l.id = e.commitment_id
        JOIN assistance_entitlement a ON a.id = e.entitlement_id
        JOIN programmes_programme p ON p.id = b.programme_id
        LEFT JOIN assistance_entry r ON r.id = e.reverses_id
        WHERE e.on <= until AND homeward_organisation() IN (b.organisation_id, b.donor_id, p.organisation_id)
    )
    SELECT budget_id, package_code, max(label::text)::jsonb, form,
        coalesce(sum(CASE WHEN kind IN ('commitment', 'not payment') THEN minor
            WHEN kind IN ('release', 'payment') THEN -minor END) FILTER (WHERE is_before), 0)::bigint,
        coalesce(sum(minor) FILTER (WHERE NOT is_before AND kind = 'commitment'), 0)::bigint,
        coalesce(sum(minor) FILTER (WHERE NOT is_before AND kind = 'release'), 0)::bigint,
        coalesce(sum(minor) FILTER (WHERE NOT is_before AND kind = 'payment'), 0)::bigint,
        coalesce(sum(minor) FILTER (WHERE NOT is_before AND kind = 'not payment'), 0)::bigint
    FROM moved GROUP BY budget_id, package_code, form
$$;
GRANT SELECT ON programmes_programme TO homeward_definer;
ALTER FUNCTION assistance_statement(date, date) OWNER TO homeward_definer;
"""
REMOVE = "DROP FUNCTION assistance_statement(date, date);"


class Migration(migrations.Migration):
    dependencies = [("assistance", "0005_recheck_gates_when_paying")]
    operations = [migrations.RunSQL(STATEMENT, REMOVE)]

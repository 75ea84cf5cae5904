"""The functions by which every later migration protects its tables.

`homeward_organisation()` and `homeward_user()` read who is acting in this transaction. The three
`homeward_protect_…` functions enable and force row-level security on a table.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION homeward_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('homeward.organisation_id', true), '')::uuid $$;

CREATE FUNCTION homeward_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('homeward.user_id', true), '')::uuid $$;

CREATE FUNCTION homeward_force(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
END $$;

-- Rows of one organisation: seen, made and changed by that organisation alone.
CREATE FUNCTION homeward_protect_by_organisation(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('CREATE POLICY own_organisation ON %s
        USING (organisation_id = (SELECT homeward_organisation()))
        WITH CHECK (organisation_id = (SELECT homeward_organisation()))', target);
END $$;

-- Rows of one case: seen, made and changed by organisations with a live listing of that case.
CREATE FUNCTION homeward_protect_by_case(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE listed text := format('EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = %s.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> ''arrival'')', target);
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('CREATE POLICY listed_case ON %s USING (%s) WITH CHECK (%s)', target, listed, listed);
END $$;
"""

REMOVE = """
DROP FUNCTION homeward_protect_by_case(regclass);
DROP FUNCTION homeward_protect_by_organisation(regclass);
DROP FUNCTION homeward_force(regclass);
DROP FUNCTION homeward_user();
DROP FUNCTION homeward_organisation();
"""


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]

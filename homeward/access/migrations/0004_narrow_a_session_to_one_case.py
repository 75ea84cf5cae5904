"""A session may be narrowed to one case and its person: the returnee's own page.

`homeward.case_id` and `homeward.person_id` are set for the length of a transaction; every protected table
then shows rows of that case or person alone, and a table that names neither shows nothing at all. A
restrictive policy does this, which every call of `homeward_force` adds: a table of tomorrow is closed.

The conditions are written as `…::int <> 0` because the planner then expects nearly every row to pass, as
in every other session they do; written as an OR it would expect one row in two hundred and choose badly.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION homeward_case() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('homeward.case_id', true), '')::uuid $$;

CREATE FUNCTION homeward_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('homeward.person_id', true), '')::uuid $$;

CREATE FUNCTION homeward_narrow(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    named text := (SELECT relname FROM pg_class WHERE oid = target);
    columns text[] := (SELECT array_agg(attname::text) FROM pg_attribute
        WHERE attrelid = target AND attnum > 0 AND NOT attisdropped);
    one_case text := 'COALESCE(%I = (SELECT homeward_case()), (SELECT homeward_case()) IS NULL)::int <> 0';
    one_person text := 'COALESCE(%I = (SELECT homeward_person()), (SELECT homeward_case()) IS NULL)::int <> 0';
    shown text := '(SELECT (homeward_case() IS NULL)::int) <> 0';
BEGIN
    -- Names of organisations and the words of notices are no one's secret.
    IF named IN ('organisations_organisation', 'consent_notice') THEN shown := 'true';
    ELSIF named = 'cases_case' THEN shown := format(one_case, 'id');
    ELSIF named = 'people_person' THEN shown := format(one_person, 'id');
    ELSIF named IN ('privacy_subjectkey', 'sharing_disclosure') THEN shown := format(one_person, 'subject_id');
    ELSIF named = 'consent_consent' THEN shown := format(one_person, 'person_id');
    ELSIF 'case_id' = ANY (columns) THEN shown := format(one_case, 'case_id');
    ELSIF 'person_id' = ANY (columns) THEN shown := format(one_person, 'person_id');
    END IF;
    EXECUTE format('DROP POLICY IF EXISTS one_case_only ON %s', target);
    -- The trail is written by everybody; what is read of it is narrowed.
    EXECUTE format('CREATE POLICY one_case_only ON %s AS RESTRICTIVE %s USING (%s)', target,
        CASE WHEN named LIKE 'audit\\_%' THEN 'FOR SELECT' ELSE '' END, shown);
END $$;

CREATE OR REPLACE FUNCTION homeward_force(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    PERFORM homeward_narrow(target);
END $$;

SELECT homeward_narrow(oid) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relrowsecurity;
"""

BACKWARDS = """
DO $$ DECLARE target regclass; BEGIN
    FOR target IN SELECT polrelid FROM pg_policy WHERE polname = 'one_case_only' LOOP
        EXECUTE format('DROP POLICY one_case_only ON %s', target);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION homeward_force(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
END $$;
DROP FUNCTION homeward_narrow(regclass);
DROP FUNCTION homeward_person();
DROP FUNCTION homeward_case();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_protect_handled_requests")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

"""Functions are for the application, unless a migration says otherwise: a login of its own kind runs none of them.

PostgreSQL lets everybody run a new function. Some look past policies for whichever organisation is named, and
a login that may name one would be let in by them.
"""

from django.db import migrations

CLOSE = """
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO homeward_application, homeward_definer;
DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND pg_has_role(p.proowner, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        AND has_function_privilege('public', p.oid, 'EXECUTE')
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO homeward_application, homeward_definer', it.name);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', it.name);
    END LOOP;
END $$;
-- These read who is acting and nothing else; policies ask them on behalf of every login.
GRANT EXECUTE ON FUNCTION homeward_organisation(), homeward_user(), homeward_case(), homeward_person()
    TO PUBLIC;
"""

REOPEN = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM homeward_application, homeward_definer;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_narrow_a_session_to_one_case")]
    operations = [migrations.RunSQL(CLOSE, REOPEN)]

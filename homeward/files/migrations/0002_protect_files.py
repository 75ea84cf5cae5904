"""A file of a case is seen by the organisations that share the case; any other by its own organisation.

The function names a table of a later stage, so it asks first whether it is there yet.
"""

from django.db import migrations

PROTECT = """
CREATE FUNCTION files_case_is_listed(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF to_regclass('public.cases_listing') IS NULL THEN
        RETURN false;
    END IF;
    RETURN EXISTS (SELECT FROM cases_listing l
        WHERE l.organisation_id = homeward_organisation() AND l.case_id = wanted
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival');
END $$;

SELECT homeward_force('files_storedfile');
CREATE POLICY listed_case_or_own_organisation ON files_storedfile
    USING (CASE WHEN case_id IS NULL THEN organisation_id = (SELECT homeward_organisation())
                ELSE files_case_is_listed(case_id) END)
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
                AND (case_id IS NULL OR files_case_is_listed(case_id)));
REVOKE UPDATE ON files_storedfile FROM homeward_application;
"""

REMOVE = """
GRANT UPDATE ON files_storedfile TO homeward_application;
DROP POLICY listed_case_or_own_organisation ON files_storedfile;
DROP FUNCTION files_case_is_listed(uuid);
ALTER TABLE files_storedfile NO FORCE ROW LEVEL SECURITY;
ALTER TABLE files_storedfile DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_files"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

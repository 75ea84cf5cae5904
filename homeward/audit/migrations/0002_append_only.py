"""Entries can be added and read, never changed; each organisation reads its own."""

from django.db import migrations

PROTECT = """
SELECT homeward_force('audit_entry');
CREATE POLICY own_entries ON audit_entry FOR SELECT
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY add_own_entries ON audit_entry FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));

CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'Audit entries are never changed.';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only();
"""

REMOVE = """
DROP TRIGGER append_only ON audit_entry;
DROP FUNCTION audit_entry_is_append_only();
DROP POLICY add_own_entries ON audit_entry;
DROP POLICY own_entries ON audit_entry;
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entries"), ("access", "0001_current_organisation_and_protection")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

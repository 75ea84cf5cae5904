"""Entries are timed by the database and wait for their seal; seals are made by a login of their own.

`homeward_sealer` reads entries, takes them off the waiting list and adds seals. It changes no entry and
no seal; the application adds entries and sees no seal at all.
"""

from django.db import migrations

PROTECT = """
-- The time of an entry is the database's, whatever the application says.
CREATE FUNCTION audit_entry_is_timed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER timed BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_is_timed();

-- The waiting list is written in the entry's own transaction, so an entry that commits late is not missed,
-- and nobody waits for anybody.
CREATE FUNCTION audit_entry_waits_for_its_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_pending (entry_id, organisation_id, since) VALUES (NEW.id, NEW.organisation_id, NEW.at);
    RETURN NULL;
END $$;
CREATE TRIGGER waits_for_its_seal AFTER INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_waits_for_its_seal();

REVOKE UPDATE, DELETE ON audit_entry FROM homeward_application;
GRANT SELECT ON audit_entry TO homeward_sealer;
CREATE POLICY sealer_reads ON audit_entry FOR SELECT TO homeward_sealer USING (true);

SELECT homeward_force('audit_pending');
REVOKE UPDATE, DELETE ON audit_pending FROM homeward_application;
GRANT SELECT, DELETE ON audit_pending TO homeward_sealer;
CREATE POLICY own_entries ON audit_pending FOR SELECT TO homeward_application
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY add_own_entries ON audit_pending FOR INSERT TO homeward_application
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY sealer_takes ON audit_pending TO homeward_sealer USING (true);

SELECT homeward_force('audit_seal');
REVOKE ALL ON audit_seal FROM homeward_application;
GRANT SELECT, INSERT ON audit_seal TO homeward_sealer;
CREATE POLICY sealer_adds ON audit_seal TO homeward_sealer USING (true) WITH CHECK (true);

SELECT homeward_force('audit_verification');
REVOKE INSERT, UPDATE, DELETE ON audit_verification FROM homeward_application;
GRANT SELECT, INSERT ON audit_verification TO homeward_sealer;
CREATE POLICY seen_by_all_who_act ON audit_verification FOR SELECT TO homeward_application
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY sealer_adds ON audit_verification TO homeward_sealer USING (true) WITH CHECK (true);

-- A seal is never changed either, not even by a slip of the owner's.
CREATE FUNCTION audit_seal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'Seals are never changed.';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_seal_is_append_only();
"""

REMOVE = """
DROP TRIGGER append_only ON audit_seal;
DROP FUNCTION audit_seal_is_append_only();
DROP POLICY sealer_adds ON audit_verification;
DROP POLICY seen_by_all_who_act ON audit_verification;
DROP POLICY sealer_adds ON audit_seal;
DROP POLICY sealer_takes ON audit_pending;
DROP POLICY add_own_entries ON audit_pending;
DROP POLICY own_entries ON audit_pending;
DROP POLICY sealer_reads ON audit_entry;
REVOKE ALL ON audit_entry, audit_pending, audit_seal, audit_verification FROM homeward_sealer;
GRANT UPDATE, DELETE ON audit_entry, audit_pending TO homeward_application;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_seal, audit_verification TO homeward_application;
DROP TRIGGER waits_for_its_seal ON audit_entry;
DROP FUNCTION audit_entry_waits_for_its_seal();
DROP TRIGGER timed ON audit_entry;
DROP FUNCTION audit_entry_is_timed();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seals")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

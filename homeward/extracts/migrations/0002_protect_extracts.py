"""An extract is its organisation's, and a ready one is never changed: it is taken away, and its key with it."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('extracts_extract');
REVOKE DELETE ON extracts_extract FROM homeward_application;

CREATE FUNCTION extracts_ready_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('ready', 'withdrawn', 'expired', 'declined') THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'ready' OR NEW.state NOT IN ('withdrawn', 'expired') OR NEW.key IS NOT NULL
        OR to_jsonb(NEW) - '{state,key,ended_at,ended_by_name,ended_why}'::text[]
        <> to_jsonb(OLD) - '{state,key,ended_at,ended_by_name,ended_why}'::text[] THEN
        RAISE insufficient_privilege USING MESSAGE = 'A ready extract is taken away, not changed.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ready_is_frozen BEFORE UPDATE ON extracts_extract
    FOR EACH ROW EXECUTE FUNCTION extracts_ready_is_frozen();
"""

REMOVE = """
DROP TRIGGER ready_is_frozen ON extracts_extract;
DROP FUNCTION extracts_ready_is_frozen();
GRANT DELETE ON extracts_extract TO homeward_application;
DROP POLICY own_organisation ON extracts_extract;
"""


class Migration(migrations.Migration):
    dependencies = [("extracts", "0001_extracts"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

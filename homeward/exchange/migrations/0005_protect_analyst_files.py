"""A file made from an extract is its organisation's; once it is ready or kept back, its row stays as it is."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('exchange_analystfile');
REVOKE DELETE ON exchange_analystfile FROM homeward_application;

CREATE FUNCTION exchange_ended_file_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('ready', 'refused', 'failed') THEN
        RAISE insufficient_privilege USING MESSAGE = 'A file that is made stays on record as it is.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ended_file_is_frozen BEFORE UPDATE ON exchange_analystfile
    FOR EACH ROW EXECUTE FUNCTION exchange_ended_file_is_frozen();
"""

REMOVE = """
DROP TRIGGER ended_file_is_frozen ON exchange_analystfile;
DROP FUNCTION exchange_ended_file_is_frozen();
GRANT DELETE ON exchange_analystfile TO homeward_application;
DROP POLICY own_organisation ON exchange_analystfile;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_analyst_files"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

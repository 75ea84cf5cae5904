"""An answer follows the person who gave it; nothing of it changes afterwards but that a yes is taken back.

A notice is public among organisations: it holds no case, and a receipt must show the words that were shown.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_force('consent_notice');
CREATE POLICY read_by_all ON consent_notice FOR SELECT USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY published_by_itself ON consent_notice FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
REVOKE UPDATE, DELETE ON consent_notice FROM homeward_application;

SELECT homeward_force('consent_consent');
CREATE POLICY seen_person ON consent_consent FOR SELECT
    USING (EXISTS (SELECT 1 FROM people_person p WHERE p.id = consent_consent.person_id));
CREATE POLICY asked_by_itself ON consent_consent FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = consent_consent.person_id));
CREATE POLICY taken_back_anywhere ON consent_consent FOR UPDATE
    USING (EXISTS (SELECT 1 FROM people_person p WHERE p.id = consent_consent.person_id));
REVOKE UPDATE, DELETE ON consent_consent FROM homeward_application;
GRANT UPDATE (withdrawn_at, withdrawn_how, withdrawn_by_id, withdrawn_by_name)
    ON consent_consent TO homeward_application;

CREATE FUNCTION consent_is_taken_back_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'A consent is taken back once, and stays so.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER taken_back_once BEFORE UPDATE ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION consent_is_taken_back_once();
"""

REMOVE = """
DROP TRIGGER taken_back_once ON consent_consent;
DROP FUNCTION consent_is_taken_back_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_notices_and_consents"),
        ("people", "0002_protect_people"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

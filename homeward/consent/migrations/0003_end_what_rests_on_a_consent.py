"""What rests on a consent stands while the consent stands, whoever gave it on and whoever takes it back.

Nothing is disclosed on a consent that does not cover it. When a consent is taken back, every disclosure that
rests on it ends in the same transaction: of all organisations, also of those the one who records it cannot see.
"""

from django.db import migrations

FORWARDS = """
GRANT SELECT ON consent_consent, organisations_organisation TO homeward_definer;
GRANT UPDATE (withdrawn_at) ON consent_consent TO homeward_definer;
CREATE POLICY definer ON consent_consent TO homeward_definer USING (true);
CREATE POLICY definer ON organisations_organisation FOR SELECT TO homeward_definer USING (true);

-- The lock makes who takes a consent back wait for who discloses on it, and the other way round.
CREATE FUNCTION consent_stands_behind_it() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM consent_consent c WHERE c.id = NEW.consent_id AND c.is_given AND c.withdrawn_at IS NULL
        AND (c.expires_on IS NULL OR c.expires_on >= CURRENT_DATE) AND c.purpose = NEW.purpose
        AND NEW.categories <@ c.categories
        AND c.person_id IN (SELECT same_person(NEW.subject_id))
        AND (c.recipient_id = NEW.organisation_id OR (c.recipient_id IS NULL AND c.recipient_kind = (
            SELECT o.organisation_class FROM organisations_organisation o WHERE o.id = NEW.organisation_id)))
        FOR SHARE OF c;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'No consent in force covers this disclosure.';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION consent_stands_behind_it() OWNER TO homeward_definer;
CREATE TRIGGER consent_stands_behind_it BEFORE INSERT ON sharing_disclosure FOR EACH ROW
    WHEN (NEW.consent_id IS NOT NULL) EXECUTE FUNCTION consent_stands_behind_it();

CREATE FUNCTION consent_ends_what_rests_on_it() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE sharing_disclosure SET ended_at = NEW.withdrawn_at, ended_by_id = NEW.withdrawn_by_id,
        ended_by_name = NEW.withdrawn_by_name, ended_why = 'consent_withdrawn'
        WHERE consent_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END $$;
ALTER FUNCTION consent_ends_what_rests_on_it() OWNER TO homeward_definer;
CREATE TRIGGER ends_what_rests_on_it AFTER UPDATE ON consent_consent FOR EACH ROW
    WHEN (NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL)
    EXECUTE FUNCTION consent_ends_what_rests_on_it();
"""

BACKWARDS = """
DROP TRIGGER ends_what_rests_on_it ON consent_consent;
DROP FUNCTION consent_ends_what_rests_on_it();
DROP TRIGGER consent_stands_behind_it ON sharing_disclosure;
DROP FUNCTION consent_stands_behind_it();
DROP POLICY definer ON organisations_organisation;
DROP POLICY definer ON consent_consent;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0002_protect_consents"),
        ("sharing", "0002_protect_agreements_and_disclosures"),
        ("people", "0006_protect_searches_and_name_same_people"),
        ("access", "0004_narrow_a_session_to_one_case"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

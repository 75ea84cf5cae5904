"""Who received data about somebody and does not lead the case passes it on only where a clause lets that be."""

from django.db import migrations

KEPT = """
CREATE FUNCTION homeward_leads(wanted uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM cases_listing l WHERE l.case_id = wanted
        AND l.organisation_id = homeward_organisation() AND l.scope = 'lead')
$$;
CREATE FUNCTION sharing_is_own_or_may_be_passed_on() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF homeward_leads(NEW.case_id) OR NOT EXISTS (SELECT FROM sharing_disclosure d
        WHERE d.organisation_id = NEW.by_organisation_id AND d.subject_id = NEW.subject_id
        AND d.kind <> 'arrival') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM unnest(NEW.categories) asked WHERE NOT EXISTS (SELECT FROM sharing_disclosure d
        JOIN sharing_clause c ON c.id = d.clause_id WHERE d.organisation_id = NEW.by_organisation_id
        AND d.subject_id = NEW.subject_id AND d.ended_at IS NULL AND d.until > now()
        AND c.may_pass_on AND asked = ANY (d.categories))) THEN
        RAISE check_violation USING MESSAGE = 'What was received may not be passed on.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_own_or_may_be_passed_on BEFORE INSERT ON sharing_disclosure
    FOR EACH ROW EXECUTE FUNCTION sharing_is_own_or_may_be_passed_on();
"""

NOT_KEPT = """
DROP TRIGGER is_own_or_may_be_passed_on ON sharing_disclosure;
DROP FUNCTION sharing_is_own_or_may_be_passed_on();
DROP FUNCTION homeward_leads(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_let_the_lead_answer_for_packages"),
        ("sharing", "0003_say_whether_it_may_be_passed_on"),
    ]
    operations = [migrations.RunSQL(KEPT, NOT_KEPT)]

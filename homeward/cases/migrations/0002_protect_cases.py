"""Access to a case is a live listing row of it; other organisations' rows are written by four functions only.

`grant_case`, `move_lead`, `refresh_listings` and `end_grant` run as the NOLOGIN role `homeward_definer` and check the caller's
standing. Two triggers keep an organisation from writing itself a listing of somebody else's case.
"""

from django.db import migrations

POLICIES = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

SELECT homeward_force('cases_listing');
CREATE POLICY own_live_listing ON cases_listing
    USING (organisation_id = (SELECT homeward_organisation()) AND (until IS NULL OR until > now()))
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));

SELECT homeward_force('cases_case');
CREATE POLICY listed_case ON cases_case
    USING (EXISTS (SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.case_id = cases_case.id AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'));

SELECT homeward_force('cases_file');
CREATE POLICY own_file ON cases_file USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY file_of_listed_case ON cases_file FOR SELECT
    USING (EXISTS (SELECT 1 FROM cases_case c WHERE c.file_id = cases_file.id));

-- Policy for rows with a `visibility`: of the case for all who are on it, or of one organisation.
CREATE FUNCTION homeward_protect_by_visibility(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('CREATE POLICY listed_case_and_visible ON %1$s
        USING (EXISTS (SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
                AND l.case_id = %1$s.case_id AND (l.until IS NULL OR l.until > now()) AND l.scope <> ''arrival'')
            AND (visibility = ''case'' OR organisation_id = (SELECT homeward_organisation())))
        WITH CHECK (organisation_id = (SELECT homeward_organisation())
            AND EXISTS (SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
                AND l.case_id = %1$s.case_id AND (l.until IS NULL OR l.until > now()) AND l.scope <> ''arrival''))',
        target);
END $$;
SELECT homeward_protect_by_visibility('cases_event');

SELECT homeward_force('cases_share');
CREATE POLICY share_of_listed_case ON cases_share
    USING (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = cases_share.case_id))
    WITH CHECK (EXISTS (SELECT 1 FROM cases_case c WHERE c.id = cases_share.case_id));

SELECT homeward_protect_by_organisation('cases_emergencyaccess');
SELECT homeward_protect_by_organisation('cases_savedview');

CREATE POLICY person_of_listed_case ON people_person
    USING (EXISTS (SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.person_id = people_person.id AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'));

CREATE POLICY key_of_listed_person ON privacy_subjectkey FOR SELECT
    USING (EXISTS (SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.person_id = privacy_subjectkey.subject_id AND (l.until IS NULL OR l.until > now())
        AND l.scope <> 'arrival'));

-- Who leads a case sees who looked at it, from whichever organisation.
CREATE POLICY entries_of_led_cases ON audit_entry FOR SELECT TO homeward_application
    USING (case_id IS NOT NULL AND EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = audit_entry.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope = 'lead'));
"""

FUNCTIONS = """
GRANT USAGE ON SCHEMA public TO homeward_definer;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_listing TO homeward_definer;
GRANT SELECT ON cases_case, cases_file, cases_share, people_person, organisations_user TO homeward_definer;
CREATE POLICY definer ON cases_listing TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON cases_case FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON cases_file FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON cases_share FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON people_person FOR SELECT TO homeward_definer USING (true);

-- Brings every organisation's listing of a case up to date; a listing of an expected arrival shows no identity.
CREATE FUNCTION refresh_listings(which uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE cases_listing l SET
        person_id = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.person_id END,
        reference = c.reference,
        latin_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE trim(p.given_names || ' ' || p.family_name) END,
        native_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.native_name END,
        search_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.folded_name END,
        birth_year = CASE WHEN l.scope <> 'arrival' AND p.birth_precision <> 'about'
            THEN extract(year FROM p.birth_earliest_on) END,
        file_reference = CASE WHEN l.scope = 'arrival' THEN '' ELSE coalesce(f.reference, '') END,
        role_in_file = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.role_in_file END,
        stage = c.stage,
        stage_since = c.stage_since,
        lead_organisation_id = c.lead_organisation_id,
        lead_name = u.name,
        programme_id = c.programme_id,
        host_country = c.host_country,
        return_country = c.return_country,
        return_place = c.return_place,
        return_type = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.return_type END,
        last_contact_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.last_contact_on END,
        next_step = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.next_step END,
        next_step_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.next_step_on END,
        updated_at = c.updated_at
    FROM cases_case c
    JOIN people_person p ON p.id = c.person_id
    JOIN organisations_user u ON u.id = c.lead_user_id
    LEFT JOIN cases_file f ON f.id = c.file_id
    WHERE l.case_id = c.id AND c.id = which AND EXISTS (
        SELECT 1 FROM cases_listing own WHERE own.case_id = which AND own.scope <> 'arrival'
        AND own.organisation_id = homeward_organisation() AND (own.until IS NULL OR own.until > now()))
$$;

-- Gives the organisation named in a live share its listing. Only the lead may.
CREATE FUNCTION grant_case(which_share uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE given cases_share; own cases_listing;
BEGIN
    SELECT * INTO given FROM cases_share WHERE id = which_share AND ended_at IS NULL;
    SELECT * INTO own FROM cases_listing l WHERE l.case_id = given.case_id AND l.scope = 'lead'
        AND l.organisation_id = homeward_organisation() FOR UPDATE;
    IF given.id IS NULL OR own.id IS NULL OR given.by_organisation_id <> homeward_organisation()
        OR given.organisation_id = homeward_organisation() OR given.scope NOT IN ('participant', 'arrival') THEN
        RAISE insufficient_privilege USING MESSAGE = 'Only the lead of a case can share it.';
    END IF;
    INSERT INTO cases_listing (id, organisation_id, case_id, scope, until, reference, latin_name, native_name,
        search_name, file_reference, role_in_file, stage, stage_since, lead_organisation_id, lead_name,
        host_country, return_country, return_place, return_type, next_step, updated_at, tags)
    VALUES (gen_random_uuid(), given.organisation_id, given.case_id, given.scope, given.until, own.reference,
        '', '', '', '', '', own.stage, own.stage_since, own.lead_organisation_id, own.lead_name, '', '', '', '', '',
        own.updated_at, '{}')
    ON CONFLICT (organisation_id, case_id) DO UPDATE SET scope = given.scope, until = given.until;
    PERFORM refresh_listings(given.case_id);
END $$;

-- Swaps the scopes of the lead and of the organisation that the lead offered the case to, when that one asks.
CREATE FUNCTION move_lead(which uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = which
        AND c.lead_offered_to_id = homeward_organisation()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'The lead of this case was not offered.';
    END IF;
    UPDATE cases_listing SET scope = 'participant' WHERE case_id = which AND scope = 'lead';
    UPDATE cases_listing SET scope = 'lead', until = NULL
        WHERE case_id = which AND organisation_id = homeward_organisation();
END $$;

-- Takes the listing away again, when the share was ended by who gave it, by the lead, or by who received it.
CREATE FUNCTION end_grant(which_share uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE given cases_share;
BEGIN
    SELECT * INTO given FROM cases_share WHERE id = which_share AND ended_at IS NOT NULL;
    IF given.id IS NULL OR NOT (homeward_organisation() IN (given.by_organisation_id, given.organisation_id)
        OR EXISTS (SELECT 1 FROM cases_listing l WHERE l.case_id = given.case_id AND l.scope = 'lead'
            AND l.organisation_id = homeward_organisation())) THEN
        RAISE insufficient_privilege USING MESSAGE = 'This share is not yours to end.';
    END IF;
    DELETE FROM cases_listing WHERE case_id = given.case_id AND organisation_id = given.organisation_id
        AND scope <> 'lead';
END $$;

-- Finds the current organisation's listings by part of a name in either script, then by likeness.
CREATE FUNCTION search_listings(sought text, most integer) RETURNS TABLE (listing_id uuid, likeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own uuid := homeward_organisation();
    part text := '%' || replace(replace(replace(sought, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
BEGIN
    RETURN QUERY SELECT l.id, 1.0::real FROM cases_listing l
        WHERE l.organisation_id = own AND l.search_name LIKE part
            AND (l.until IS NULL OR l.until > now()) LIMIT most;
    IF NOT FOUND THEN
        RETURN QUERY SELECT l.id, word_similarity(sought, l.search_name) FROM cases_listing l
            WHERE l.organisation_id = own AND sought <% l.search_name
                AND (l.until IS NULL OR l.until > now())
            ORDER BY word_similarity(sought, l.search_name) DESC LIMIT most;
    END IF;
END $$;

-- Keeps a listing of an existing case from being written by hand.
CREATE FUNCTION cases_listing_is_of_a_new_case() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cases_case WHERE id = NEW.case_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'A listing of an existing case is granted, not written.';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION cases_listing_keeps_its_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'The reach of a listing is granted, not written.';
END $$;
CREATE TRIGGER of_a_new_case BEFORE INSERT ON cases_listing FOR EACH ROW
    WHEN (current_user <> 'homeward_definer') EXECUTE FUNCTION cases_listing_is_of_a_new_case();
CREATE TRIGGER keeps_its_scope BEFORE UPDATE ON cases_listing FOR EACH ROW
    WHEN (current_user <> 'homeward_definer' AND (NEW.scope, NEW.case_id, NEW.organisation_id, NEW.person_id, NEW.until)
        IS DISTINCT FROM (OLD.scope, OLD.case_id, OLD.organisation_id, OLD.person_id, OLD.until))
    EXECUTE FUNCTION cases_listing_keeps_its_scope();

ALTER FUNCTION refresh_listings(uuid) OWNER TO homeward_definer;
ALTER FUNCTION grant_case(uuid) OWNER TO homeward_definer;
ALTER FUNCTION move_lead(uuid) OWNER TO homeward_definer;
ALTER FUNCTION end_grant(uuid) OWNER TO homeward_definer;
ALTER FUNCTION search_listings(text, integer) OWNER TO homeward_definer;
ALTER FUNCTION cases_listing_is_of_a_new_case() OWNER TO homeward_definer;

CREATE INDEX listing_name ON cases_listing USING gin (organisation_id, search_name gin_trgm_ops);
"""

REMOVE = """
DROP INDEX listing_name;
DROP TRIGGER keeps_its_scope ON cases_listing;
DROP TRIGGER of_a_new_case ON cases_listing;
DROP FUNCTION cases_listing_keeps_its_scope();
DROP FUNCTION cases_listing_is_of_a_new_case();
DROP FUNCTION search_listings(text, integer);
DROP FUNCTION end_grant(uuid);
DROP FUNCTION move_lead(uuid);
DROP FUNCTION grant_case(uuid);
DROP FUNCTION refresh_listings(uuid);
DROP POLICY definer ON people_person;
DROP POLICY key_of_listed_person ON privacy_subjectkey;
DROP POLICY entries_of_led_cases ON audit_entry;
DROP POLICY person_of_listed_case ON people_person;
DROP FUNCTION homeward_protect_by_visibility(regclass);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_cases"),
        ("people", "0002_protect_people"),
        ("audit", "0002_append_only"),
        ("privacy", "0002_protect_subject_keys"),
        ("organisations", "0002_protect_organisations"),
    ]
    operations = [migrations.RunSQL(POLICIES), migrations.RunSQL(FUNCTIONS, REMOVE)]

"""A case is shared by a disclosure, and the listing it gives names the categories that are shared.

No categories (NULL) means everything: the lead's own. `grant_case` demands a live disclosure; a trigger ends
share and listing with their disclosure, in the same statement, whoever ended it and by whatever path.
Rows that belong to a category are seen where it is shared: the listing's own index probe answers that too.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

DEFINER = """
DROP POLICY definer ON cases_share;
GRANT UPDATE ON cases_share TO homeward_definer;
CREATE POLICY definer ON cases_share TO homeward_definer USING (true) WITH CHECK (true);
"""

DEFINER_BEFORE = """
DROP POLICY definer ON cases_share;
REVOKE UPDATE ON cases_share FROM homeward_definer;
CREATE POLICY definer ON cases_share FOR SELECT TO homeward_definer USING (true);
"""

GRANTING = """
CREATE OR REPLACE FUNCTION grant_case(which_share uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE given cases_share; own cases_listing; stands sharing_disclosure;
BEGIN
    SELECT * INTO given FROM cases_share WHERE id = which_share AND ended_at IS NULL;
    SELECT * INTO own FROM cases_listing l WHERE l.case_id = given.case_id AND l.scope = 'lead'
        AND l.organisation_id = homeward_organisation() FOR UPDATE;
    IF given.id IS NULL OR own.id IS NULL OR given.by_organisation_id <> homeward_organisation()
        OR given.organisation_id = homeward_organisation() OR given.scope NOT IN ('participant', 'arrival') THEN
        RAISE insufficient_privilege USING MESSAGE = 'Only the lead of a case can share it.';
    END IF;
    SELECT * INTO stands FROM sharing_disclosure d WHERE d.id = given.disclosure_id AND d.case_id = given.case_id
        AND d.by_organisation_id = given.by_organisation_id AND d.organisation_id = given.organisation_id
        AND d.kind = CASE given.scope WHEN 'arrival' THEN 'arrival' ELSE 'case' END
        AND d.ended_at IS NULL AND d.until > now();
    IF stands.id IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'No live disclosure lets this case be shared.';
    END IF;
    INSERT INTO cases_listing (id, organisation_id, case_id, scope, until, categories, reference, latin_name,
        native_name, search_name, file_reference, role_in_file, stage, stage_since, lead_organisation_id, lead_name,
        host_country, return_country, return_place, return_type, next_step, updated_at, tags)
    VALUES (gen_random_uuid(), given.organisation_id, given.case_id, given.scope, stands.until,
        stands.categories, own.reference, '', '', '', '', '', own.stage, own.stage_since, own.lead_organisation_id,
        own.lead_name, '', '', '', '', '', own.updated_at, '{}')
    ON CONFLICT (organisation_id, case_id) DO UPDATE SET scope = given.scope, until = stands.until,
        categories = stands.categories;
    PERFORM refresh_listings(given.case_id);
END $$;

-- Who leads sees everything.
CREATE OR REPLACE FUNCTION move_lead(which_handover uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE given cases_handover; lead cases_listing;
BEGIN
    SELECT * INTO given FROM cases_handover WHERE id = which_handover AND state = 'accepted'
        AND kind IN ('offer', 'request') AND homeward_organisation()
            = CASE kind WHEN 'offer' THEN to_organisation_id ELSE from_organisation_id END;
    SELECT * INTO lead FROM cases_listing l WHERE l.case_id = given.case_id AND l.scope = 'lead'
        AND l.organisation_id = given.from_organisation_id FOR UPDATE;
    IF given.id IS NULL OR lead.id IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'The lead of this case was not passed on.';
    END IF;
    UPDATE cases_listing SET scope = 'participant', until = (given.stays_until + 1)::timestamptz WHERE id = lead.id;
    INSERT INTO cases_listing (id, organisation_id, case_id, scope, until, reference, latin_name, native_name,
        search_name, file_reference, role_in_file, stage, stage_since, lead_organisation_id, lead_name,
        host_country, return_country, return_place, return_type, next_step, updated_at, tags, worker_id)
    VALUES (gen_random_uuid(), given.to_organisation_id, given.case_id, 'lead', NULL, lead.reference,
        '', '', '', '', '', lead.stage, lead.stage_since, given.to_organisation_id, given.lead_user_name,
        '', '', '', '', '', lead.updated_at, '{}', given.lead_user_id)
    ON CONFLICT (organisation_id, case_id) DO UPDATE
        SET scope = 'lead', until = NULL, categories = NULL, worker_id = given.lead_user_id;
    UPDATE cases_appointment SET organisation_id = given.to_organisation_id, worker_id = given.lead_user_id,
        worker_name = given.lead_user_name, reminded_at = NULL, version = version + 1
        WHERE case_id = given.case_id AND state = 'open' AND id = ANY (given.appointment_ids)
        AND organisation_id = given.from_organisation_id;
    UPDATE cases_casedocument SET visibility = 'case' WHERE case_id = given.case_id
        AND id = ANY (given.document_ids) AND organisation_id = given.from_organisation_id;
END $$;

-- Ends the disclosure behind a share, when it was ended by who gave it, by the lead, or by who received it.
CREATE OR REPLACE FUNCTION end_grant(which_share uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE given cases_share;
BEGIN
    SELECT * INTO given FROM cases_share WHERE id = which_share AND ended_at IS NOT NULL;
    IF given.id IS NULL OR NOT (homeward_organisation() IN (given.by_organisation_id, given.organisation_id)
        OR EXISTS (SELECT 1 FROM cases_listing l WHERE l.case_id = given.case_id AND l.scope = 'lead'
            AND l.organisation_id = homeward_organisation())) THEN
        RAISE insufficient_privilege USING MESSAGE = 'This share is not yours to end.';
    END IF;
    UPDATE sharing_disclosure SET ended_at = now(), ended_by_id = homeward_user(),
        ended_why = CASE homeward_organisation() WHEN given.organisation_id THEN 'returned' ELSE 'recalled' END
        WHERE id = given.disclosure_id AND ended_at IS NULL;
    DELETE FROM cases_listing WHERE case_id = given.case_id AND organisation_id = given.organisation_id
        AND scope <> 'lead';
END $$;

CREATE FUNCTION cases_listing_ends_with_its_disclosure() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.ended_at IS NULL THEN
        UPDATE cases_listing l SET until = NEW.until FROM cases_share s WHERE s.disclosure_id = NEW.id
            AND s.ended_at IS NULL AND l.case_id = s.case_id AND l.organisation_id = s.organisation_id
            AND l.scope <> 'lead';
        RETURN NULL;
    END IF;
    DELETE FROM cases_listing l USING cases_share s WHERE s.disclosure_id = NEW.id AND l.case_id = s.case_id
        AND l.organisation_id = s.organisation_id AND l.scope <> 'lead';
    UPDATE cases_share SET ended_at = NEW.ended_at WHERE disclosure_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END $$;
ALTER FUNCTION cases_listing_ends_with_its_disclosure() OWNER TO homeward_definer;
CREATE TRIGGER listing_ends_with_it AFTER UPDATE ON sharing_disclosure FOR EACH ROW
    WHEN (NEW.kind <> 'package' AND (NEW.ended_at, NEW.until) IS DISTINCT FROM (OLD.ended_at, OLD.until))
    EXECUTE FUNCTION cases_listing_ends_with_its_disclosure();

DROP TRIGGER keeps_its_scope ON cases_listing;
CREATE TRIGGER keeps_its_scope BEFORE UPDATE ON cases_listing FOR EACH ROW
    WHEN (current_user <> 'homeward_definer'
        AND (NEW.scope, NEW.case_id, NEW.organisation_id, NEW.person_id, NEW.until, NEW.categories)
        IS DISTINCT FROM (OLD.scope, OLD.case_id, OLD.organisation_id, OLD.person_id, OLD.until, OLD.categories))
    EXECUTE FUNCTION cases_listing_keeps_its_scope();
"""

GRANTING_BEFORE = """
DROP TRIGGER keeps_its_scope ON cases_listing;
CREATE TRIGGER keeps_its_scope BEFORE UPDATE ON cases_listing FOR EACH ROW
    WHEN (current_user <> 'homeward_definer' AND (NEW.scope, NEW.case_id, NEW.organisation_id, NEW.person_id, NEW.until)
        IS DISTINCT FROM (OLD.scope, OLD.case_id, OLD.organisation_id, OLD.person_id, OLD.until))
    EXECUTE FUNCTION cases_listing_keeps_its_scope();
DROP TRIGGER listing_ends_with_it ON sharing_disclosure;
DROP FUNCTION cases_listing_ends_with_its_disclosure();
"""

NARROWING = """
-- As homeward_protect_by_case, for rows of one category: seen and written where the case is shared with it.
CREATE FUNCTION homeward_protect_by_case(target regclass, category text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE listed text := format('EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = %s.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> ''arrival''
        AND (l.categories IS NULL OR %L = ANY (l.categories)))', target, category);
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('DROP POLICY IF EXISTS listed_case ON %s', target);
    EXECUTE format('CREATE POLICY listed_case ON %s USING (%s) WITH CHECK (%s)', target, listed, listed);
END $$;
SELECT homeward_protect_by_case('cases_counselling', 'counselling');
SELECT homeward_protect_by_case('cases_appointment', 'follow_up');
SELECT homeward_protect_by_case('cases_profile', 'vulnerability');
SELECT homeward_protect_by_case('cases_clearance', 'vulnerability');

-- What somebody wrote stays theirs to see; what others wrote for all on the case is seen where it is shared.
CREATE FUNCTION homeward_protect_by_visibility(target regclass, category text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE listed text := format('EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = %1$s.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> ''arrival''', target);
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('DROP POLICY IF EXISTS listed_case_and_visible ON %s', target);
    EXECUTE format('CREATE POLICY listed_case_and_visible ON %1$s
        USING (%2$s AND (%1$s.organisation_id = (SELECT homeward_organisation()) OR (visibility = ''case''
            AND (l.categories IS NULL OR %3$L = ANY (l.categories))))))
        WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND %2$s))', target, listed, category);
END $$;
SELECT homeward_protect_by_visibility('cases_note', 'notes');
SELECT homeward_protect_by_visibility('cases_casedocument', 'documents');

-- What hangs on a person: seen by who registered them, and where their case is shared with the category.
CREATE FUNCTION homeward_protect_by_person(target regclass, category text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE seen text := format('EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.person_id = %1$s.person_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> ''arrival''
        AND (l.categories IS NULL OR %2$L = ANY (l.categories)))
    OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = %1$s.person_id
        AND p.organisation_id = (SELECT homeward_organisation()))', target, category);
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('DROP POLICY IF EXISTS seen_person ON %s', target);
    EXECUTE format('CREATE POLICY seen_person ON %s USING (%s) WITH CHECK (%s)', target, seen, seen);
END $$;
SELECT homeward_protect_by_person('people_contact', 'contact');
SELECT homeward_protect_by_person('people_document', 'identity_documents');
SELECT homeward_protect_by_person('people_relation', 'family');

-- A file is shared with documents, or with money as its proof.
CREATE FUNCTION files_case_is_listed(wanted uuid, owner uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM cases_listing l
        WHERE l.organisation_id = homeward_organisation() AND l.case_id = wanted
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'
        AND (owner = homeward_organisation() OR l.categories IS NULL
            OR l.categories::text[] && ARRAY['documents', 'money']))
$$;
DROP POLICY listed_case_or_own_organisation ON files_storedfile;
CREATE POLICY listed_case_or_own_organisation ON files_storedfile
    USING (CASE WHEN case_id IS NULL THEN organisation_id = (SELECT homeward_organisation())
                ELSE files_case_is_listed(case_id, organisation_id) END)
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
                AND (case_id IS NULL OR files_case_is_listed(case_id)));

-- Gates are kept whoever confirms the travel, also by who is not shown the profile they follow from.
GRANT SELECT ON cases_travel TO homeward_definer;
CREATE POLICY definer ON cases_travel FOR SELECT TO homeward_definer USING (true);
ALTER FUNCTION homeward_keep_gates() SECURITY DEFINER;
ALTER FUNCTION homeward_keep_gates() OWNER TO homeward_definer;
"""

NARROWING_BEFORE = """
ALTER FUNCTION homeward_keep_gates() SECURITY INVOKER;
DROP POLICY definer ON cases_travel;
DROP POLICY listed_case_or_own_organisation ON files_storedfile;
CREATE POLICY listed_case_or_own_organisation ON files_storedfile
    USING (CASE WHEN case_id IS NULL THEN organisation_id = (SELECT homeward_organisation())
                ELSE files_case_is_listed(case_id) END)
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
                AND (case_id IS NULL OR files_case_is_listed(case_id)));
DROP FUNCTION files_case_is_listed(uuid, uuid);
DROP FUNCTION homeward_protect_by_case(regclass, text);
DROP FUNCTION homeward_protect_by_visibility(regclass, text);
DROP FUNCTION homeward_protect_by_person(regclass, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_forget_offers_on_the_case"),
        ("sharing", "0002_protect_agreements_and_disclosures"),
        ("people", "0004_protect_blocking_keys"),
        ("files", "0002_protect_files"),
    ]
    operations = [
        migrations.AddField(
            model_name="listing",
            name="categories",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="disclosure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.disclosure",
            ),
        ),
        migrations.RunSQL(DEFINER, DEFINER_BEFORE),
        migrations.RunSQL(GRANTING, GRANTING_BEFORE),
        migrations.RunSQL(NARROWING, NARROWING_BEFORE),
    ]

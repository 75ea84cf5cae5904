"""Partners answer a question about a possible duplicate through one function, and through nothing else.

It answers with organisations and a strength, only for those that an agreement in force lets answer, and writes
what the partner has to know in the same transaction. Tokens are read by it alone. What it looks at in cases
is looked up when it runs.
"""

from django.db import migrations

TABLES = """
ALTER TABLE people_matchtoken ADD CONSTRAINT people_matchtoken_of_a_person FOREIGN KEY (person_id)
    REFERENCES people_person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
SELECT homeward_force('people_matchtoken');
REVOKE ALL ON people_matchtoken FROM homeward_application;

SELECT homeward_protect_by_organisation('people_partnerquestion');
SELECT homeward_protect_by_organisation('people_askingallowed');
REVOKE UPDATE, DELETE ON people_partnerquestion, people_askingallowed FROM homeward_application;

SELECT homeward_force('people_possiblematch');
CREATE POLICY read_by_both_sides ON people_possiblematch FOR SELECT
    USING (organisation_id = (SELECT homeward_organisation()) OR partner_id = (SELECT homeward_organisation()));
CREATE POLICY noted_by_partner ON people_possiblematch FOR UPDATE
    USING (partner_id = (SELECT homeward_organisation()));
REVOKE INSERT, UPDATE, DELETE ON people_possiblematch FROM homeward_application;
GRANT UPDATE (noted_at, noted_by_id, noted_by_name) ON people_possiblematch TO homeward_application;

GRANT SELECT, INSERT, UPDATE, DELETE ON people_matchtoken, people_partnerquestion, people_askingallowed,
    people_possiblematch TO homeward_definer;
CREATE POLICY definer ON people_matchtoken TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON people_partnerquestion TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON people_askingallowed TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON people_possiblematch TO homeward_definer USING (true) WITH CHECK (true);
GRANT SELECT ON sharing_transferrule, organisations_organisation TO homeward_definer;
CREATE POLICY definer ON sharing_transferrule FOR SELECT TO homeward_definer USING (true);
GRANT INSERT ON audit_entry, audit_pending TO homeward_definer;
CREATE POLICY told_by_definer ON audit_entry FOR INSERT TO homeward_definer WITH CHECK (true);
CREATE POLICY told_by_definer ON audit_pending FOR INSERT TO homeward_definer WITH CHECK (true);
"""

FUNCTIONS = """
-- Replaces the tokens of people the caller may see; of everybody the caller registered, where none are named.
CREATE FUNCTION keep_match_tokens(people uuid[], whose uuid[], kinds text[], tokens bytea[], versions int[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE own uuid := homeward_organisation(); mine uuid[];
BEGIN
    IF people IS NULL THEN
        DELETE FROM people_matchtoken WHERE organisation_id = own;
        RETURN;
    END IF;
    SELECT coalesce(array_agg(p.id), '{}') INTO mine FROM people_person p WHERE p.id = ANY (people)
        AND (p.organisation_id = own OR EXISTS (SELECT FROM cases_listing l WHERE l.organisation_id = own
            AND l.person_id = p.id AND l.scope <> 'arrival' AND (l.until IS NULL OR l.until > now())));
    DELETE FROM people_matchtoken WHERE person_id = ANY (mine);
    INSERT INTO people_matchtoken (person_id, organisation_id, kind, token, key_version)
        SELECT p.id, p.organisation_id, told.kind, told.token, told.version
        FROM unnest(whose, kinds, tokens, versions) AS told(person_id, kind, token, version)
        JOIN people_person p ON p.id = told.person_id WHERE p.id = ANY (mine)
        ON CONFLICT DO NOTHING;
END $$;

-- Whether a person may be asked about, or found: nobody restricted; children, people at risk of trafficking and
-- those under a hold only while a named person of the organisation concerned allows it.
CREATE FUNCTION homeward_may_be_matched(which uuid, by_organisation uuid) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE is_protected boolean;
BEGIN
    IF EXISTS (SELECT FROM privacy_restriction r WHERE r.subject_id = which AND r.lifted_at IS NULL) THEN
        RETURN false;
    END IF;
    SELECT homeward_is_held(which)
        OR EXISTS (SELECT FROM people_person p WHERE p.id = which
            AND p.birth_latest_on > CURRENT_DATE - interval '18 years')
        OR EXISTS (SELECT FROM cases_case c JOIN cases_profile f ON f.case_id = c.id
            WHERE c.person_id = which AND f.superseded_at IS NULL
            AND f.flags::text[] && ARRAY['victim_of_trafficking', 'unaccompanied_child', 'separated_child'])
        OR EXISTS (SELECT FROM cases_case c JOIN cases_clearance g ON g.case_id = c.id
            WHERE c.person_id = which AND g.gate = 'trafficking_risk' AND g.state <> 'dropped')
        INTO is_protected;
    RETURN NOT is_protected OR EXISTS (SELECT FROM people_askingallowed a WHERE a.person_id = which
        AND a.organisation_id = by_organisation AND a.until > now());
END $$;

-- The organisations whose agreement with the caller lets them answer today, across the border between them too.
CREATE FUNCTION homeward_answering_partners() RETURNS TABLE (organisation_id uuid) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT DISTINCT giver.id FROM sharing_clause c
        JOIN sharing_agreement a ON a.id = c.agreement_id
        JOIN organisations_organisation giver ON giver.id = c.giver_id
        JOIN organisations_organisation receiver ON receiver.id = c.receiver_id
        WHERE receiver.id = homeward_organisation() AND a.state = 'in_force'
        AND a.starts_on <= CURRENT_DATE AND a.ends_on >= CURRENT_DATE
        AND 'duplicate_check' = ANY (c.purposes) AND 'identity' = ANY (c.categories)
        -- What a state of origin is told of people needs their consent: it neither asks nor answers here.
        AND giver.organisation_class NOT IN ('enforcement', 'origin_authority')
        AND receiver.organisation_class NOT IN ('enforcement', 'origin_authority')
        AND (giver.country = receiver.country OR EXISTS (SELECT FROM sharing_transferrule r
            WHERE r.organisation_id = giver.id AND r.ended_at IS NULL
            AND (r.from_countries = '{}' OR giver.country = ANY (r.from_countries))
            AND (r.to_countries = '{}' OR receiver.country = ANY (r.to_countries))
            AND r.receiver_class IN ('', receiver.organisation_class) AND c.transfer_basis = ANY (r.bases)));
END $$;

-- Answers one question once. A token that many share tells nothing; whom the caller sees already is no news.
CREATE FUNCTION homeward_ask_partners(question uuid, partners uuid[], kinds text[], tokens bytea[])
RETURNS TABLE (is_asked boolean) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked people_partnerquestion; own uuid := homeward_organisation(); asker text; asked_many integer; met record;
BEGIN
    SELECT * INTO asked FROM people_partnerquestion q
        WHERE q.id = question AND q.organisation_id = own AND q.answered_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'There is no such question to answer.';
    END IF;
    IF NOT homeward_may_be_matched(asked.person_id, own) THEN
        RETURN QUERY SELECT false;
        RETURN;
    END IF;
    SELECT name INTO asker FROM organisations_organisation o WHERE o.id = own;
    SELECT count(*) INTO asked_many FROM homeward_answering_partners();

    FOR met IN
        WITH sought AS (SELECT row_number() OVER () AS n, s.partner, s.kind, s.token
            FROM homeward_answering_partners() a
            JOIN unnest(partners, kinds, tokens) AS s(partner, kind, token) ON s.partner = a.organisation_id
        ), found AS (SELECT s.n, s.partner, s.kind, t.person_id FROM sought s CROSS JOIN LATERAL (
            SELECT k.person_id FROM people_matchtoken k
            WHERE k.token = s.token AND k.organisation_id = s.partner LIMIT 11) t
        ), few AS (SELECT f.n FROM found f GROUP BY f.n HAVING count(*) <= 10)
        SELECT f.partner, f.person_id, bool_or(f.kind <> 'name_year') AS is_likely
        FROM found f JOIN few ON few.n = f.n
        WHERE f.person_id <> asked.person_id AND homeward_may_be_matched(f.person_id, f.partner)
        AND NOT EXISTS (SELECT FROM cases_listing l WHERE l.organisation_id = own AND l.person_id = f.person_id
            AND l.scope <> 'arrival' AND (l.until IS NULL OR l.until > now()))
        GROUP BY f.partner, f.person_id ORDER BY 3 DESC
    LOOP
        INSERT INTO people_possiblematch (id, question_id, organisation_id, partner_id, strength, answered_at,
                noted_by_name)
            VALUES (gen_random_uuid(), question, own, met.partner,
                CASE WHEN met.is_likely THEN 'likely' ELSE 'possible' END, now(), '')
            ON CONFLICT (question_id, partner_id) DO NOTHING;
        INSERT INTO audit_entry (id, at, actor_id, organisation_id, role, purpose, action, subject_id, refused, note)
            VALUES (gen_random_uuid(), now(), '00000000-0000-7000-8000-000000000000', met.partner, 'system',
                'duplicate_check', 'partners.told', met.person_id, false, left(asker, 200));
    END LOOP;
    UPDATE people_partnerquestion SET answered_at = now(), partners_asked = asked_many WHERE id = question;
    RETURN QUERY SELECT true;
END $$;

ALTER FUNCTION keep_match_tokens(uuid[], uuid[], text[], bytea[], int[]) OWNER TO homeward_definer;
ALTER FUNCTION homeward_may_be_matched(uuid, uuid) OWNER TO homeward_definer;
ALTER FUNCTION homeward_answering_partners() OWNER TO homeward_definer;
ALTER FUNCTION homeward_ask_partners(uuid, uuid[], text[], bytea[]) OWNER TO homeward_definer;
-- Whether somebody is protected is told to no one who asks the database itself.
REVOKE EXECUTE ON FUNCTION homeward_may_be_matched(uuid, uuid) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION homeward_may_be_matched(uuid, uuid) TO homeward_definer;
"""

REMOVE = """
DROP FUNCTION homeward_ask_partners(uuid, uuid[], text[], bytea[]);
DROP FUNCTION homeward_answering_partners();
DROP FUNCTION homeward_may_be_matched(uuid, uuid);
DROP FUNCTION keep_match_tokens(uuid[], uuid[], text[], bytea[], int[]);
DROP POLICY told_by_definer ON audit_pending;
DROP POLICY told_by_definer ON audit_entry;
REVOKE INSERT ON audit_entry, audit_pending FROM homeward_definer;
DROP POLICY definer ON sharing_transferrule;
REVOKE SELECT ON sharing_transferrule FROM homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_partner_questions"),
        ("sharing", "0002_protect_agreements_and_disclosures"),
        ("audit", "0004_protect_seals"),
        ("privacy", "0008_protect_retention_copies_and_erasures"),
        ("access", "0005_close_functions"),
    ]
    operations = [migrations.RunSQL(TABLES, migrations.RunSQL.noop), migrations.RunSQL(FUNCTIONS, REMOVE)]

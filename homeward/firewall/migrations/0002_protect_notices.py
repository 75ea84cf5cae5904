"""Notices are their maker's; an enforcement body's process reads no table, and runs the eight functions below.

Each function takes the digest of a session's cookie, or what a sign-in needs. None takes the id of a body, a case
or a person: whose notices are shown follows from who signed in.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('firewall_protocol');
REVOKE DELETE ON firewall_protocol FROM homeward_application;
SELECT homeward_protect_by_organisation('firewall_travelnotice');
REVOKE UPDATE, DELETE ON firewall_travelnotice FROM homeward_application;
GRANT UPDATE (withdrawn_at) ON firewall_travelnotice TO homeward_application;
SELECT homeward_protect_by_organisation('firewall_noticesource');
REVOKE UPDATE, DELETE ON firewall_noticesource FROM homeward_application;
GRANT UPDATE (withdrawn_by_id) ON firewall_noticesource TO homeward_application;
SELECT homeward_protect_by_organisation('firewall_enforcementaccount');
REVOKE DELETE ON firewall_enforcementaccount FROM homeward_application;
SELECT homeward_force('firewall_enforcementsession');
REVOKE ALL ON firewall_enforcementsession FROM homeward_application;

GRANT SELECT ON firewall_protocol, firewall_travelnotice, organisations_organisation TO homeward_definer;
GRANT SELECT, UPDATE ON firewall_enforcementaccount TO homeward_definer;
GRANT SELECT, INSERT, UPDATE ON firewall_enforcementsession TO homeward_definer;
GRANT INSERT ON audit_entry, audit_pending TO homeward_definer;
CREATE POLICY firewall_reads ON firewall_protocol FOR SELECT TO homeward_definer USING (true);
CREATE POLICY firewall_reads ON firewall_travelnotice FOR SELECT TO homeward_definer USING (true);
CREATE POLICY firewall_reads ON organisations_organisation FOR SELECT TO homeward_definer USING (true);
CREATE POLICY firewall_keeps ON firewall_enforcementaccount TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY firewall_keeps ON firewall_enforcementsession TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY firewall_adds ON audit_entry FOR INSERT TO homeward_definer WITH CHECK (role = 'enforcement');
CREATE POLICY firewall_adds ON audit_pending FOR INSERT TO homeward_definer WITH CHECK (true);

-- No notice without a protocol in force between this organisation and that body; no body but an enforcement body.
CREATE FUNCTION firewall_notice_has_a_protocol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM firewall_protocol p JOIN organisations_organisation b ON b.id = p.body_id
        WHERE p.id = NEW.protocol_id AND p.body_id = NEW.body_id AND p.organisation_id = NEW.organisation_id
        AND p.approved_by_id IS NOT NULL AND p.ended_at IS NULL
        AND current_date BETWEEN p.starts_on AND p.ends_on AND b.organisation_class = 'enforcement') THEN
        RAISE check_violation USING MESSAGE = 'No protocol in force allows this notice.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER has_a_protocol BEFORE INSERT ON firewall_travelnotice
    FOR EACH ROW EXECUTE FUNCTION firewall_notice_has_a_protocol();
"""

FUNCTIONS = """
CREATE FUNCTION enforcement_note(who uuid, whose uuid, what text, is_refused boolean) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO audit_entry (id, at, actor_id, organisation_id, role, purpose, action, subject_id, refused, note)
    VALUES (gen_random_uuid(), now(), who, whose, 'enforcement', 'travel', what, who, is_refused, '')
$$;

-- What a sign-in compares; nothing for an address without a live account.
CREATE FUNCTION enforcement_account(given text)
RETURNS TABLE (account uuid, password text, factor bytea, last_code bigint, is_closed boolean) LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id, a.password, a.factor, a.last_code, coalesce(a.closed_until > now(), false)
    FROM firewall_enforcementaccount a JOIN organisations_organisation b ON b.id = a.organisation_id
    WHERE lower(a.email) = lower(given) AND a.ended_at IS NULL AND b.ended_at IS NULL
        AND b.organisation_class = 'enforcement' AND a.password <> '' AND a.factor IS NOT NULL LIMIT 1
$$;

-- Ten wrong sign-ins close an account for fifteen minutes.
CREATE FUNCTION enforcement_failed(which uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid;
BEGIN
    UPDATE firewall_enforcementaccount SET failures = CASE WHEN failures >= 9 THEN 0 ELSE failures + 1 END,
        closed_until = CASE WHEN failures >= 9 THEN now() + interval '15 minutes' ELSE closed_until END
    WHERE id = which AND ended_at IS NULL RETURNING organisation_id INTO whose;
    IF whose IS NOT NULL THEN PERFORM enforcement_note(which, whose, 'enforcement.sign_in', true); END IF;
END $$;

-- Begins a session; a code of the second factor works once.
CREATE FUNCTION enforcement_begin(which uuid, code bigint, digest text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid;
BEGIN
    UPDATE firewall_enforcementaccount SET last_code = code, failures = 0, closed_until = NULL
    WHERE id = which AND ended_at IS NULL AND password <> '' AND factor IS NOT NULL
        AND last_code < code AND coalesce(closed_until <= now(), true) RETURNING organisation_id INTO whose;
    IF whose IS NULL THEN RETURN false; END IF;
    INSERT INTO firewall_enforcementsession (id, account_id, digest, began_at, used_at)
    VALUES (gen_random_uuid(), which, digest, now(), now());
    PERFORM enforcement_note(which, whose, 'enforcement.sign_in', false);
    RETURN true;
END $$;

-- Who a session belongs to: half an hour after its last use it is over, and eight hours after it began.
CREATE FUNCTION enforcement_session(given text) RETURNS TABLE (name text, body text) LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE firewall_enforcementsession s SET used_at = now()
    FROM firewall_enforcementaccount a, organisations_organisation b
    WHERE s.digest = given AND s.ended_at IS NULL AND s.used_at > now() - interval '30 minutes'
        AND s.began_at > now() - interval '8 hours' AND a.id = s.account_id AND a.ended_at IS NULL
        AND b.id = a.organisation_id AND b.ended_at IS NULL AND b.organisation_class = 'enforcement'
    RETURNING a.name, b.name
$$;

-- The projection: every column that is ever shown, and the notices of the reader's own body under protocols in force.
CREATE FUNCTION enforcement_notices(given text) RETURNS TABLE (pseudonym text, travels_on date, flight text,
    document_status text, necessity text, made_at timestamptz, made_by_name text, organisation_name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE who uuid; whose uuid; maker uuid;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM enforcement_session(given)) THEN RETURN; END IF;
    SELECT a.id, a.organisation_id INTO who, whose FROM firewall_enforcementsession s
        JOIN firewall_enforcementaccount a ON a.id = s.account_id WHERE s.digest = given;
    PERFORM enforcement_note(who, whose, 'notice.read', false);
    FOR maker IN SELECT DISTINCT n.organisation_id FROM firewall_travelnotice n
        JOIN firewall_protocol p ON p.id = n.protocol_id
        WHERE n.body_id = whose AND n.withdrawn_at IS NULL AND n.travels_on >= current_date - 30
        AND p.approved_by_id IS NOT NULL AND p.ended_at IS NULL AND current_date BETWEEN p.starts_on AND p.ends_on
    LOOP PERFORM enforcement_note(who, maker, 'notice.read', false); END LOOP;
    RETURN QUERY SELECT n.pseudonym::text, n.travels_on, n.flight::text, n.document_status::text, n.necessity::text,
            n.made_at, n.made_by_name::text, o.name::text
        FROM firewall_travelnotice n JOIN firewall_protocol p ON p.id = n.protocol_id
        JOIN organisations_organisation o ON o.id = n.organisation_id
        WHERE n.body_id = whose AND n.withdrawn_at IS NULL AND n.travels_on >= current_date - 30
        AND p.approved_by_id IS NOT NULL AND p.ended_at IS NULL AND current_date BETWEEN p.starts_on AND p.ends_on
        ORDER BY n.travels_on, n.made_at;
END $$;

CREATE FUNCTION enforcement_end(given text) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE firewall_enforcementsession SET ended_at = now() WHERE digest = given AND ended_at IS NULL
$$;

-- Whom an invitation is for, as long as it stands.
CREATE FUNCTION enforcement_invited(given text) RETURNS TABLE (name text, email text, body text) LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.name, a.email, b.name FROM firewall_enforcementaccount a
    JOIN organisations_organisation b ON b.id = a.organisation_id
    WHERE given <> '' AND a.invitation_digest = given AND a.invited_until > now() AND a.ended_at IS NULL
$$;

-- Takes an invitation up, once: a password of one's own and a second factor.
CREATE FUNCTION enforcement_accept(given text, new_password text, new_factor bytea) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE which uuid; whose uuid;
BEGIN
    UPDATE firewall_enforcementaccount SET password = new_password, factor = new_factor, last_code = 0,
        invitation_digest = '', invited_until = NULL, failures = 0, closed_until = NULL
    WHERE given <> '' AND invitation_digest = given AND invited_until > now() AND ended_at IS NULL
    RETURNING id, organisation_id INTO which, whose;
    IF which IS NULL THEN RETURN false; END IF;
    PERFORM enforcement_note(which, whose, 'enforcement.join', false);
    RETURN true;
END $$;

ALTER FUNCTION enforcement_note(uuid, uuid, text, boolean) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_note(uuid, uuid, text, boolean) FROM PUBLIC, homeward_application;
ALTER FUNCTION enforcement_account(text) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_account(text) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_account(text) TO homeward_enforcement;
ALTER FUNCTION enforcement_failed(uuid) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_failed(uuid) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_failed(uuid) TO homeward_enforcement;
ALTER FUNCTION enforcement_begin(uuid, bigint, text) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_begin(uuid, bigint, text) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_begin(uuid, bigint, text) TO homeward_enforcement;
ALTER FUNCTION enforcement_session(text) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_session(text) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_session(text) TO homeward_enforcement;
ALTER FUNCTION enforcement_notices(text) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_notices(text) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_notices(text) TO homeward_enforcement;
ALTER FUNCTION enforcement_end(text) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_end(text) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_end(text) TO homeward_enforcement;
ALTER FUNCTION enforcement_invited(text) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_invited(text) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_invited(text) TO homeward_enforcement;
ALTER FUNCTION enforcement_accept(text, text, bytea) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION enforcement_accept(text, text, bytea) FROM PUBLIC, homeward_application;
GRANT EXECUTE ON FUNCTION enforcement_accept(text, text, bytea) TO homeward_enforcement;
"""

REMOVE = """
DROP FUNCTION enforcement_accept(text, text, bytea);
DROP FUNCTION enforcement_invited(text);
DROP FUNCTION enforcement_end(text);
DROP FUNCTION enforcement_notices(text);
DROP FUNCTION enforcement_session(text);
DROP FUNCTION enforcement_begin(uuid, bigint, text);
DROP FUNCTION enforcement_failed(uuid);
DROP FUNCTION enforcement_account(text);
DROP FUNCTION enforcement_note(uuid, uuid, text, boolean);
DROP TRIGGER has_a_protocol ON firewall_travelnotice;
DROP FUNCTION firewall_notice_has_a_protocol();
DROP POLICY firewall_adds ON audit_pending;
DROP POLICY firewall_adds ON audit_entry;
DROP POLICY firewall_reads ON organisations_organisation;
REVOKE INSERT ON audit_entry, audit_pending FROM homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("firewall", "0001_protocols_and_notices"),
        ("access", "0005_close_functions"),
        ("audit", "0004_protect_seals"),
    ]
    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop), migrations.RunSQL(FUNCTIONS, REMOVE)]

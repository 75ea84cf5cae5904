"""Agreements are their parties'; a disclosure is its giver's and its recipient's; content is open while it is live.

The database itself refuses a disclosure that no live clause, transfer rule or second person stands behind,
whoever asks. When an agreement ends, what rests on it ends in the same transaction, or rests from now on the
amendment that replaced it.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_force('sharing_agreement');
CREATE POLICY read_by_parties ON sharing_agreement FOR SELECT
    USING ((SELECT homeward_organisation()) = ANY (party_ids));
CREATE POLICY proposed_by_a_party ON sharing_agreement FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND organisation_id = ANY (party_ids)
        AND state = 'proposed');
CREATE POLICY moved_on_by_parties ON sharing_agreement FOR UPDATE
    USING ((SELECT homeward_organisation()) = ANY (party_ids));

SELECT homeward_force('sharing_agreementparty');
CREATE POLICY read_by_parties ON sharing_agreementparty FOR SELECT
    USING (EXISTS (SELECT FROM sharing_agreement a WHERE a.id = agreement_id));
CREATE POLICY named_by_who_proposes ON sharing_agreementparty FOR INSERT
    WITH CHECK (accepted_at IS NULL AND EXISTS (SELECT FROM sharing_agreement a WHERE a.id = agreement_id
        AND a.organisation_id = (SELECT homeward_organisation())
        AND sharing_agreementparty.organisation_id = ANY (a.party_ids)));
CREATE POLICY accepted_by_itself ON sharing_agreementparty FOR UPDATE
    USING (organisation_id = (SELECT homeward_organisation()));

SELECT homeward_force('sharing_clause');
CREATE POLICY read_by_parties ON sharing_clause FOR SELECT
    USING (EXISTS (SELECT FROM sharing_agreement a WHERE a.id = agreement_id));
CREATE POLICY written_by_who_proposes ON sharing_clause FOR INSERT
    WITH CHECK (EXISTS (SELECT FROM sharing_agreement a WHERE a.id = agreement_id
        AND a.organisation_id = (SELECT homeward_organisation())
        AND giver_id = ANY (a.party_ids) AND receiver_id = ANY (a.party_ids)));

SELECT homeward_protect_by_organisation('sharing_transferrule');
SELECT homeward_protect_by_organisation('sharing_override');

SELECT homeward_force('sharing_disclosure');
CREATE POLICY read_by_giver_and_recipient ON sharing_disclosure FOR SELECT
    USING (by_organisation_id = (SELECT homeward_organisation())
        OR organisation_id = (SELECT homeward_organisation()));
CREATE POLICY made_by_giver ON sharing_disclosure FOR INSERT
    WITH CHECK (by_organisation_id = (SELECT homeward_organisation()) AND made_by_id = (SELECT homeward_user())
        AND ended_at IS NULL AND first_opened_at IS NULL AND receipt_at IS NULL);
CREATE POLICY moved_on_by_giver_and_recipient ON sharing_disclosure FOR UPDATE
    USING (by_organisation_id = (SELECT homeward_organisation())
        OR organisation_id = (SELECT homeward_organisation()));

SELECT homeward_force('sharing_disclosedcontent');
CREATE POLICY read_while_live ON sharing_disclosedcontent FOR SELECT
    USING (EXISTS (SELECT FROM sharing_disclosure d WHERE d.id = disclosure_id
        AND (d.by_organisation_id = (SELECT homeward_organisation())
            OR (d.organisation_id = (SELECT homeward_organisation())
                AND d.ended_at IS NULL AND d.until > now()))));
CREATE POLICY sealed_by_giver ON sharing_disclosedcontent FOR INSERT
    WITH CHECK (EXISTS (SELECT FROM sharing_disclosure d WHERE d.id = disclosure_id
        AND d.by_organisation_id = (SELECT homeward_organisation()) AND d.first_opened_at IS NULL));

CREATE POLICY key_of_disclosed_person ON privacy_subjectkey FOR SELECT
    USING (EXISTS (SELECT FROM sharing_disclosure d WHERE d.organisation_id = (SELECT homeward_organisation())
        AND d.subject_id = privacy_subjectkey.subject_id AND d.kind = 'package'
        AND d.ended_at IS NULL AND d.until > now()));

REVOKE DELETE ON sharing_agreement, sharing_agreementparty, sharing_clause, sharing_transferrule,
    sharing_override, sharing_disclosure, sharing_disclosedcontent FROM homeward_application;
REVOKE UPDATE ON sharing_clause, sharing_disclosedcontent FROM homeward_application;
"""

CHECKS = """
-- An agreement binds no enforcement body: those have a protocol of their own.
CREATE FUNCTION sharing_party_may_be_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM organisations_organisation o WHERE o.id = NEW.organisation_id
        AND o.organisation_class = 'enforcement') THEN
        RAISE check_violation USING MESSAGE = 'An enforcement body is no party to an agreement about sharing.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER may_be_bound BEFORE INSERT ON sharing_agreementparty
    FOR EACH ROW EXECUTE FUNCTION sharing_party_may_be_bound();

-- Nothing is added to what somebody has accepted.
CREATE FUNCTION sharing_agreement_is_still_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM sharing_agreement a WHERE a.id = NEW.agreement_id AND a.state = 'proposed')
        OR EXISTS (SELECT FROM sharing_agreementparty p WHERE p.agreement_id = NEW.agreement_id
            AND p.accepted_at IS NOT NULL) THEN
        RAISE check_violation USING MESSAGE = 'What was accepted is not changed: propose an amendment.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_an_open_agreement BEFORE INSERT ON sharing_agreementparty
    FOR EACH ROW EXECUTE FUNCTION sharing_agreement_is_still_open();
CREATE TRIGGER of_an_open_agreement BEFORE INSERT ON sharing_clause
    FOR EACH ROW EXECUTE FUNCTION sharing_agreement_is_still_open();

CREATE FUNCTION sharing_party_accepts_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.accepted_at IS NOT NULL OR NEW.accepted_by_id IS DISTINCT FROM homeward_user()
        OR (NEW.agreement_id, NEW.organisation_id) IS DISTINCT FROM (OLD.agreement_id, OLD.organisation_id)
        OR NOT EXISTS (SELECT FROM sharing_agreement a WHERE a.id = NEW.agreement_id AND a.state = 'proposed') THEN
        RAISE check_violation USING MESSAGE = 'A party accepts an open agreement, once, in its own name.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accepts_once BEFORE UPDATE ON sharing_agreementparty
    FOR EACH ROW EXECUTE FUNCTION sharing_party_accepts_once();

CREATE FUNCTION sharing_agreement_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moving text[] := ARRAY['state', 'in_force_at', 'ended_at', 'ended_by_name', 'ended_why'];
BEGIN
    IF to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving THEN
        RAISE check_violation USING MESSAGE = 'What was proposed is not changed: propose an amendment.';
    END IF;
    IF OLD.state = 'ended' OR (OLD.state = 'in_force' AND NEW.state <> 'ended') THEN
        RAISE check_violation USING MESSAGE = 'An agreement only moves on.';
    END IF;
    IF NEW.state = 'in_force' AND (NOT EXISTS (SELECT FROM sharing_clause c WHERE c.agreement_id = NEW.id)
        OR cardinality(NEW.party_ids) <> (SELECT count(*) FROM sharing_agreementparty p
            WHERE p.agreement_id = NEW.id AND p.accepted_at IS NOT NULL)) THEN
        RAISE check_violation USING MESSAGE = 'An agreement is in force when every party accepted it.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves_on BEFORE UPDATE ON sharing_agreement
    FOR EACH ROW EXECUTE FUNCTION sharing_agreement_moves_on();

CREATE FUNCTION sharing_override_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answered text[] := ARRAY['is_agreed', 'answered_by_id', 'answered_by_name', 'answered_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.asked_by_id IS DISTINCT FROM homeward_user() OR NEW.is_agreed IS NOT NULL THEN
            RAISE check_violation USING MESSAGE = 'One person asks, in their own name; another answers.';
        END IF;
    ELSIF OLD.is_agreed IS NOT NULL OR NEW.answered_by_id IS DISTINCT FROM homeward_user()
        OR NEW.answered_by_id = OLD.asked_by_id OR to_jsonb(NEW) - answered <> to_jsonb(OLD) - answered THEN
        RAISE check_violation USING MESSAGE = 'A second person answers, once, in their own name.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answered_once BEFORE INSERT OR UPDATE ON sharing_override
    FOR EACH ROW EXECUTE FUNCTION sharing_override_is_answered_once();

-- A disclosure stands on a live clause that covers it, a rule for its border, and two people where it must.
CREATE FUNCTION sharing_disclosure_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    agreed sharing_clause;
    ends date;
    giver organisations_organisation;
    receiver organisations_organisation;
    special boolean := NEW.categories::text[] && ARRAY['vulnerability', 'health', 'protection'];
BEGIN
    SELECT * INTO agreed FROM sharing_clause c WHERE c.id = NEW.clause_id;
    SELECT a.ends_on INTO ends FROM sharing_agreement a WHERE a.id = agreed.agreement_id AND a.state = 'in_force'
        AND a.starts_on <= CURRENT_DATE AND a.ends_on >= CURRENT_DATE;
    SELECT * INTO giver FROM organisations_organisation o WHERE o.id = NEW.by_organisation_id;
    SELECT * INTO receiver FROM organisations_organisation o WHERE o.id = NEW.organisation_id;
    IF ends IS NULL OR agreed.giver_id <> NEW.by_organisation_id OR agreed.receiver_id <> NEW.organisation_id
        OR NOT NEW.purpose = ANY (agreed.purposes) OR NOT NEW.categories <@ agreed.categories
        OR NEW.until > (ends + 1)::timestamptz OR receiver.organisation_class = 'enforcement' THEN
        RAISE check_violation USING MESSAGE = 'No agreement in force covers this disclosure.';
    END IF;
    IF giver.country <> receiver.country AND NOT EXISTS (SELECT FROM sharing_transferrule r
        WHERE r.organisation_id = giver.id AND r.ended_at IS NULL
        AND (r.from_countries = '{}' OR giver.country = ANY (r.from_countries))
        AND (r.to_countries = '{}' OR receiver.country = ANY (r.to_countries))
        AND r.receiver_class IN ('', receiver.organisation_class) AND (r.covers_special OR NOT special)
        AND agreed.transfer_basis = ANY (r.bases)) THEN
        RAISE check_violation USING MESSAGE = 'No rule lets this disclosure cross the border.';
    END IF;
    IF NEW.override_id IS NOT NULL AND NOT EXISTS (SELECT FROM sharing_override v WHERE v.id = NEW.override_id
        AND v.is_agreed AND v.organisation_id = NEW.by_organisation_id AND v.receiver_id = NEW.organisation_id
        AND v.subject_id = NEW.subject_id AND v.purpose = NEW.purpose AND NEW.categories <@ v.categories
        AND NEW.until <= v.until) THEN
        RAISE check_violation USING MESSAGE = 'Two people did not agree to this.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE INSERT ON sharing_disclosure
    FOR EACH ROW EXECUTE FUNCTION sharing_disclosure_stands();

-- A disclosure is opened by its recipient, ended by either, told of by the recipient; nothing else changes.
CREATE FUNCTION sharing_disclosure_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := ARRAY['ended_at', 'ended_by_id', 'ended_by_name', 'ended_why'];
    received text[] := ARRAY['first_opened_at', 'receipt_at', 'receipt_by_name'];
BEGIN
    IF to_jsonb(NEW) - (ending || received) <> to_jsonb(OLD) - (ending || received)
        OR (OLD.ended_at IS NOT NULL AND to_jsonb(NEW) - received <> to_jsonb(OLD) - received)
        OR (OLD.first_opened_at IS NOT NULL AND NEW.first_opened_at IS DISTINCT FROM OLD.first_opened_at)
        OR (NEW.organisation_id <> homeward_organisation() AND (NEW.first_opened_at, NEW.receipt_at)
            IS DISTINCT FROM (OLD.first_opened_at, OLD.receipt_at)) THEN
        RAISE check_violation USING MESSAGE = 'What was disclosed is not changed: end it and disclose anew.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves_on BEFORE UPDATE ON sharing_disclosure FOR EACH ROW
    WHEN (current_user <> 'homeward_definer') EXECUTE FUNCTION sharing_disclosure_moves_on();

-- What rests on an agreement that ends, ends with it, unless the amendment that replaces it covers it.
GRANT SELECT ON sharing_agreement, sharing_clause TO homeward_definer;
GRANT SELECT, UPDATE ON sharing_disclosure TO homeward_definer;
CREATE POLICY definer ON sharing_agreement FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON sharing_clause FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON sharing_disclosure TO homeward_definer USING (true) WITH CHECK (true);
CREATE FUNCTION sharing_agreement_ends_what_rests_on_it() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE sharing_disclosure d SET clause_id = n.id, until = least(d.until, (a.ends_on + 1)::timestamptz)
        FROM sharing_clause o, sharing_clause n, sharing_agreement a
        WHERE o.agreement_id = NEW.id AND d.clause_id = o.id AND d.ended_at IS NULL AND d.until > now()
        AND a.amends_id = NEW.id AND a.state = 'in_force' AND a.starts_on <= CURRENT_DATE AND n.agreement_id = a.id
        AND n.giver_id = o.giver_id AND n.receiver_id = o.receiver_id AND n.transfer_basis = o.transfer_basis
        AND d.purpose = ANY (n.purposes) AND d.categories <@ n.categories;
    UPDATE sharing_disclosure d SET ended_at = now(), ended_why = 'agreement_ended'
        FROM sharing_clause o WHERE o.agreement_id = NEW.id AND d.clause_id = o.id AND d.ended_at IS NULL;
    RETURN NULL;
END $$;
ALTER FUNCTION sharing_agreement_ends_what_rests_on_it() OWNER TO homeward_definer;
CREATE TRIGGER ends_what_rests_on_it AFTER UPDATE ON sharing_agreement FOR EACH ROW
    WHEN (NEW.state = 'ended' AND OLD.state = 'in_force')
    EXECUTE FUNCTION sharing_agreement_ends_what_rests_on_it();
"""

REMOVE_CHECKS = """
DROP TRIGGER ends_what_rests_on_it ON sharing_agreement;
DROP FUNCTION sharing_agreement_ends_what_rests_on_it();
DROP POLICY definer ON sharing_disclosure;
DROP POLICY definer ON sharing_clause;
DROP POLICY definer ON sharing_agreement;
DROP TRIGGER moves_on ON sharing_disclosure;
DROP FUNCTION sharing_disclosure_moves_on();
DROP TRIGGER stands ON sharing_disclosure;
DROP FUNCTION sharing_disclosure_stands();
DROP TRIGGER answered_once ON sharing_override;
DROP FUNCTION sharing_override_is_answered_once();
DROP TRIGGER moves_on ON sharing_agreement;
DROP FUNCTION sharing_agreement_moves_on();
DROP TRIGGER accepts_once ON sharing_agreementparty;
DROP FUNCTION sharing_party_accepts_once();
DROP TRIGGER of_an_open_agreement ON sharing_clause;
DROP TRIGGER of_an_open_agreement ON sharing_agreementparty;
DROP FUNCTION sharing_agreement_is_still_open();
DROP TRIGGER may_be_bound ON sharing_agreementparty;
DROP FUNCTION sharing_party_may_be_bound();
"""

REMOVE = """
DROP POLICY key_of_disclosed_person ON privacy_subjectkey;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0001_agreements_and_disclosures"),
        ("privacy", "0002_protect_subject_keys"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE), migrations.RunSQL(CHECKS, REMOVE_CHECKS)]

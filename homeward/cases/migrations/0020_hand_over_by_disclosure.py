"""A case is offered and passed on by a disclosure that stands, and what the former lead reads on is one too.

`move_lead` demands the live disclosure to the next lead and ends what the former lead reads; `grant_case` opens it
again where the next lead disclosed it to them.
"""

from django.db import migrations

DISCLOSED = """
DROP TRIGGER is_accepted_under_an_agreement ON cases_handover;
DROP TRIGGER is_offered_under_an_agreement ON cases_handover;
DROP FUNCTION cases_handover_is_agreed();
CREATE FUNCTION cases_handover_is_disclosed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM sharing_disclosure d WHERE d.id = NEW.disclosure_id AND d.case_id = NEW.case_id
        AND d.by_organisation_id = NEW.from_organisation_id AND d.organisation_id = NEW.to_organisation_id
        AND d.kind = 'case' AND d.purpose = 'handover' AND d.ended_at IS NULL AND d.until > now()) THEN
        RAISE check_violation USING MESSAGE = 'No live disclosure lets this case be handed over.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER offered_by_a_disclosure BEFORE INSERT ON cases_handover
    FOR EACH ROW WHEN (NEW.kind = 'offer') EXECUTE FUNCTION cases_handover_is_disclosed();
CREATE TRIGGER accepted_by_a_disclosure BEFORE UPDATE ON cases_handover
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND NEW.kind IN ('offer', 'request')
        AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION cases_handover_is_disclosed();

CREATE OR REPLACE FUNCTION move_lead(which_handover uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE given cases_handover; lead cases_listing;
BEGIN
    SELECT * INTO given FROM cases_handover WHERE id = which_handover AND state = 'accepted'
        AND kind IN ('offer', 'request') AND homeward_organisation()
            = CASE kind WHEN 'offer' THEN to_organisation_id ELSE from_organisation_id END;
    SELECT * INTO lead FROM cases_listing l WHERE l.case_id = given.case_id AND l.scope = 'lead'
        AND l.organisation_id = given.from_organisation_id FOR UPDATE;
    IF given.id IS NULL OR lead.id IS NULL OR NOT EXISTS (SELECT FROM sharing_disclosure d
        WHERE d.id = given.disclosure_id AND d.case_id = given.case_id AND d.kind = 'case'
        AND d.purpose = 'handover' AND d.by_organisation_id = given.from_organisation_id
        AND d.organisation_id = given.to_organisation_id AND d.ended_at IS NULL AND d.until > now()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'The lead of this case was not passed on.';
    END IF;
    UPDATE cases_listing SET scope = 'participant', until = now() WHERE id = lead.id;
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
"""

AGREED = """
DROP TRIGGER accepted_by_a_disclosure ON cases_handover;
DROP TRIGGER offered_by_a_disclosure ON cases_handover;
DROP FUNCTION cases_handover_is_disclosed();
CREATE FUNCTION cases_handover_is_agreed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM sharing_clause c JOIN sharing_agreement a ON a.id = c.agreement_id
        WHERE c.giver_id = NEW.from_organisation_id AND c.receiver_id = NEW.to_organisation_id
        AND 'handover' = ANY (c.purposes) AND a.state = 'in_force'
        AND a.starts_on <= CURRENT_DATE AND a.ends_on >= CURRENT_DATE) THEN
        RAISE check_violation USING MESSAGE = 'No agreement in force lets this case be handed over.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_offered_under_an_agreement BEFORE INSERT ON cases_handover
    FOR EACH ROW WHEN (NEW.kind = 'offer') EXECUTE FUNCTION cases_handover_is_agreed();
CREATE TRIGGER is_accepted_under_an_agreement BEFORE UPDATE ON cases_handover
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND NEW.kind IN ('offer', 'request')
        AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION cases_handover_is_agreed();

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
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_ask_for_exceptions_like_for_other_approvals")]
    operations = [migrations.RunSQL(DISCLOSED, AGREED)]

"""A handover belongs to its two sides; accepting it moves the lead; a case has exactly one lead at any time.

Offers made before, kept on the case itself, become handovers. `move_lead` and `tell_as_party` run as the NOLOGIN
role `homeward_definer` and check the caller's part in the handover.
"""

from django.db import migrations

MOVE = """
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
INSERT INTO cases_handover (id, case_id, kind, state, from_organisation_id, to_organisation_id, waits_for_id,
    due_on, basis, message, their_reference, shown, appointment_ids, document_ids, stays_until, begun_by_id,
    begun_by_name, begun_at, lead_user_name, decline_reason, ended_note, ended_by_name, escalated_times)
SELECT gen_random_uuid(), c.id, 'offer', 'offered', c.lead_organisation_id, c.lead_offered_to_id,
    c.lead_offered_to_id, current_date + 7, '', '', '', jsonb_build_object('reference', c.reference,
    'stage', c.stage), '{}', '{}', current_date + 365, c.lead_user_id, u.name, now(), '', '', '', '', 0
FROM cases_case c JOIN organisations_user u ON u.id = c.lead_user_id WHERE c.lead_offered_to_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
"""

PROTECT = """
SELECT homeward_force('cases_handover');
CREATE POLICY its_two_sides ON cases_handover
    USING ((SELECT homeward_organisation()) IN (from_organisation_id, to_organisation_id))
    WITH CHECK ((SELECT homeward_organisation()) IN (from_organisation_id, to_organisation_id));
CREATE POLICY earlier_ones_of_led_cases ON cases_handover FOR SELECT
    USING (EXISTS (SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.case_id = cases_handover.case_id AND l.scope = 'lead'));

SELECT homeward_force('cases_handovermessage');
CREATE POLICY of_a_seen_handover ON cases_handovermessage
    USING (EXISTS (SELECT 1 FROM cases_handover h WHERE h.id = cases_handovermessage.handover_id))
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND EXISTS (SELECT 1 FROM cases_handover h WHERE h.id = cases_handovermessage.handover_id
            AND h.waits_for_id IS NOT NULL
            AND (SELECT homeward_organisation()) IN (h.from_organisation_id, h.to_organisation_id)));
REVOKE UPDATE ON cases_handovermessage FROM homeward_application;

SELECT homeward_force('cases_casequestion');
CREATE POLICY who_asks_and_who_is_asked ON cases_casequestion
    USING (organisation_id = (SELECT homeward_organisation())
        OR (to_organisation_id = (SELECT homeward_organisation()) AND until >= current_date))
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        OR (to_organisation_id = (SELECT homeward_organisation()) AND until >= current_date));
CREATE POLICY earlier_ones_of_led_cases ON cases_casequestion FOR SELECT
    USING (EXISTS (SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.case_id = cases_casequestion.case_id AND l.scope = 'lead'));

CREATE FUNCTION cases_handover_keeps_its_sides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own uuid := homeward_organisation(); mine cases_listing; decides uuid; began uuid;
BEGIN
    decides := CASE NEW.kind WHEN 'offer' THEN NEW.to_organisation_id ELSE NEW.from_organisation_id END;
    began := CASE NEW.kind WHEN 'offer' THEN NEW.from_organisation_id ELSE NEW.to_organisation_id END;
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO mine FROM cases_listing WHERE organisation_id = own AND case_id = NEW.case_id;
        IF NEW.state <> 'offered' OR began IS DISTINCT FROM own OR mine.id IS NULL
            OR (mine.scope = 'lead') = (NEW.kind = 'request')
            OR (NEW.kind = 'request' AND mine.lead_organisation_id <> NEW.from_organisation_id) THEN
            RAISE insufficient_privilege USING MESSAGE = 'This handover is not yours to begin.';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state IN ('accepted', 'declined', 'recalled')
        OR (OLD.case_id, OLD.kind, OLD.from_organisation_id, OLD.to_organisation_id, OLD.begun_by_id, OLD.shown)
            IS DISTINCT FROM
           (NEW.case_id, NEW.kind, NEW.from_organisation_id, NEW.to_organisation_id, NEW.begun_by_id, NEW.shown)
        OR (NEW.state <> OLD.state AND own IS DISTINCT FROM
            CASE WHEN NEW.state IN ('answered', 'recalled') THEN began ELSE decides END) THEN
        RAISE insufficient_privilege USING MESSAGE = 'This handover is not yours to change so.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_its_sides BEFORE INSERT OR UPDATE ON cases_handover
    FOR EACH ROW EXECUTE FUNCTION cases_handover_keeps_its_sides();

CREATE FUNCTION cases_question_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.case_id, OLD.organisation_id, OLD.to_organisation_id, OLD.text, OLD.asked_by_id, OLD.until)
            IS DISTINCT FROM
       (NEW.case_id, NEW.organisation_id, NEW.to_organisation_id, NEW.text, NEW.asked_by_id, NEW.until)
        OR (OLD.answer, OLD.answered_at) IS DISTINCT FROM (NEW.answer, NEW.answered_at) AND (
            OLD.answered_at IS NOT NULL OR NEW.to_organisation_id IS DISTINCT FROM homeward_organisation()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'A question is answered once, by who was asked.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_answered_once BEFORE UPDATE ON cases_casequestion
    FOR EACH ROW EXECUTE FUNCTION cases_question_is_answered_once();
"""

FUNCTIONS = """
GRANT SELECT ON cases_handover TO homeward_definer;
GRANT SELECT, UPDATE ON cases_appointment, cases_casedocument TO homeward_definer;
GRANT INSERT ON cases_event TO homeward_definer;
CREATE POLICY definer ON cases_handover FOR SELECT TO homeward_definer USING (true);
CREATE POLICY definer ON cases_appointment TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON cases_casedocument TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON cases_event FOR INSERT TO homeward_definer WITH CHECK (true);

-- Passes the lead on as an accepted handover says, when the side that decided asks; what comes along moves too.
DROP FUNCTION move_lead(uuid);
CREATE FUNCTION move_lead(which_handover uuid) RETURNS void LANGUAGE plpgsql
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
        SET scope = 'lead', until = NULL, worker_id = given.lead_user_id;
    UPDATE cases_appointment SET organisation_id = given.to_organisation_id, worker_id = given.lead_user_id,
        worker_name = given.lead_user_name, reminded_at = NULL, version = version + 1
        WHERE case_id = given.case_id AND state = 'open' AND id = ANY (given.appointment_ids)
        AND organisation_id = given.from_organisation_id;
    UPDATE cases_casedocument SET visibility = 'case' WHERE case_id = given.case_id
        AND id = ANY (given.document_ids) AND organisation_id = given.from_organisation_id;
END $$;

-- Tells the timeline of a case in the name of an organisation that has a part in a handover of it.
CREATE FUNCTION tell_as_party(line uuid, which uuid, told text, day date, who text, about uuid)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cases_handover WHERE case_id = which
        AND homeward_organisation() IN (from_organisation_id, to_organisation_id)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'Your organisation has no part in this case.';
    END IF;
    INSERT INTO cases_event (id, case_id, organisation_id, kind, "on", at, actor_name, subject_id, visibility)
    VALUES (line, which, homeward_organisation(), told, day, now(), who, about, 'case');
END $$;

-- At the end of each transaction a case has one lead, and it is the one that the case names.
CREATE FUNCTION cases_have_one_lead() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE which uuid; named uuid; leads uuid[];
BEGIN
    IF TG_TABLE_NAME = 'cases_case' THEN
        which := NEW.id;
    ELSE
        which := OLD.case_id;
    END IF;
    SELECT lead_organisation_id INTO named FROM cases_case WHERE id = which;
    IF NOT FOUND THEN
        RETURN NULL;  -- the case is gone too
    END IF;
    SELECT array_agg(organisation_id) INTO leads FROM cases_listing WHERE case_id = which AND scope = 'lead';
    IF leads IS DISTINCT FROM ARRAY[named] THEN
        RAISE check_violation USING MESSAGE = 'A case has exactly one lead.', CONSTRAINT = 'exactly_one_lead';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER new_case_has_one_lead AFTER INSERT ON cases_case DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cases_have_one_lead();
CREATE CONSTRAINT TRIGGER case_keeps_one_lead AFTER UPDATE ON cases_case DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.lead_organisation_id IS DISTINCT FROM NEW.lead_organisation_id)
    EXECUTE FUNCTION cases_have_one_lead();
CREATE CONSTRAINT TRIGGER lead_is_passed_on AFTER UPDATE ON cases_listing DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.scope IS DISTINCT FROM NEW.scope) EXECUTE FUNCTION cases_have_one_lead();
CREATE CONSTRAINT TRIGGER lead_does_not_vanish AFTER DELETE ON cases_listing DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.scope = 'lead') EXECUTE FUNCTION cases_have_one_lead();

ALTER FUNCTION move_lead(uuid) OWNER TO homeward_definer;
ALTER FUNCTION tell_as_party(uuid, uuid, text, date, text, uuid) OWNER TO homeward_definer;
ALTER FUNCTION cases_have_one_lead() OWNER TO homeward_definer;
"""

UNPROTECT = """
DROP TRIGGER is_answered_once ON cases_casequestion;
DROP FUNCTION cases_question_is_answered_once();
DROP TRIGGER keeps_its_sides ON cases_handover;
DROP FUNCTION cases_handover_keeps_its_sides();
GRANT UPDATE ON cases_handovermessage TO homeward_application;
DROP POLICY earlier_ones_of_led_cases ON cases_casequestion;
DROP POLICY who_asks_and_who_is_asked ON cases_casequestion;
DROP POLICY of_a_seen_handover ON cases_handovermessage;
DROP POLICY earlier_ones_of_led_cases ON cases_handover;
DROP POLICY its_two_sides ON cases_handover;
ALTER TABLE cases_casequestion NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_casequestion DISABLE ROW LEVEL SECURITY;
ALTER TABLE cases_handovermessage NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_handovermessage DISABLE ROW LEVEL SECURITY;
ALTER TABLE cases_handover NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_handover DISABLE ROW LEVEL SECURITY;
"""

REMOVE = """
DROP TRIGGER lead_does_not_vanish ON cases_listing;
DROP TRIGGER lead_is_passed_on ON cases_listing;
DROP TRIGGER case_keeps_one_lead ON cases_case;
DROP TRIGGER new_case_has_one_lead ON cases_case;
DROP FUNCTION cases_have_one_lead();
DROP FUNCTION tell_as_party(uuid, uuid, text, date, text, uuid);
DROP FUNCTION move_lead(uuid);
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
ALTER FUNCTION move_lead(uuid) OWNER TO homeward_definer;
DROP POLICY definer ON cases_event;
DROP POLICY definer ON cases_casedocument;
DROP POLICY definer ON cases_appointment;
DROP POLICY definer ON cases_handover;
REVOKE INSERT ON cases_event FROM homeward_definer;
REVOKE SELECT, UPDATE ON cases_appointment, cases_casedocument FROM homeward_definer;
REVOKE SELECT ON cases_handover FROM homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_hand_over")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RunSQL(PROTECT, UNPROTECT),
        migrations.RunSQL(FUNCTIONS, REMOVE),
    ]

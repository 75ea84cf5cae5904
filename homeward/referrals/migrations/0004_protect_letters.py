"""A letter is its sender's alone, and the unit of the room kept is written with the answer."""

from django.db import migrations

PROTECT = """
SELECT homeward_force('referrals_referralletter');
CREATE POLICY read_by_sender ON referrals_referralletter FOR SELECT
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id
        AND referrals_sends(r.case_id, r.from_organisation_id)));
CREATE POLICY written_by_sender ON referrals_referralletter FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id
            AND r.case_id = referrals_referralletter.case_id AND r.to_organisation_id IS NULL
            AND r.state = 'draft' AND referrals_sends(r.case_id, r.from_organisation_id)));
REVOKE UPDATE, DELETE ON referrals_referralletter FROM homeward_application;
"""
REMOVE = """
GRANT UPDATE, DELETE ON referrals_referralletter TO homeward_application;
DROP POLICY written_by_sender ON referrals_referralletter;
DROP POLICY read_by_sender ON referrals_referralletter;
"""
MOVES_ON = """
CREATE OR REPLACE FUNCTION referrals_referral_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['disclosure_id', 'state', 'sent_at', 'acknowledged_at', 'replied_at',
        'reply_due_at', 'reminded_at', 'escalated_at', 'ended_at', 'reason', 'outcome', 'holds_room', 'room_unit',
        'version', 'from_organisation_id'];
    sends boolean := referrals_sends(OLD.case_id, OLD.from_organisation_id);
    receives boolean := OLD.to_organisation_id = homeward_organisation();
BEGIN
    IF (to_jsonb(NEW) - may_change) <> (to_jsonb(OLD) - may_change)
        OR (OLD.state <> 'draft' AND NEW.disclosure_id IS DISTINCT FROM OLD.disclosure_id) THEN
        RAISE check_violation USING MESSAGE = 'What was asked of a service is not changed.';
    END IF;
    IF NEW.from_organisation_id <> OLD.from_organisation_id
        AND NOT (sends AND NEW.from_organisation_id = homeward_organisation()) THEN
        RAISE check_violation USING MESSAGE = 'Only who leads the case takes its referrals over.';
    END IF;
    IF NEW.state = OLD.state THEN
        IF OLD.ended_at IS NOT NULL THEN
            RAISE check_violation USING MESSAGE = 'A referral that has ended is not changed.';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT referrals_may_move(OLD.state, NEW.state) THEN
        RAISE check_violation USING MESSAGE = 'A referral does not move this way.';
    END IF;
    IF NEW.state IN ('sent', 'recalled', 'expired') AND NOT sends THEN
        RAISE check_violation USING MESSAGE = 'Only who sends a referral sends it, takes it back or lets it expire.';
    END IF;
    IF NEW.state NOT IN ('sent', 'recalled', 'expired')
        AND NOT (coalesce(receives, false) OR (OLD.to_organisation_id IS NULL AND sends)) THEN
        RAISE check_violation USING MESSAGE = 'Only who received a referral answers it.';
    END IF;
    RETURN NEW;
END $$;
"""
MOVED_ON = """
CREATE OR REPLACE FUNCTION referrals_referral_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['disclosure_id', 'state', 'sent_at', 'acknowledged_at', 'replied_at',
        'reply_due_at', 'reminded_at', 'escalated_at', 'ended_at', 'reason', 'outcome', 'holds_room',
        'version', 'from_organisation_id'];
    sends boolean := referrals_sends(OLD.case_id, OLD.from_organisation_id);
    receives boolean := OLD.to_organisation_id = homeward_organisation();
BEGIN
    IF (to_jsonb(NEW) - may_change) <> (to_jsonb(OLD) - may_change)
        OR (OLD.state <> 'draft' AND NEW.disclosure_id IS DISTINCT FROM OLD.disclosure_id) THEN
        RAISE check_violation USING MESSAGE = 'What was asked of a service is not changed.';
    END IF;
    IF NEW.from_organisation_id <> OLD.from_organisation_id
        AND NOT (sends AND NEW.from_organisation_id = homeward_organisation()) THEN
        RAISE check_violation USING MESSAGE = 'Only who leads the case takes its referrals over.';
    END IF;
    IF NEW.state = OLD.state THEN
        IF OLD.ended_at IS NOT NULL THEN
            RAISE check_violation USING MESSAGE = 'A referral that has ended is not changed.';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT referrals_may_move(OLD.state, NEW.state) THEN
        RAISE check_violation USING MESSAGE = 'A referral does not move this way.';
    END IF;
    IF NEW.state IN ('sent', 'recalled', 'expired') AND NOT sends THEN
        RAISE check_violation USING MESSAGE = 'Only who sends a referral sends it, takes it back or lets it expire.';
    END IF;
    IF NEW.state NOT IN ('sent', 'recalled', 'expired')
        AND NOT (coalesce(receives, false) OR (OLD.to_organisation_id IS NULL AND sends)) THEN
        RAISE check_violation USING MESSAGE = 'Only who received a referral answers it.';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_keep_room_and_letters")]
    operations = [migrations.RunSQL(PROTECT, REMOVE), migrations.RunSQL(MOVES_ON, MOVED_ON)]

"""Who sees and who moves a referral, as no role setting can widen it.

Who sends sees what they sent while they work on the case, and so does whoever leads it. Who receives sees
what was sent to them and not taken back, and never the case. The moves of a referral are a table here too;
only the sender takes back or lets expire, and only the receiver answers, unless it has no account: then the
sender records what it answered.
"""

from django.db import migrations

PROTECT = """
CREATE FUNCTION referrals_may_move(old text, new text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT new = ANY (CASE old
    WHEN 'draft' THEN ARRAY['sent', 'recalled']
    WHEN 'sent' THEN ARRAY['acknowledged', 'accepted', 'declined', 'waitlisted', 'recalled', 'expired']
    WHEN 'acknowledged' THEN ARRAY['accepted', 'declined', 'waitlisted', 'recalled', 'expired']
    WHEN 'waitlisted' THEN ARRAY['accepted', 'declined', 'recalled', 'expired']
    WHEN 'accepted' THEN ARRAY['started', 'completed', 'recalled']
    WHEN 'started' THEN ARRAY['completed', 'recalled']
    ELSE ARRAY[]::text[] END) $$;

CREATE FUNCTION referrals_sends(of_case uuid, sender uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT 1 FROM cases_listing l
    WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = of_case
    AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'
    AND (l.scope = 'lead' OR sender = (SELECT homeward_organisation()))) $$;

SELECT homeward_force('referrals_referral');
CREATE POLICY read_by_sender ON referrals_referral FOR SELECT
    USING (referrals_sends(case_id, from_organisation_id));
CREATE POLICY read_by_receiver ON referrals_referral FOR SELECT
    USING (to_organisation_id = (SELECT homeward_organisation()) AND state NOT IN ('draft', 'recalled'));
CREATE POLICY drafted_by_sender ON referrals_referral FOR INSERT
    WITH CHECK (state = 'draft' AND from_organisation_id = (SELECT homeward_organisation())
        AND referrals_sends(case_id, from_organisation_id));
CREATE POLICY moved_by_sender ON referrals_referral FOR UPDATE
    USING (referrals_sends(case_id, from_organisation_id));
CREATE POLICY moved_by_receiver ON referrals_referral FOR UPDATE
    USING (to_organisation_id = (SELECT homeward_organisation()) AND state NOT IN ('draft', 'recalled'));

SELECT homeward_force('referrals_referralevent');
CREATE POLICY read_with_the_referral ON referrals_referralevent FOR SELECT
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id));
CREATE POLICY added_by_who_acts ON referrals_referralevent FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id));

SELECT homeward_force('referrals_referralconfirmation');
CREATE POLICY read_by_sender ON referrals_referralconfirmation FOR SELECT
    USING (EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id
        AND referrals_sends(r.case_id, r.from_organisation_id)));
CREATE POLICY added_by_sender ON referrals_referralconfirmation FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id
            AND r.case_id = referrals_referralconfirmation.case_id
            AND referrals_sends(r.case_id, r.from_organisation_id)));

REVOKE DELETE ON referrals_referral FROM homeward_application;
REVOKE UPDATE, DELETE ON referrals_referralevent, referrals_referralconfirmation FROM homeward_application;

CREATE FUNCTION referrals_referral_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER referrals_referral_moves_on BEFORE UPDATE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referrals_referral_moves_on();
"""

REMOVE = """
DROP TRIGGER referrals_referral_moves_on ON referrals_referral;
DROP FUNCTION referrals_referral_moves_on();
GRANT UPDATE, DELETE ON referrals_referralevent, referrals_referralconfirmation TO homeward_application;
GRANT DELETE ON referrals_referral TO homeward_application;
DROP POLICY added_by_sender ON referrals_referralconfirmation;
DROP POLICY read_by_sender ON referrals_referralconfirmation;
DROP POLICY added_by_who_acts ON referrals_referralevent;
DROP POLICY read_with_the_referral ON referrals_referralevent;
DROP POLICY moved_by_receiver ON referrals_referral;
DROP POLICY moved_by_sender ON referrals_referral;
DROP POLICY drafted_by_sender ON referrals_referral;
DROP POLICY read_by_receiver ON referrals_referral;
DROP POLICY read_by_sender ON referrals_referral;
DROP FUNCTION referrals_sends(uuid, uuid);
DROP FUNCTION referrals_may_move(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_referrals"),
        ("cases", "0002_protect_cases"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

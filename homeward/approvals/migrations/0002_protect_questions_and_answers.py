"""An approval is seen by who asks and who answers; an answer is written by who owes it, once, and stays.

The database holds what no role setting can widen: only the organisation that owes an answer writes it, in
the order of the steps; what was asked is not changed after it was asked; nothing is approved without every
answer.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_force('approvals_approval');
CREATE POLICY read_by_parties ON approvals_approval FOR SELECT
    USING ((SELECT homeward_organisation()) = ANY (party_ids));
CREATE POLICY asked_by_own_organisation ON approvals_approval FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND organisation_id = ANY (party_ids));
CREATE POLICY moved_on_by_parties ON approvals_approval FOR UPDATE
    USING ((SELECT homeward_organisation()) = ANY (party_ids));

SELECT homeward_force('approvals_step');
CREATE POLICY read_by_parties ON approvals_step FOR SELECT
    USING ((SELECT homeward_organisation()) = ANY (party_ids));
CREATE POLICY asked_with_the_approval ON approvals_step FOR INSERT
    WITH CHECK (verdict = '' AND EXISTS (SELECT FROM approvals_approval a WHERE a.id = approval_id
        AND a.organisation_id = (SELECT homeward_organisation())
        AND a.party_ids = approvals_step.party_ids AND a.barred_ids = approvals_step.barred_ids));
CREATE POLICY answered_by_own_organisation ON approvals_step FOR UPDATE
    USING (organisation_id = (SELECT homeward_organisation()));

REVOKE DELETE ON approvals_approval, approvals_step FROM homeward_application;

CREATE FUNCTION approvals_approval_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'waiting' THEN
        RAISE check_violation USING MESSAGE = 'An approval that has ended is not changed.';
    END IF;
    IF (to_jsonb(NEW) - ARRAY['state', 'step_number', 'due_on', 'ended_at', 'version'])
        <> (to_jsonb(OLD) - ARRAY['state', 'step_number', 'due_on', 'ended_at', 'version']) THEN
        RAISE check_violation USING MESSAGE = 'What was asked is not changed.';
    END IF;
    IF NEW.state = 'approved' AND EXISTS (SELECT FROM approvals_step s WHERE s.approval_id = NEW.id
        AND s.verdict <> 'approve') THEN
        RAISE check_violation USING MESSAGE = 'Nothing is approved while an answer is missing.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_approval_moves_on BEFORE UPDATE ON approvals_approval
    FOR EACH ROW EXECUTE FUNCTION approvals_approval_moves_on();

CREATE FUNCTION approvals_step_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked approvals_approval;
BEGIN
    SELECT * INTO asked FROM approvals_approval a WHERE a.id = NEW.approval_id;
    IF OLD.verdict <> '' OR asked.state <> 'waiting' OR asked.step_number <> NEW.number THEN
        RAISE check_violation USING MESSAGE = 'Only the step that waits is answered, and once.';
    END IF;
    IF (NEW.approval_id, NEW.number, NEW.organisation_id, NEW.party_ids, NEW.barred_ids, NEW.roles, NEW.answer_days)
        IS DISTINCT FROM
        (OLD.approval_id, OLD.number, OLD.organisation_id, OLD.party_ids, OLD.barred_ids, OLD.roles, OLD.answer_days)
    THEN
        RAISE check_violation USING MESSAGE = 'What was asked is not changed.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_step_is_answered_once BEFORE UPDATE ON approvals_step
    FOR EACH ROW EXECUTE FUNCTION approvals_step_is_answered_once();
"""

REMOVE = """
DROP TRIGGER approvals_step_is_answered_once ON approvals_step;
DROP FUNCTION approvals_step_is_answered_once();
DROP TRIGGER approvals_approval_moves_on ON approvals_approval;
DROP FUNCTION approvals_approval_moves_on();
GRANT DELETE ON approvals_approval, approvals_step TO homeward_application;
DROP POLICY answered_by_own_organisation ON approvals_step;
DROP POLICY asked_with_the_approval ON approvals_step;
DROP POLICY read_by_parties ON approvals_step;
DROP POLICY moved_on_by_parties ON approvals_approval;
DROP POLICY asked_by_own_organisation ON approvals_approval;
DROP POLICY read_by_parties ON approvals_approval;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_questions_and_answers"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

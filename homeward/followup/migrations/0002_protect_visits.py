"""Visits are seen where the follow-up of a case is shared; they are one's own organisation's, or its lead's."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_case('followup_visit', 'follow_up');
SELECT homeward_protect_by_case('followup_attempt', 'follow_up');
SELECT homeward_protect_by_case('followup_businesscheck', 'follow_up');
SELECT homeward_protect_by_organisation('followup_area');

-- Who confirms an arrival plans the visits of whoever leads the case; nobody plans those of anybody else.
CREATE FUNCTION followup_may_plan_for(of_case uuid, planned uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT planned = (SELECT homeward_organisation())
    OR EXISTS (SELECT 1 FROM cases_case c WHERE c.id = of_case AND c.lead_organisation_id = planned) $$;
CREATE POLICY planned_for_own_or_lead ON followup_visit AS RESTRICTIVE FOR INSERT
    WITH CHECK (followup_may_plan_for(case_id, organisation_id));
CREATE POLICY recorded_by_own ON followup_attempt AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY recorded_by_own ON followup_businesscheck AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));

REVOKE DELETE ON followup_visit FROM homeward_application;
REVOKE UPDATE, DELETE ON followup_attempt, followup_businesscheck FROM homeward_application;

-- A visit stays with its case and its key; what is done stays done, with what was answered.
CREATE FUNCTION followup_visit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.case_id, NEW.member_id, NEW.key, NEW.round) IS DISTINCT FROM
        (OLD.case_id, OLD.member_id, OLD.key, OLD.round) THEN
        RAISE check_violation USING MESSAGE = 'A visit stays with its case, its round and its key.';
    END IF;
    IF OLD.state = 'done' AND NEW.state <> 'done' THEN
        RAISE check_violation USING MESSAGE = 'A visit that was made stays made.';
    END IF;
    IF NEW.organisation_id <> OLD.organisation_id
        AND NOT followup_may_plan_for(NEW.case_id, NEW.organisation_id) THEN
        RAISE check_violation USING MESSAGE = 'Visits go to whoever leads the case.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER followup_visit_stays BEFORE UPDATE ON followup_visit
    FOR EACH ROW EXECUTE FUNCTION followup_visit_stays();
"""

REMOVE = """
DROP TRIGGER followup_visit_stays ON followup_visit;
DROP FUNCTION followup_visit_stays();
GRANT UPDATE, DELETE ON followup_attempt, followup_businesscheck TO homeward_application;
GRANT DELETE ON followup_visit TO homeward_application;
DROP POLICY recorded_by_own ON followup_businesscheck;
DROP POLICY recorded_by_own ON followup_attempt;
DROP POLICY planned_for_own_or_lead ON followup_visit;
DROP FUNCTION followup_may_plan_for(uuid, uuid);
DROP POLICY own_organisation ON followup_area;
DROP POLICY listed_case ON followup_businesscheck;
DROP POLICY listed_case ON followup_attempt;
DROP POLICY listed_case ON followup_visit;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0001_visits"),
        ("cases", "0017_share_by_disclosure"),
        ("access", "0005_close_functions"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

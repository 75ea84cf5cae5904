"""A plan is seen by the organisations on its case; what is not a draft is not changed, by no path.

An agreement binds the hash of an approved version, and can be neither changed nor taken away.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_case('plans_plan');
SELECT homeward_protect_by_case('plans_planversion');
SELECT homeward_protect_by_case('plans_goal');
SELECT homeward_protect_by_case('plans_activity');
SELECT homeward_protect_by_case('plans_agreement');

REVOKE UPDATE, DELETE ON plans_agreement FROM homeward_application;
REVOKE DELETE ON plans_plan, plans_planversion FROM homeward_application;

CREATE FUNCTION plans_only_a_draft_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE about uuid; owner uuid; now_is text;
BEGIN
    IF TG_OP = 'DELETE' THEN about := OLD.version_id; ELSE about := NEW.version_id; END IF;
    SELECT state, case_id INTO now_is, owner FROM plans_planversion WHERE id = about;
    IF now_is <> 'draft' THEN
        RAISE check_violation USING MESSAGE = 'Only the draft of a plan is changed.';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.case_id <> owner OR (TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id) THEN
        RAISE check_violation USING MESSAGE = 'A line stays with its version and its case.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_only_a_draft_changes BEFORE INSERT OR UPDATE OR DELETE ON plans_goal
    FOR EACH ROW EXECUTE FUNCTION plans_only_a_draft_changes();
CREATE TRIGGER plans_only_a_draft_changes BEFORE INSERT OR UPDATE OR DELETE ON plans_activity
    FOR EACH ROW EXECUTE FUNCTION plans_only_a_draft_changes();

CREATE FUNCTION plans_version_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.plan_id, NEW.case_id, NEW.number) <> (OLD.plan_id, OLD.case_id, OLD.number) THEN
        RAISE check_violation USING MESSAGE = 'A version stays with its plan and its number.';
    END IF;
    IF OLD.state = NEW.state AND OLD.state <> 'draft' THEN
        RAISE check_violation USING MESSAGE = 'Only the draft of a plan is changed.';
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state, NEW.state) IN (('draft', 'proposed'), ('draft', 'approved'),
        ('proposed', 'approved'), ('proposed', 'draft'), ('proposed', 'declined'), ('approved', 'agreed'),
        ('approved', 'draft'), ('agreed', 'superseded')) THEN
        RAISE check_violation USING MESSAGE = 'A version of a plan does not move that way.';
    END IF;
    IF OLD.state NOT IN ('draft') AND NEW.state <> 'draft' AND (NEW.content_hash, NEW.reason, NEW.rights)
        IS DISTINCT FROM (OLD.content_hash, OLD.reason, OLD.rights) THEN
        RAISE check_violation USING MESSAGE = 'What was proposed is not changed.';
    END IF;
    IF NEW.state = 'agreed' AND OLD.state <> 'agreed' AND NOT EXISTS (SELECT FROM plans_agreement a
        WHERE a.version_id = NEW.id AND a.content_hash = NEW.content_hash) THEN
        RAISE check_violation USING MESSAGE = 'Nothing is agreed without the agreement of the person.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_version_moves_on BEFORE UPDATE ON plans_planversion
    FOR EACH ROW EXECUTE FUNCTION plans_version_moves_on();

CREATE FUNCTION plans_agreement_binds_its_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM plans_planversion v WHERE v.id = NEW.version_id AND v.case_id = NEW.case_id
        AND v.state = 'approved' AND v.content_hash = NEW.content_hash) THEN
        RAISE check_violation USING MESSAGE = 'An agreement binds exactly what was approved.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_agreement_binds_its_version BEFORE INSERT ON plans_agreement
    FOR EACH ROW EXECUTE FUNCTION plans_agreement_binds_its_version();
"""

REMOVE = """
DROP TRIGGER plans_agreement_binds_its_version ON plans_agreement;
DROP FUNCTION plans_agreement_binds_its_version();
DROP TRIGGER plans_version_moves_on ON plans_planversion;
DROP FUNCTION plans_version_moves_on();
DROP TRIGGER plans_only_a_draft_changes ON plans_activity;
DROP TRIGGER plans_only_a_draft_changes ON plans_goal;
DROP FUNCTION plans_only_a_draft_changes();
GRANT UPDATE, DELETE ON plans_agreement TO homeward_application;
GRANT DELETE ON plans_plan, plans_planversion TO homeward_application;
DROP POLICY listed_case ON plans_plan;
DROP POLICY listed_case ON plans_planversion;
DROP POLICY listed_case ON plans_goal;
DROP POLICY listed_case ON plans_activity;
DROP POLICY listed_case ON plans_agreement;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_plans_and_agreements"),
        ("cases", "0002_protect_cases"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

"""Assessments and proposals are of those on the case; what is finished or answered is never changed."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_case('assessments_assessment');
SELECT homeward_protect_by_case('assessments_proposal');
REVOKE DELETE ON assessments_assessment FROM homeward_application;

CREATE FUNCTION homeward_keep_finished() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('draft', 'open') THEN
        RAISE check_violation USING MESSAGE = 'What is finished or answered is not changed.';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER finished_stays BEFORE UPDATE ON assessments_assessment FOR EACH ROW
    EXECUTE FUNCTION homeward_keep_finished();
CREATE TRIGGER answered_stays BEFORE UPDATE OR DELETE ON assessments_proposal FOR EACH ROW
    EXECUTE FUNCTION homeward_keep_finished();
"""
REMOVE = """
DROP TRIGGER answered_stays ON assessments_proposal;
DROP TRIGGER finished_stays ON assessments_assessment;
DROP FUNCTION homeward_keep_finished();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_assessments"), ("cases", "0011_refuse_travel_past_closed_gates")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

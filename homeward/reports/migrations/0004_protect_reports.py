"""Reports are their organisation's; what a ready one says, its files and its recipients are never changed.

A recommendation is seen by who says it and by who it is given to: what was said stays, the answer moves on.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('reports_reporttemplate');
SELECT homeward_protect_by_organisation('reports_reportschedule');
SELECT homeward_protect_by_organisation('reports_report');
SELECT homeward_protect_by_organisation('reports_reportfile');
SELECT homeward_protect_by_organisation('reports_reportrecipient');
REVOKE DELETE ON reports_reporttemplate, reports_reportschedule, reports_report FROM homeward_application;
REVOKE UPDATE, DELETE ON reports_reportfile, reports_reportrecipient FROM homeward_application;

CREATE FUNCTION reports_ready_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    making text[] := '{state,started_at,sections_done,trouble,content,content_sha256,code_version,release_id,ready_at,ended_at,ended_by_name,ended_why}';
    going text[] := '{state,checked_by_id,checked_by_name,checked_at,released_by_id,released_by_name,released_at,ended_at,ended_by_name,ended_why}';
    moves text[] := CASE WHEN OLD.state IN ('asked', 'making') THEN making ELSE going END;
    ways text[] := CASE OLD.state
        WHEN 'asked' THEN '{making,withdrawn}'
        WHEN 'making' THEN '{making,ready,refused,failed,withdrawn}'
        WHEN 'ready' THEN '{checked,released,withdrawn}'
        WHEN 'checked' THEN '{released,withdrawn}'
        WHEN 'withdrawn' THEN '{}'
        ELSE '{withdrawn}' END;
BEGIN
    IF NEW.state <> ALL (ways) OR to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves THEN
        RAISE insufficient_privilege USING MESSAGE = 'A report that is ready is released or withdrawn, not changed.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ready_is_frozen BEFORE UPDATE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_ready_is_frozen();

SELECT homeward_force('reports_recommendation');
CREATE POLICY read_by_both ON reports_recommendation FOR SELECT
    USING ((SELECT homeward_organisation()) IN (organisation_id, given_to_id));
CREATE POLICY said_by_own_organisation ON reports_recommendation FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND state = 'open' AND answered_at IS NULL AND owner_id IS NULL AND answer_reason = '' AND done = '');
CREATE POLICY answered_by_whom_it_is_given_to ON reports_recommendation FOR UPDATE
    USING (given_to_id = (SELECT homeward_organisation()));
REVOKE DELETE ON reports_recommendation FROM homeward_application;

SELECT homeward_force('reports_recommendationstep');
CREATE POLICY read_with_the_recommendation ON reports_recommendationstep FOR SELECT
    USING (EXISTS (SELECT FROM reports_recommendation r WHERE r.id = recommendation_id));
CREATE POLICY written_by_own_organisation ON reports_recommendationstep FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND EXISTS (SELECT FROM reports_recommendation r WHERE r.id = recommendation_id
            AND (r.given_to_id = reports_recommendationstep.organisation_id
                OR reports_recommendationstep.state = 'open')));
REVOKE UPDATE, DELETE ON reports_recommendationstep FROM homeward_application;

CREATE FUNCTION reports_what_was_said_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := '{state,due_on,owner_id,owner_name,answered_by_name,answered_at,answer_reason,done,done_on,version}';
BEGIN
    IF OLD.state = 'done' OR to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves THEN
        RAISE insufficient_privilege USING MESSAGE = 'What was recommended is answered, not changed.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER what_was_said_stays BEFORE UPDATE ON reports_recommendation
    FOR EACH ROW EXECUTE FUNCTION reports_what_was_said_stays();
"""

REMOVE = """
DROP TRIGGER what_was_said_stays ON reports_recommendation;
DROP FUNCTION reports_what_was_said_stays();
DROP TRIGGER ready_is_frozen ON reports_report;
DROP FUNCTION reports_ready_is_frozen();
DROP POLICY read_with_the_recommendation ON reports_recommendationstep;
DROP POLICY written_by_own_organisation ON reports_recommendationstep;
DROP POLICY read_by_both ON reports_recommendation;
DROP POLICY said_by_own_organisation ON reports_recommendation;
DROP POLICY answered_by_whom_it_is_given_to ON reports_recommendation;
DROP POLICY own_organisation ON reports_reportrecipient;
DROP POLICY own_organisation ON reports_reportfile;
DROP POLICY own_organisation ON reports_report;
DROP POLICY own_organisation ON reports_reportschedule;
DROP POLICY own_organisation ON reports_reporttemplate;
GRANT UPDATE, DELETE ON reports_reporttemplate, reports_reportschedule, reports_report, reports_reportfile,
    reports_reportrecipient, reports_recommendation, reports_recommendationstep TO homeward_application;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_reports"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

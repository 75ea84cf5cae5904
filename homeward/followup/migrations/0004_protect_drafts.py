"""Drafts are their own organisation's; a person on their own page reaches what is asked of them, and sends it.

A session narrowed to one case reads every published form, for what is asked is no secret, and of drafts and
submissions those of its own visits alone.
"""

from django.db import migrations

OPEN = ("surveys_instrument", "surveys_instrumentversion", "surveys_formfile")
OPENED = "".join(
    f"DROP POLICY one_case_only ON {table};\n"
    f"CREATE POLICY one_case_only ON {table} AS RESTRICTIVE USING (true);\n"
    for table in OPEN
)
NARROWED = "".join(f"SELECT homeward_narrow('{table}');\n" for table in OPEN)
DRAFTS = """
SELECT homeward_protect_by_case('followup_visitdraft', 'follow_up');
CREATE POLICY kept_by_own ON followup_visitdraft AS RESTRICTIVE
    USING (organisation_id = (SELECT homeward_organisation()));
SELECT homeward_protect_by_case('followup_draftfile', 'follow_up');
CREATE POLICY of_own_draft ON followup_draftfile AS RESTRICTIVE
    USING (EXISTS (SELECT 1 FROM followup_visitdraft d WHERE d.id = draft_id));
GRANT SELECT, UPDATE, DELETE ON followup_visitdraft, followup_draftfile TO homeward_definer;
CREATE POLICY erased_by_definer ON followup_visitdraft TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY erased_by_definer ON followup_draftfile TO homeward_definer USING (true) WITH CHECK (true);
"""
ANSWERS = """
DROP POLICY one_case_only ON surveys_submission;
CREATE POLICY one_case_only ON surveys_submission AS RESTRICTIVE
    USING ((SELECT (homeward_case() IS NULL)::int) <> 0 OR EXISTS (SELECT 1 FROM followup_visit v
        WHERE v.key = respondent AND v.case_id = (SELECT homeward_case())));
DROP POLICY one_case_only ON surveys_attachment;
CREATE POLICY one_case_only ON surveys_attachment AS RESTRICTIVE
    USING ((SELECT (homeward_case() IS NULL)::int) <> 0
        OR EXISTS (SELECT 1 FROM surveys_submission s WHERE s.id = submission_id));
"""
BACK = """
SELECT homeward_narrow('surveys_attachment');
SELECT homeward_narrow('surveys_submission');
DROP POLICY erased_by_definer ON followup_draftfile;
DROP POLICY erased_by_definer ON followup_visitdraft;
REVOKE SELECT, UPDATE, DELETE ON followup_visitdraft, followup_draftfile FROM homeward_definer;
DROP POLICY of_own_draft ON followup_draftfile;
DROP POLICY listed_case ON followup_draftfile;
DROP POLICY kept_by_own ON followup_visitdraft;
DROP POLICY listed_case ON followup_visitdraft;
"""


class Migration(migrations.Migration):
    dependencies = [("followup", "0003_drafts"), ("surveys", "0002_protect_instruments")]
    operations = [migrations.RunSQL(OPENED + DRAFTS + ANSWERS, BACK + NARROWED)]

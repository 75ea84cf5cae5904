"""Links and complaints are their organisation's, questions their case's.

A complaint shows to nobody whom it is about, whatever their role, and is never taken away.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('feedback_ownpagelink');
REVOKE DELETE ON feedback_ownpagelink FROM homeward_application;

SELECT homeward_protect_by_case('feedback_question');
REVOKE UPDATE, DELETE ON feedback_question FROM homeward_application;
GRANT UPDATE (answer, answered_at, answered_by_id, answered_by_name) ON feedback_question TO homeward_application;

SELECT homeward_protect_by_organisation('feedback_complaint');
CREATE POLICY never_to_whom_it_is_about ON feedback_complaint AS RESTRICTIVE
    USING (about_user_id IS NULL OR about_user_id <> (SELECT homeward_user()));
REVOKE UPDATE, DELETE ON feedback_complaint FROM homeward_application;
GRANT UPDATE (answer, answered_at, answered_by_id, answered_by_name) ON feedback_complaint TO homeward_application;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_own_pages_questions_complaints"),
        ("cases", "0002_protect_cases"),
        ("access", "0004_narrow_a_session_to_one_case"),
    ]
    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]

"""Questions and answers are their organisation's, and nobody changes or removes one: a plan stays as it was dated."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('evaluation_question');
SELECT homeward_protect_by_organisation('evaluation_answer');
REVOKE UPDATE, DELETE ON evaluation_question, evaluation_answer FROM homeward_application;
"""

REMOVE = """
GRANT UPDATE, DELETE ON evaluation_question, evaluation_answer TO homeward_application;
DROP POLICY own_organisation ON evaluation_answer;
DROP POLICY own_organisation ON evaluation_question;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_questions"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

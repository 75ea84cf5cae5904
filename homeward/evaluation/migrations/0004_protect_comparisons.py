"""People to compare with are their organisation's; a group is written once and never changed."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('evaluation_comparison');
SELECT homeward_protect_by_organisation('evaluation_likepeople');
REVOKE DELETE ON evaluation_comparison FROM homeward_application;
REVOKE UPDATE ON evaluation_likepeople FROM homeward_application;
"""

REMOVE = """
GRANT UPDATE ON evaluation_likepeople TO homeward_application;
GRANT DELETE ON evaluation_comparison TO homeward_application;
DROP POLICY own_organisation ON evaluation_likepeople;
DROP POLICY own_organisation ON evaluation_comparison;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_comparisons"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

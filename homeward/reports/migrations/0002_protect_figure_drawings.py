"""Drawings are their organisation's, and stay as they were drawn."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('reports_figuredrawing');
REVOKE UPDATE, DELETE ON reports_figuredrawing FROM homeward_application;
"""

REMOVE = """
GRANT UPDATE, DELETE ON reports_figuredrawing TO homeward_application;
DROP POLICY own_organisation ON reports_figuredrawing;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_figure_drawings"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

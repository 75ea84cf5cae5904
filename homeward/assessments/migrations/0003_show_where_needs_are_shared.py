"""Assessments are seen by organisations with which a case's needs are shared."""

from django.db import migrations

NARROW = """
SELECT homeward_protect_by_case('assessments_assessment', 'needs');
SELECT homeward_protect_by_case('assessments_proposal', 'needs');
"""
BEFORE = """
DROP POLICY listed_case ON assessments_assessment;
DROP POLICY listed_case ON assessments_proposal;
SELECT homeward_protect_by_case('assessments_assessment');
SELECT homeward_protect_by_case('assessments_proposal');
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_protect_assessments"), ("cases", "0017_share_by_disclosure")]
    operations = [migrations.RunSQL(NARROW, BEFORE)]

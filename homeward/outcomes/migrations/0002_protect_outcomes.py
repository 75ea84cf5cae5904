"""Scores are seen where the follow-up of a case is shared, and made by who received the answers."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_case('outcomes_outcome', 'follow_up');
CREATE POLICY scored_by_own ON outcomes_outcome AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
REVOKE UPDATE, DELETE ON outcomes_outcome FROM homeward_application;
GRANT UPDATE (is_current) ON outcomes_outcome TO homeward_application;

SELECT homeward_protect_by_organisation('outcomes_rescoring');
REVOKE UPDATE, DELETE ON outcomes_rescoring FROM homeward_application;
GRANT UPDATE (done, after_id, finished_at) ON outcomes_rescoring TO homeward_application;
"""

REMOVE = """
GRANT UPDATE, DELETE ON outcomes_outcome, outcomes_rescoring TO homeward_application;
DROP POLICY own_organisation ON outcomes_rescoring;
DROP POLICY scored_by_own ON outcomes_outcome;
DROP POLICY listed_case ON outcomes_outcome;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0001_outcomes"),
        ("followup", "0002_protect_visits"),
        ("cases", "0017_share_by_disclosure"),
        ("access", "0005_close_functions"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

"""Samples are their organisation's; their members are seen where the follow-up of the case is. Drawn is drawn."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('followup_sample');
CREATE POLICY drawn_is_not_changed ON followup_sample AS RESTRICTIVE FOR UPDATE
    USING (state = 'planned') WITH CHECK (true);
CREATE POLICY drawn_is_not_removed ON followup_sample AS RESTRICTIVE FOR DELETE
    USING (state = 'planned');

SELECT homeward_protect_by_case('followup_samplemember', 'follow_up');
CREATE POLICY kept_by_own ON followup_samplemember AS RESTRICTIVE
    USING (organisation_id = (SELECT homeward_organisation()));
-- The list is whole when it is drawn: nobody joins it later.
CREATE POLICY joins_before_the_draw ON followup_samplemember AS RESTRICTIVE FOR INSERT
    WITH CHECK (sample_id IN (SELECT s.id FROM followup_sample s WHERE s.state = 'planned'));
REVOKE UPDATE, DELETE ON followup_samplemember FROM homeward_application;
GRANT UPDATE (role, stands_for, taken_at, taken_by_id) ON followup_samplemember TO homeward_application;
CREATE POLICY next_in_line_takes_a_place ON followup_samplemember AS RESTRICTIVE FOR UPDATE
    TO homeward_application USING (role = 'reserve') WITH CHECK (role = 'substitute' AND stands_for IS NOT NULL);
"""

REMOVE = """
DROP POLICY next_in_line_takes_a_place ON followup_samplemember;
GRANT UPDATE, DELETE ON followup_samplemember TO homeward_application;
DROP POLICY joins_before_the_draw ON followup_samplemember;
DROP POLICY kept_by_own ON followup_samplemember;
DROP POLICY listed_case ON followup_samplemember;
DROP POLICY drawn_is_not_removed ON followup_sample;
DROP POLICY drawn_is_not_changed ON followup_sample;
DROP POLICY own_organisation ON followup_sample;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_samples"),
        ("cases", "0017_share_by_disclosure"),
        ("access", "0005_close_functions"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

"""How others tried to reach somebody is seen where the follow-up of the case is shared; one's own tries always are."""

from django.db import migrations

NARROWED = """
DROP POLICY listed_case ON cases_contactattempt;
CREATE POLICY listed_case ON cases_contactattempt
    USING (EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = cases_contactattempt.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'
        AND (cases_contactattempt.organisation_id = (SELECT homeward_organisation())
            OR l.categories IS NULL OR 'follow_up' = ANY (l.categories))))
    WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = cases_contactattempt.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'));
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_ask_by_reference")]
    operations = [
        migrations.RunSQL(NARROWED, "SELECT homeward_protect_by_case('cases_contactattempt')"),
    ]

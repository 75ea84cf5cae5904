"""Who leads a case answers for every package sent from it, also before it led: sees it, opens it, takes it back."""

from django.db import migrations

ANSWERING = """
CREATE POLICY read_by_lead_of_its_case ON sharing_disclosure FOR SELECT
    USING (kind = 'package' AND EXISTS (SELECT FROM cases_listing l WHERE l.case_id = sharing_disclosure.case_id
        AND l.organisation_id = (SELECT homeward_organisation()) AND l.scope = 'lead'));
CREATE POLICY ended_by_lead_of_its_case ON sharing_disclosure FOR UPDATE
    USING (kind = 'package' AND EXISTS (SELECT FROM cases_listing l WHERE l.case_id = sharing_disclosure.case_id
        AND l.organisation_id = (SELECT homeward_organisation()) AND l.scope = 'lead'));
CREATE POLICY read_by_lead_of_its_case ON sharing_disclosedcontent FOR SELECT
    USING (EXISTS (SELECT FROM sharing_disclosure d JOIN cases_listing l ON l.case_id = d.case_id
        WHERE d.id = disclosure_id AND d.kind = 'package'
        AND l.organisation_id = (SELECT homeward_organisation()) AND l.scope = 'lead'));
"""

NOT_ANSWERING = """
DROP POLICY read_by_lead_of_its_case ON sharing_disclosedcontent;
DROP POLICY ended_by_lead_of_its_case ON sharing_disclosure;
DROP POLICY read_by_lead_of_its_case ON sharing_disclosure;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_hand_over_by_disclosure")]
    operations = [migrations.RunSQL(ANSWERING, NOT_ANSWERING)]

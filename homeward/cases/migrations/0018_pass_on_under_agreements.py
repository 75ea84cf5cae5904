"""A case is offered, asked for with success, and taken on only while an agreement lets its lead hand cases over."""

from django.db import migrations

AGREED = """
CREATE FUNCTION cases_handover_is_agreed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM sharing_clause c JOIN sharing_agreement a ON a.id = c.agreement_id
        WHERE c.giver_id = NEW.from_organisation_id AND c.receiver_id = NEW.to_organisation_id
        AND 'handover' = ANY (c.purposes) AND a.state = 'in_force'
        AND a.starts_on <= CURRENT_DATE AND a.ends_on >= CURRENT_DATE) THEN
        RAISE check_violation USING MESSAGE = 'No agreement in force lets this case be handed over.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_offered_under_an_agreement BEFORE INSERT ON cases_handover
    FOR EACH ROW WHEN (NEW.kind = 'offer') EXECUTE FUNCTION cases_handover_is_agreed();
CREATE TRIGGER is_accepted_under_an_agreement BEFORE UPDATE ON cases_handover
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND NEW.kind IN ('offer', 'request')
        AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION cases_handover_is_agreed();
"""

NOT_AGREED = """
DROP TRIGGER is_accepted_under_an_agreement ON cases_handover;
DROP TRIGGER is_offered_under_an_agreement ON cases_handover;
DROP FUNCTION cases_handover_is_agreed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_share_by_disclosure"),
        ("sharing", "0002_protect_agreements_and_disclosures"),
    ]
    operations = [migrations.RunSQL(AGREED, NOT_AGREED)]

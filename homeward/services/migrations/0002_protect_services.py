"""The directory is known to members, changed by who keeps an entry or runs the service, and public in part.

The public projection is read only while `homeward.public_directory` is on, and never holds what is
restricted. Where a restricted service is, is read by its own people, and by others only while
`homeward.opened_service` names that service, which the act of opening sets for its transaction.
"""

from django.db import migrations

PROTECT = """
CREATE FUNCTION homeward_public_directory() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT COALESCE(current_setting('homeward.public_directory', true), '') = 'on' $$;

CREATE FUNCTION homeward_opened_service() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('homeward.opened_service', true), '')::uuid $$;

SELECT homeward_force('services_service');
CREATE POLICY known_to_members ON services_service FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY public_part ON services_service FOR SELECT
    USING ((SELECT homeward_public_directory()) AND NOT is_restricted);
CREATE POLICY added_by_its_keeper ON services_service FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY changed_by_its_own ON services_service FOR UPDATE
    USING ((SELECT homeward_organisation()) IN (organisation_id, account_id));

-- Asked of rows below a service: whether who acts may change it. It sees what the policies above show.
CREATE FUNCTION services_may_change(service uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT 1 FROM services_service s WHERE s.id = service
    AND (SELECT homeward_organisation()) IN (s.organisation_id, s.account_id)) $$;

SELECT homeward_force('services_provider');
CREATE POLICY known_to_members ON services_provider FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY public_part ON services_provider FOR SELECT
    USING ((SELECT homeward_public_directory())
        AND EXISTS (SELECT 1 FROM services_service s WHERE s.provider_id = services_provider.id));
CREATE POLICY added_by_its_keeper ON services_provider FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY changed_by_its_own ON services_provider FOR UPDATE
    USING ((SELECT homeward_organisation()) IN (organisation_id, account_id));

SELECT homeward_force('services_serviceplace');
CREATE POLICY of_a_known_service ON services_serviceplace FOR SELECT
    USING (EXISTS (SELECT 1 FROM services_service s WHERE s.id = service_id));
CREATE POLICY changed_by_its_own ON services_serviceplace
    USING (services_may_change(service_id));

SELECT homeward_force('services_place');
CREATE POLICY open_to_members ON services_place FOR SELECT
    USING (NOT is_restricted AND (SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY public_part ON services_place FOR SELECT
    USING (NOT is_restricted AND (SELECT homeward_public_directory())
        AND EXISTS (SELECT 1 FROM services_serviceplace h WHERE h.place_id = services_place.id));
CREATE POLICY opened_with_a_reason ON services_place FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL AND EXISTS (SELECT 1 FROM services_serviceplace h
        WHERE h.place_id = services_place.id AND h.service_id = (SELECT homeward_opened_service())));
CREATE POLICY changed_by_its_own ON services_place
    USING ((SELECT homeward_organisation()) IN (organisation_id, account_id));

SELECT homeward_force('services_room');
CREATE POLICY of_a_known_service ON services_room FOR SELECT
    USING (EXISTS (SELECT 1 FROM services_service s WHERE s.id = service_id));
CREATE POLICY changed_by_its_own ON services_room USING (services_may_change(service_id));
-- A service without an account answers by telephone: who sent somebody there counts the room.
CREATE POLICY counted_for_who_cannot ON services_room FOR UPDATE
    USING ((SELECT homeward_organisation()) IS NOT NULL
        AND EXISTS (SELECT 1 FROM services_service s WHERE s.id = service_id AND s.account_id IS NULL));

SELECT homeward_force('services_change');
CREATE POLICY of_a_known_service ON services_change FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL
        AND EXISTS (SELECT 1 FROM services_service s WHERE s.id = service_id));
CREATE POLICY written_by_who_changes ON services_change FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
REVOKE UPDATE, DELETE ON services_change FROM homeward_application;

SELECT homeward_force('services_proposal');
CREATE POLICY known_to_both ON services_proposal FOR SELECT
    USING ((SELECT homeward_organisation()) IN (organisation_id, keeper_id));
CREATE POLICY made_by_any_member ON services_proposal FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY answered_by_the_keeper ON services_proposal FOR UPDATE
    USING (keeper_id = (SELECT homeward_organisation()));
REVOKE DELETE ON services_proposal FROM homeward_application;

SELECT homeward_force('services_feedback');
CREATE POLICY shown_when_read ON services_feedback FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL
        AND (state = 'shown' OR organisation_id = (SELECT homeward_organisation())
            OR EXISTS (SELECT 1 FROM services_service s WHERE s.id = service_id
                AND s.organisation_id = (SELECT homeward_organisation()))));
CREATE POLICY said_by_any_member ON services_feedback FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND state = 'waiting');
CREATE POLICY read_by_the_keeper ON services_feedback FOR UPDATE
    USING (EXISTS (SELECT 1 FROM services_service s WHERE s.id = service_id
        AND s.organisation_id = (SELECT homeward_organisation())));
REVOKE DELETE ON services_feedback, services_service, services_provider FROM homeward_application;

-- Where a restricted service is given, the place is restricted too, whoever forgets to say so.
CREATE FUNCTION services_hide_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE services_place p SET is_restricted = true
        FROM services_serviceplace h
        WHERE h.place_id = p.id AND h.service_id = NEW.id AND NOT p.is_restricted;
    RETURN NEW;
END $$;
CREATE TRIGGER hides_its_places AFTER UPDATE OF is_restricted ON services_service
    FOR EACH ROW WHEN (NEW.is_restricted) EXECUTE FUNCTION services_hide_places();

CREATE FUNCTION services_hide_this_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE services_place p SET is_restricted = true
        FROM services_service s
        WHERE p.id = NEW.place_id AND s.id = NEW.service_id AND s.is_restricted AND NOT p.is_restricted;
    RETURN NEW;
END $$;
CREATE TRIGGER hides_its_place AFTER INSERT OR UPDATE ON services_serviceplace
    FOR EACH ROW EXECUTE FUNCTION services_hide_this_place();

CREATE FUNCTION services_keep_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM services_serviceplace h JOIN services_service s ON s.id = h.service_id
               WHERE h.place_id = NEW.id AND s.is_restricted) THEN
        RAISE check_violation USING MESSAGE = 'The place of a restricted service is restricted.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_hidden BEFORE UPDATE OF is_restricted ON services_place
    FOR EACH ROW WHEN (NOT NEW.is_restricted) EXECUTE FUNCTION services_keep_hidden();
"""

POLICIES = {
    "service": "known_to_members public_part added_by_its_keeper changed_by_its_own",
    "provider": "known_to_members public_part added_by_its_keeper changed_by_its_own",
    "serviceplace": "of_a_known_service changed_by_its_own",
    "place": "open_to_members public_part opened_with_a_reason changed_by_its_own",
    "room": "of_a_known_service changed_by_its_own counted_for_who_cannot",
    "change": "of_a_known_service written_by_who_changes",
    "proposal": "known_to_both made_by_any_member answered_by_the_keeper",
    "feedback": "shown_when_read said_by_any_member read_by_the_keeper",
}

REMOVE = (
    """
DROP TRIGGER stays_hidden ON services_place;
DROP TRIGGER hides_its_place ON services_serviceplace;
DROP TRIGGER hides_its_places ON services_service;
DROP FUNCTION services_keep_hidden();
DROP FUNCTION services_hide_this_place();
DROP FUNCTION services_hide_places();
"""
    + "".join(
        f"DROP POLICY {policy} ON services_{table};\n"
        for table, policies in POLICIES.items()
        for policy in policies.split()
    )
    + """
DROP FUNCTION services_may_change(uuid);
DROP FUNCTION homeward_opened_service();
DROP FUNCTION homeward_public_directory();
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0001_services"),
        ("access", "0001_current_organisation_and_protection"),
        ("organisations", "0002_protect_organisations"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

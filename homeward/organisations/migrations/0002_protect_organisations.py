"""Memberships, offices and teams are their organisation's; that an organisation exists is known to partners.

The table of users has no policy: signing in looks an address up before anyone is known. It holds no one's case.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('organisations_office');
SELECT homeward_protect_by_organisation('organisations_team');
SELECT homeward_protect_by_organisation('organisations_membership');
CREATE POLICY own_memberships ON organisations_membership FOR SELECT USING (user_id = (SELECT homeward_user()));

SELECT homeward_force('organisations_organisation');
CREATE POLICY known_to_members ON organisations_organisation FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL OR EXISTS (
        SELECT 1 FROM organisations_membership m
        WHERE m.organisation_id = organisations_organisation.id AND m.user_id = (SELECT homeward_user())));
CREATE POLICY added_by_members ON organisations_organisation FOR INSERT
    WITH CHECK ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY changed_by_itself ON organisations_organisation FOR UPDATE
    USING (id = (SELECT homeward_organisation()));
"""

REMOVE = """
DROP POLICY changed_by_itself ON organisations_organisation;
DROP POLICY added_by_members ON organisations_organisation;
DROP POLICY known_to_members ON organisations_organisation;
DROP POLICY own_memberships ON organisations_membership;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_organisations_and_members"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

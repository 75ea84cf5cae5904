"""Invitations, integrations and requests about a lost second factor are their organisation's."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('organisations_invitation');
SELECT homeward_protect_by_organisation('organisations_integration');
SELECT homeward_protect_by_organisation('organisations_factorreset');
"""

REMOVE = """
DROP POLICY own_organisation ON organisations_factorreset;
DROP POLICY own_organisation ON organisations_integration;
DROP POLICY own_organisation ON organisations_invitation;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_invitations_integrations_and_resets")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

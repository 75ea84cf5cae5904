"""A person's key is its organisation's; the right of organisations that share a case comes with the cases.

The application never deletes a key: destroying empties it and leaves the row.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('privacy_subjectkey');
REVOKE DELETE ON privacy_subjectkey FROM homeward_application;
"""

REMOVE = """
GRANT DELETE ON privacy_subjectkey TO homeward_application;
DROP POLICY own_organisation ON privacy_subjectkey;
ALTER TABLE privacy_subjectkey NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_subjectkey DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_subject_keys"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

"""Rules, copies and the ledger are their organisation's; a notice is its sender's and its recipient's.

The ledger is only added to; what a notice says is never changed, its recipient adds the receipt.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('privacy_retentionrule');
SELECT homeward_protect_by_organisation('privacy_subjectexport');
SELECT homeward_protect_by_organisation('privacy_erasure');
REVOKE DELETE ON privacy_retentionrule, privacy_subjectexport, privacy_erasure, privacy_correctionnotice
    FROM homeward_application;
REVOKE UPDATE ON privacy_retentionrule, privacy_erasure, privacy_correctionnotice FROM homeward_application;
GRANT UPDATE (ended_at) ON privacy_retentionrule TO homeward_application;
GRANT UPDATE (rows, finished_at) ON privacy_erasure TO homeward_application;
GRANT UPDATE (receipt_at, receipt_by_name, receipt_words) ON privacy_correctionnotice TO homeward_application;

SELECT homeward_force('privacy_correctionnotice');
CREATE POLICY told_or_telling ON privacy_correctionnotice FOR SELECT
    USING ((SELECT homeward_organisation()) IN (organisation_id, recipient_id));
CREATE POLICY told_by_own ON privacy_correctionnotice FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY noted_by_recipient ON privacy_correctionnotice FOR UPDATE TO homeward_application
    USING (recipient_id = (SELECT homeward_organisation()) AND receipt_at IS NULL) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0007_retention_copies_and_erasures"),
        ("access", "0001_current_organisation_and_protection"),
    ]
    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]

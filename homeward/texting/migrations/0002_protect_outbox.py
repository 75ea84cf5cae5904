"""What an organisation writes to people is its own, and seen while it works with their case; channels are its own.

A channel ends and a permission ends; neither is changed or removed. Of messages and answers only those of people
without a case are removed, a while later; the others go with their case.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_organisation('texting_channel');
SELECT homeward_protect_by_case('texting_permission', 'follow_up');
SELECT homeward_protect_by_case('texting_talk', 'follow_up');
SELECT homeward_force('texting_message');
SELECT homeward_force('texting_reply');
CREATE POLICY own ON texting_permission AS RESTRICTIVE TO homeward_application
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY own ON texting_talk AS RESTRICTIVE TO homeward_application
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY own_and_listed ON texting_message
    USING (organisation_id = (SELECT homeward_organisation()) AND (case_id IS NULL OR EXISTS (
        SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.case_id = texting_message.case_id AND (l.until IS NULL OR l.until > now())
        AND l.scope <> 'arrival' AND (l.categories IS NULL OR 'follow_up' = ANY (l.categories)))));
CREATE POLICY own_and_listed ON texting_reply
    USING (organisation_id = (SELECT homeward_organisation()) AND (case_id IS NULL OR EXISTS (
        SELECT 1 FROM cases_listing l WHERE l.organisation_id = (SELECT homeward_organisation())
        AND l.case_id = texting_reply.case_id AND (l.until IS NULL OR l.until > now())
        AND l.scope <> 'arrival' AND (l.categories IS NULL OR 'follow_up' = ANY (l.categories)))));
CREATE POLICY only_of_strangers ON texting_message AS RESTRICTIVE FOR DELETE TO homeward_application
    USING (case_id IS NULL);
CREATE POLICY only_of_strangers ON texting_reply AS RESTRICTIVE FOR DELETE TO homeward_application
    USING (case_id IS NULL);

REVOKE UPDATE, DELETE ON texting_channel, texting_permission FROM homeward_application;
GRANT UPDATE (ended_at, ended_by_id, last_sent_at, last_heard_at, trouble) ON texting_channel
    TO homeward_application;
GRANT UPDATE (ended_at, ended_how) ON texting_permission TO homeward_application;
REVOKE DELETE ON texting_talk FROM homeward_application;
"""

REMOVE = """
GRANT DELETE ON texting_talk TO homeward_application;
GRANT UPDATE, DELETE ON texting_channel, texting_permission TO homeward_application;
DROP POLICY only_of_strangers ON texting_reply;
DROP POLICY only_of_strangers ON texting_message;
DROP POLICY own_and_listed ON texting_reply;
DROP POLICY own_and_listed ON texting_message;
DROP POLICY own ON texting_talk;
DROP POLICY own ON texting_permission;
DROP POLICY listed_case ON texting_talk;
DROP POLICY listed_case ON texting_permission;
DROP POLICY own_organisation ON texting_channel;
"""


class Migration(migrations.Migration):
    dependencies = [("texting", "0001_outbox"), ("cases", "0017_share_by_disclosure")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

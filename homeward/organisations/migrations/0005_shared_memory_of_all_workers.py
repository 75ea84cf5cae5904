"""One short-lived memory for every worker: attempts counted, one-time codes used. It holds no one's data.

Without it each process would count for itself, and a code used in one could be used again in the next.
"""

from django.db import migrations

ADD = """
CREATE UNLOGGED TABLE homeward_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX homeward_cache_expires ON homeward_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_protect_invitations_integrations_and_resets")]
    operations = [migrations.RunSQL(ADD, "DROP TABLE homeward_cache")]

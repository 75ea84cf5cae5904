"""The case no longer says to whom its lead is offered: handovers do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_pass_on_by_handover")]
    operations = [migrations.RemoveField("case", "lead_offered_to")]

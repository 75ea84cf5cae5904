"""A clause says whether what is received may be passed on to others; unless it says so, it may not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_protect_agreements_and_disclosures")]
    operations = [
        migrations.AddField(
            model_name="clause",
            name="may_pass_on",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]

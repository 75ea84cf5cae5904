"""An opening may be about no one person: where a restricted service is given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0008_protect_retention_copies_and_erasures")]
    operations = [
        migrations.AlterField(
            model_name="opening",
            name="person_id",
            field=models.UUIDField(null=True),
        ),
    ]

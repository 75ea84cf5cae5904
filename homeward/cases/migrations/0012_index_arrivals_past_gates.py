"""An index of the few arrivals past a closed gate, for the inbox of whoever leads them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_refuse_travel_past_closed_gates"),
        ("organisations", "0005_shared_memory_of_all_workers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(
                condition=models.Q(("past_gates", []), _negated=True),
                fields=["arrived_on"],
                name="arrivals_past_gates",
            ),
        ),
    ]

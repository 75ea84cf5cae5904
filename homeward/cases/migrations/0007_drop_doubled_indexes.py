"""Drop indexes that others cover, and add the one for what other organisations share.

As SQL: altering a foreign key would check it anew, and the owner of the tables, bound by the policies like
everybody, sees no row to check against.
"""

import django.db.models.deletion
from django.db import migrations, models

DROP = """
DROP INDEX cases_case_person_id_f87eeffa;
DROP INDEX cases_event_case_id_59b954a1;
DROP INDEX cases_event_organisation_id_d74bd202;
DROP INDEX cases_listing_case_id_714ea10c;
DROP INDEX cases_listing_organisation_id_dd878b5b;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_keep_what_was_written"),
        ("organisations", "0005_shared_memory_of_all_workers"),
        ("people", "0007_nationalities_without_a_state"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="case",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="event",
                    name="case",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="cases.case",
                    ),
                ),
                migrations.AlterField(
                    model_name="event",
                    name="organisation",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="listing",
                    name="case",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listings",
                        to="cases.case",
                    ),
                ),
                migrations.AlterField(
                    model_name="listing",
                    name="organisation",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            database_operations=[migrations.RunSQL(DROP, migrations.RunSQL.noop)],
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["organisation", "scope", "-updated_at"], name="listing_shared"),
        ),
    ]

"""An organisation may go by the rates of another that it has an agreement or a programme in common with."""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = """
SELECT homeward_protect_by_organisation('assistance_rateadoption');
REVOKE DELETE ON assistance_rateadoption FROM homeward_application;
CREATE POLICY adopted_rates ON assistance_rate FOR SELECT USING (EXISTS (
    SELECT FROM assistance_rateadoption a WHERE a.organisation_id = (SELECT homeward_organisation())
    AND a.from_organisation_id = assistance_rate.organisation_id AND a.ended_at IS NULL));

CREATE FUNCTION assistance_adopts_from_beside() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE pair uuid[] := ARRAY[NEW.organisation_id, NEW.from_organisation_id];
BEGIN
    IF NOT EXISTS (SELECT FROM sharing_agreement g WHERE g.party_ids @> pair AND g.state = 'in_force'
            AND CURRENT_DATE BETWEEN g.starts_on AND g.ends_on)
        AND NOT EXISTS (SELECT FROM programmes_programme p WHERE pair <@ (ARRAY[p.organisation_id]
            || ARRAY(SELECT y.party_id FROM programmes_party y WHERE y.programme_id = p.id))) THEN
        RAISE check_violation USING CONSTRAINT = 'rates_of_somebody_beside',
            MESSAGE = 'There is no agreement and no programme in common.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER adopts_from_beside BEFORE INSERT ON assistance_rateadoption
    FOR EACH ROW EXECUTE FUNCTION assistance_adopts_from_beside();
"""
REMOVE = """
DROP TRIGGER adopts_from_beside ON assistance_rateadoption;
DROP FUNCTION assistance_adopts_from_beside();
DROP POLICY adopted_rates ON assistance_rate;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0006_sum_periods_for_statements"),
        ("organisations", "0005_shared_memory_of_all_workers"),
        ("sharing", "0002_protect_agreements_and_disclosures"),
    ]
    operations = [
        migrations.CreateModel(
            name="RateAdoption",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("adopted_by_id", models.UUIDField()),
                ("adopted_by_name", models.CharField(max_length=200)),
                ("adopted_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("from_organisation"),
                        condition=models.Q(("ended_at", None)),
                        name="rates_are_adopted_once",
                    )
                ]
            },
        ),
        migrations.RunSQL(PROTECT, REMOVE),
    ]

"""An exception from the rules of eligibility is asked for like every other approval, and stands by one given."""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = """
CREATE FUNCTION exception_needs_its_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.override = 'confirmed' AND NEW.override_approval_id IS NOT DISTINCT FROM
        OLD.override_approval_id THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM approvals_approval a WHERE a.id = NEW.override_approval_id
        AND a.subject_kind = 'eligibility_override' AND a.subject_id = NEW.id AND a.state = 'approved') THEN
        RAISE check_violation USING MESSAGE = 'No exception stands without the approval of it.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exception_needs_its_approval BEFORE INSERT OR UPDATE ON cases_eligibilitydecision
    FOR EACH ROW WHEN (NEW.override = 'confirmed') EXECUTE FUNCTION exception_needs_its_approval();
"""
REMOVE = """
DROP TRIGGER exception_needs_its_approval ON cases_eligibilitydecision;
DROP FUNCTION exception_needs_its_approval();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_pass_on_under_agreements"),
        ("approvals", "0002_protect_questions_and_answers"),
    ]
    operations = [
        migrations.RemoveIndex(model_name="eligibilitydecision", name="overrides_to_answer"),
        migrations.AddField(
            model_name="eligibilitydecision",
            name="override_approval",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="approvals.approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="eligibilitydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("override", "none"), ("override_approval__isnull", False), _connector="OR"
                ),
                name="an_override_is_asked_for_approval",
            ),
        ),
        migrations.RunSQL(PROTECT, REMOVE),
    ]

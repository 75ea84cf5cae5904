"""Decisions about eligibility are seen and made by who works with the case; what was said never changes."""

from django.db import migrations

PROTECT = """
SELECT homeward_protect_by_case('cases_eligibilitydecision');

CREATE FUNCTION eligibility_stays_as_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.case_id, OLD.programme_version_id, OLD.outcome, OLD.explanation, OLD.answers, OLD.decided_by_id)
        IS DISTINCT FROM
       (NEW.case_id, NEW.programme_version_id, NEW.outcome, NEW.explanation, NEW.answers, NEW.decided_by_id)
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'What the rules said is never rewritten.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_as_said BEFORE UPDATE ON cases_eligibilitydecision
    FOR EACH ROW EXECUTE FUNCTION eligibility_stays_as_said();
"""
REMOVE = """
DROP TRIGGER stays_as_said ON cases_eligibilitydecision;
DROP FUNCTION eligibility_stays_as_said();
DROP POLICY listed_case ON cases_eligibilitydecision;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_decide_eligibility")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

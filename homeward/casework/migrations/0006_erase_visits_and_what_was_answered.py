"""Visits go with the person, and with their key everything that was answered under it, whoever received it.

The rows of submissions stay empty, so that a telephone that sends once more does not bring them back; their
files cannot be read again, for the keys of these stand in the rows that go.
"""

from django.db import migrations

TABLES = ("followup_visit", "followup_attempt", "followup_businesscheck")
REACHED = "".join(
    f"GRANT SELECT, UPDATE, DELETE ON {table} TO homeward_definer;\n"
    f"CREATE POLICY erased_by_definer ON {table} TO homeward_definer USING (true) WITH CHECK (true);\n"
    for table in (*TABLES, "surveys_submission", "surveys_attachment")
)
ANSWERS = """
CREATE FUNCTION followup_answers_go_with_the_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM surveys_attachment WHERE submission_id IN
        (SELECT s.id FROM surveys_submission s WHERE s.respondent = OLD.key);
    UPDATE surveys_submission SET body = '', answers = '{}', device = '', expected_files = '{}', erased_at = now()
        WHERE respondent = OLD.key;
    RETURN OLD;
END $$;
CREATE TRIGGER followup_answers_go_with_the_visit BEFORE DELETE ON followup_visit
    FOR EACH ROW EXECUTE FUNCTION followup_answers_go_with_the_visit();
"""
OUT_OF_REACH = """
DROP TRIGGER followup_answers_go_with_the_visit ON followup_visit;
DROP FUNCTION followup_answers_go_with_the_visit();
""" + "".join(
    f"DROP POLICY erased_by_definer ON {table};\n"
    f"REVOKE SELECT, UPDATE, DELETE ON {table} FROM homeward_definer;\n"
    for table in (*TABLES, "surveys_submission", "surveys_attachment")
)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_restrict_what_partners_are_asked"),
        ("followup", "0002_protect_visits"),
        ("surveys", "0002_protect_instruments"),
    ]
    operations = [migrations.RunSQL(REACHED + ANSWERS, OUT_OF_REACH)]

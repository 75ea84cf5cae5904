"""Whoever worked with a person until their records were restricted is told so, and nothing else.

Answered for a case or a person that the organisation has a listing of, within the reader's office and team; for
everybody else it is as if there were nothing. A person on their own page is never asked about here.
"""

from django.db import migrations

TELL = """
CREATE FUNCTION homeward_is_stopped(which uuid, office uuid, team uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM privacy_restriction r
        JOIN cases_case c ON c.person_id = r.subject_id
        JOIN cases_listing l ON l.case_id = c.id AND l.organisation_id = homeward_organisation()
        WHERE which IN (c.id, c.person_id) AND r.lifted_at IS NULL
            AND (r.is_for_everybody OR r.organisation_id = homeward_organisation())
            AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'
            AND (office IS NULL OR l.office_id = office) AND (team IS NULL OR l.team_id = team)
            AND homeward_case() IS NULL AND NOT homeward_oversees())
$$;
ALTER FUNCTION homeward_is_stopped(uuid, uuid, uuid) OWNER TO homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_erase_and_restrict_enquiries"),
        ("access", "0005_close_functions"),
    ]
    operations = [migrations.RunSQL(TELL, "DROP FUNCTION homeward_is_stopped(uuid, uuid, uuid);")]

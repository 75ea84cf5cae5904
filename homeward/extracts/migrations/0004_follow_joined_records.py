"""Records joined one after the other are one person, and whoever of them is left out, all are."""

from django.db import migrations

FOLLOW = """
-- The record that all others joined with this one lead to, whoever may see those in between.
CREATE FUNCTION extracts_person(which uuid) RETURNS uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE following uuid;
BEGIN
    LOOP
        SELECT p.merged_into_id INTO following FROM people_person p WHERE p.id = which;
        IF following IS NULL THEN
            RETURN which;
        END IF;
        which := following;
    END LOOP;
END $$;
ALTER FUNCTION extracts_person(uuid) OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION extracts_person(uuid) FROM homeward_application;
GRANT EXECUTE ON FUNCTION extracts_person(uuid) TO homeward_extracts;

CREATE OR REPLACE FUNCTION extracts_left_out() RETURNS uuid[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN RETURN (
    SELECT coalesce(array_agg(DISTINCT same.id), '{}') FROM (
        SELECT r.subject_id FROM privacy_restriction r WHERE r.lifted_at IS NULL
        UNION SELECT q.subject_id FROM privacy_subjectrequest q
        WHERE q.kind = 'objection' AND q.state <> 'refused') f
    CROSS JOIN LATERAL same_person(f.subject_id) AS same(id)
); END $$;
"""

AS_BEFORE = """
CREATE OR REPLACE FUNCTION extracts_left_out() RETURNS uuid[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN RETURN (
    SELECT coalesce(array_agg(DISTINCT f.subject_id), '{}') FROM (
        SELECT r.subject_id FROM privacy_restriction r WHERE r.lifted_at IS NULL
        UNION ALL SELECT q.subject_id FROM privacy_subjectrequest q
        WHERE q.kind = 'objection' AND q.state <> 'refused') f
); END $$;
DROP FUNCTION extracts_person(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("extracts", "0003_open_the_door"),
        ("people", "0006_protect_searches_and_name_same_people"),
    ]
    operations = [migrations.RunSQL(FOLLOW, AS_BEFORE)]

"""Searches belong to one organisation; `same_person` follows merges as far as its caller may see people."""

from django.db import migrations

FORWARDS = """
SELECT homeward_protect_by_organisation('people_matchsearch');

-- Everybody joined with a person by merges, the person included, from whichever end of a chain.
CREATE FUNCTION same_person(which uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE same(id) AS (
        SELECT which
        UNION
        SELECT near.id FROM same CROSS JOIN LATERAL (
            SELECT merged_into_id AS id FROM people_person WHERE id = same.id AND merged_into_id IS NOT NULL
            UNION ALL
            SELECT id FROM people_person WHERE merged_into_id = same.id) near
    ) SELECT id FROM same
$$;

-- Finds the current organisation's own people by part of a name in either script, then by likeness.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
GRANT USAGE ON SCHEMA public TO homeward_definer;
GRANT SELECT ON people_person TO homeward_definer;
CREATE FUNCTION search_people(sought text, most integer) RETURNS TABLE (person_id uuid, likeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own uuid := homeward_organisation();
    part text := '%' || replace(replace(replace(sought, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
BEGIN
    RETURN QUERY SELECT p.id, 1.0::real FROM people_person p
        WHERE p.organisation_id = own AND p.folded_name LIKE part LIMIT most;
    IF NOT FOUND THEN
        RETURN QUERY SELECT p.id, word_similarity(sought, p.folded_name) FROM people_person p
            WHERE p.organisation_id = own AND sought <% p.folded_name
            ORDER BY word_similarity(sought, p.folded_name) DESC LIMIT most;
    END IF;
END $$;
ALTER FUNCTION search_people(text, integer) OWNER TO homeward_definer;
CREATE INDEX people_name ON people_person USING gin (organisation_id, folded_name gin_trgm_ops);
"""
BACKWARDS = """
DROP INDEX people_name;
DROP FUNCTION search_people(text, integer);
DROP FUNCTION same_person(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_corrections_and_searches")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

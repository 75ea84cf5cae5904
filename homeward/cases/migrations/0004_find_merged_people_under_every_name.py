"""Listings are found under every name of a person joined with others by a merge, and reach limits people as it does cases.

An organisation's listing bears the names of those people only whom this organisation may see itself.
"""

from django.db import migrations

NAMES = """
CREATE FUNCTION names_of_person(which uuid, seen_by uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT left(string_agg(p.folded_name, ' ' ORDER BY p.id <> which, p.id), 600)
    FROM same_person(which) AS same(id) JOIN people_person p ON p.id = same.id
    WHERE p.id = which OR p.organisation_id = seen_by OR EXISTS (
        SELECT 1 FROM cases_listing l WHERE l.organisation_id = seen_by AND l.person_id = p.id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival')
$$;
"""

# Who works with an office or a team only sees of the organisation's people those without a case, those of
# cases there, and those whose case they opened in an emergency.
REACH = """
CREATE FUNCTION person_within_reach(which uuid, office uuid, team uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(bool_or(
        (office IS NULL OR l.office_id IS NOT DISTINCT FROM office)
        AND (team IS NULL OR l.team_id IS NOT DISTINCT FROM team)
        OR EXISTS (SELECT 1 FROM cases_emergencyaccess e WHERE e.case_id = l.case_id
            AND e.organisation_id = homeward_organisation() AND e.user_id = homeward_user() AND e.until > now())
    ), true)
    FROM cases_listing l WHERE l.organisation_id = homeward_organisation() AND l.person_id = which
        AND (l.until IS NULL OR l.until > now())
$$;
"""

LISTINGS_WITH_EVERY_NAME = """
CREATE OR REPLACE FUNCTION refresh_listings(which uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE cases_listing l SET
        person_id = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.person_id END,
        reference = c.reference,
        latin_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE trim(p.given_names || ' ' || p.family_name) END,
        native_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.native_name END,
        search_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE names_of_person(p.id, l.organisation_id) END,
        birth_year = CASE WHEN l.scope <> 'arrival' AND p.birth_precision <> 'about'
            THEN extract(year FROM p.birth_earliest_on) END,
        file_reference = CASE WHEN l.scope = 'arrival' THEN '' ELSE coalesce(f.reference, '') END,
        role_in_file = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.role_in_file END,
        stage = c.stage,
        stage_since = c.stage_since,
        lead_organisation_id = c.lead_organisation_id,
        lead_name = u.name,
        programme_id = c.programme_id,
        host_country = c.host_country,
        return_country = c.return_country,
        return_place = c.return_place,
        return_type = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.return_type END,
        expected_on = c.expected_on,
        last_contact_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.last_contact_on END,
        next_step = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.next_step END,
        next_step_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.next_step_on END,
        updated_at = c.updated_at
    FROM cases_case c
    JOIN people_person p ON p.id = c.person_id
    JOIN organisations_user u ON u.id = c.lead_user_id
    LEFT JOIN cases_file f ON f.id = c.file_id
    WHERE l.case_id = c.id AND c.id = which AND EXISTS (
        SELECT 1 FROM cases_listing own WHERE own.case_id = which AND own.scope <> 'arrival'
        AND own.organisation_id = homeward_organisation() AND (own.until IS NULL OR own.until > now()))
$$;
"""

LISTINGS_BEFORE = """
CREATE OR REPLACE FUNCTION refresh_listings(which uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE cases_listing l SET
        person_id = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.person_id END,
        reference = c.reference,
        latin_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE trim(p.given_names || ' ' || p.family_name) END,
        native_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.native_name END,
        search_name = CASE WHEN l.scope = 'arrival' THEN '' ELSE p.folded_name END,
        birth_year = CASE WHEN l.scope <> 'arrival' AND p.birth_precision <> 'about'
            THEN extract(year FROM p.birth_earliest_on) END,
        file_reference = CASE WHEN l.scope = 'arrival' THEN '' ELSE coalesce(f.reference, '') END,
        role_in_file = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.role_in_file END,
        stage = c.stage,
        stage_since = c.stage_since,
        lead_organisation_id = c.lead_organisation_id,
        lead_name = u.name,
        programme_id = c.programme_id,
        host_country = c.host_country,
        return_country = c.return_country,
        return_place = c.return_place,
        return_type = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.return_type END,
        expected_on = c.expected_on,
        last_contact_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.last_contact_on END,
        next_step = CASE WHEN l.scope = 'arrival' THEN '' ELSE c.next_step END,
        next_step_on = CASE WHEN l.scope = 'arrival' THEN NULL ELSE c.next_step_on END,
        updated_at = c.updated_at
    FROM cases_case c
    JOIN people_person p ON p.id = c.person_id
    JOIN organisations_user u ON u.id = c.lead_user_id
    LEFT JOIN cases_file f ON f.id = c.file_id
    WHERE l.case_id = c.id AND c.id = which AND EXISTS (
        SELECT 1 FROM cases_listing own WHERE own.case_id = which AND own.scope <> 'arrival'
        AND own.organisation_id = homeward_organisation() AND (own.until IS NULL OR own.until > now()))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_record_the_journey"),
        ("people", "0006_protect_searches_and_name_same_people"),
    ]
    operations = [
        migrations.RunSQL(REACH, "DROP FUNCTION person_within_reach(uuid, uuid, uuid);"),
        migrations.RunSQL(NAMES, "DROP FUNCTION names_of_person(uuid, uuid);"),
        migrations.RunSQL(LISTINGS_WITH_EVERY_NAME, LISTINGS_BEFORE),
    ]

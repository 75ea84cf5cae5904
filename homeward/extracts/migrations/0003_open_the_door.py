"""What the extracts' login may select: columns, never tables, under the policies that bind the application too.

Policies of these tables ask listings and memberships, so the columns they ask are granted as well. People whose
records are restricted, or who object, are in no row this login sees, whatever it asks.
"""

from django.db import migrations

COLUMNS = {
    "cases_listing": "organisation_id case_id person_id until scope categories birth_year",
    "cases_case": "id person_id programme_id programme_version_id lead_organisation_id host_country "
    "return_country return_type closing_reason stage opened_on counselled_on applied_on accepted_on "
    "travel_planned_on departed_on arrived_on planning_on plan_agreed_on closed_on monitored_on",
    "people_person": "id organisation_id sex nationalities merged_into_id",
    "cases_profile": "case_id flags superseded_at",
    "cases_counselling": "id case_id organisation_id held_on",
    "cases_sideexit": "case_id kind on way cause ended_on",
    "plans_plan": "id case_id begun_on",
    "plans_planversion": "id case_id plan_id number state agreed_on",
    "plans_activity": "case_id version_id line_id dimension cost_minor currency",
    "assistance_entry": "id case_id organisation_id kind entitlement_id commitment_id reverses_id on currency "
    "amount_minor counted_currency counted_minor",
    "assistance_commitment": "id case_id organisation_id entitlement_id activity_id form",
    "assistance_entitlement": "id case_id organisation_id package_code",
    "assistance_answer": "case_id organisation_id entry_id voice received",
    "referrals_referral": "id case_id from_organisation_id to_organisation_id provider_name place need state "
    "sent_at replied_at outcome",
    "referrals_referralconfirmation": "id case_id referral_id confirmed recorded_at",
    "followup_visit": "id case_id member_id round due_on state attempts_made done_on outcome not_needed_because",
    "followup_businesscheck": "case_id on state workers",
    "outcomes_outcome": "case_id visit_id member_id round on form_id profile_id is_current economic social "
    "psychosocial composite economic_coverage social_coverage psychosocial_coverage composite_coverage",
    "surveys_instrument": "id organisation_id code",
    "surveys_instrumentversion": "id organisation_id instrument_id number state",
    "surveys_scoringprofile": "id organisation_id number state",
    "programmes_programme": "id organisation_id code",
    "programmes_programmeversion": "id organisation_id number state",
    "organisations_organisation": "id name",
    "organisations_membership": "organisation_id user_id",
}
ASKED_BY_POLICIES = (
    "homeward_organisation()",
    "homeward_user()",
    "homeward_case()",
    "homeward_person()",
    "homeward_oversees()",
    "referrals_sends(uuid,uuid)",
)
BY_CASE = (
    "cases_listing",
    "assistance_entry",
    "assistance_commitment",
    "assistance_entitlement",
    "assistance_answer",
    "referrals_referral",
    "referrals_referralconfirmation",
)

FUNCTIONS = """
GRANT SELECT ON services_place TO homeward_definer;
CREATE POLICY districts_by_definer ON services_place FOR SELECT TO homeward_definer USING (true);

-- Restricted by anybody, or asked not to be used and not refused: neither is evaluated.
CREATE FUNCTION extracts_left_out() RETURNS uuid[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN RETURN (
    SELECT coalesce(array_agg(DISTINCT f.subject_id), '{}') FROM (
        SELECT r.subject_id FROM privacy_restriction r WHERE r.lifted_at IS NULL
        UNION ALL SELECT q.subject_id FROM privacy_subjectrequest q
        WHERE q.kind = 'objection' AND q.state <> 'refused') f
); END $$;
CREATE FUNCTION extracts_left_out_cases() RETURNS uuid[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN RETURN (
    SELECT coalesce(array_agg(c.id), '{}') FROM cases_case c
    WHERE c.person_id = ANY ((SELECT extracts_left_out())::uuid[])
); END $$;

-- Free text stays: only a place that the directory names, or that ten cases of the organisation share, is told.
CREATE FUNCTION extracts_districts() RETURNS TABLE (case_id uuid, district text) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    WITH own AS (
        SELECT l.case_id, btrim(l.return_place)::text AS place FROM cases_listing l
        WHERE l.organisation_id = homeward_organisation() AND (l.until IS NULL OR l.until > now())
            AND l.scope <> 'arrival' AND btrim(l.return_place) <> ''),
    known AS (
        SELECT own.place FROM own GROUP BY own.place HAVING count(*) >= 10
        UNION SELECT s.city FROM services_place s WHERE NOT s.is_restricted
        UNION SELECT s.region FROM services_place s WHERE NOT s.is_restricted)
    SELECT own.case_id, own.place FROM own JOIN known ON known.place = own.place;
END $$;

ALTER FUNCTION extracts_left_out() OWNER TO homeward_definer;
ALTER FUNCTION extracts_left_out_cases() OWNER TO homeward_definer;
ALTER FUNCTION extracts_districts() OWNER TO homeward_definer;
REVOKE EXECUTE ON FUNCTION extracts_left_out(), extracts_left_out_cases(), extracts_districts()
    FROM homeward_application;
GRANT EXECUTE ON FUNCTION extracts_left_out(), extracts_left_out_cases(), extracts_districts() TO homeward_extracts;
"""
GRANTS = "".join(
    "GRANT SELECT ({}) ON {} TO homeward_extracts;\n".format(
        ", ".join(f'"{one}"' for one in names.split()), table
    )
    for table, names in COLUMNS.items()
) + "".join(f"GRANT EXECUTE ON FUNCTION {one} TO homeward_extracts;\n" for one in ASKED_BY_POLICIES)
LEFT_OUT = "".join(
    f"CREATE POLICY left_out_of_extracts ON {table} AS RESTRICTIVE FOR SELECT TO homeward_extracts "
    "USING (NOT (case_id = ANY ((SELECT extracts_left_out_cases())::uuid[])));\n"
    for table in BY_CASE
) + (
    "CREATE POLICY left_out_of_extracts ON people_person AS RESTRICTIVE FOR SELECT TO homeward_extracts "
    "USING (NOT (id = ANY ((SELECT extracts_left_out())::uuid[])));\n"
)
DROP = """
DROP FUNCTION extracts_districts();
DROP FUNCTION extracts_left_out_cases();
DROP FUNCTION extracts_left_out();
DROP POLICY districts_by_definer ON services_place;
REVOKE SELECT ON services_place FROM homeward_definer;
"""
CLOSE = (
    "".join(f"REVOKE ALL ON {table} FROM homeward_extracts;\n" for table in COLUMNS)
    + "".join(f"DROP POLICY left_out_of_extracts ON {table};\n" for table in (*BY_CASE, "people_person"))
    + "".join(f"REVOKE EXECUTE ON FUNCTION {one} FROM homeward_extracts;\n" for one in ASKED_BY_POLICIES)
    + DROP
)


class Migration(migrations.Migration):
    dependencies = [
        ("extracts", "0002_protect_extracts"),
        ("casework", "0009_erase_outcomes"),
        ("referrals", "0004_protect_letters"),
        ("services", "0002_protect_services"),
        ("outcomes", "0002_protect_outcomes"),
        ("organisations", "0002_protect_organisations"),
        ("programmes", "0004_protect_versions"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + GRANTS + LEFT_OUT, CLOSE)]

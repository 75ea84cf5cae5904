"""While a restriction stands, rows of that person show to data protection officers only, and none are written.

One restrictive policy on each table by which a person's rows are reached: what hangs on a case or a person asks
the listing or the person, and narrows with them. The rest names its own column. `homeward.oversight` is set
together with the organisation, for officers alone. Who leads the person's cases stops everybody; an organisation
that only takes part stops itself.
"""

from django.db import migrations

FUNCTIONS = """
GRANT USAGE ON SCHEMA public TO homeward_definer;
GRANT SELECT ON privacy_restriction TO homeward_definer;
CREATE POLICY definer ON privacy_restriction FOR SELECT TO homeward_definer USING (true);

CREATE FUNCTION homeward_oversees() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('homeward.oversight', true), '') = 'on' $$;

CREATE FUNCTION homeward_restricted_people() RETURNS uuid[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(r.subject_id), '{}') FROM privacy_restriction r
    WHERE r.lifted_at IS NULL AND NOT homeward_oversees()
        AND (r.is_for_everybody OR r.organisation_id = homeward_organisation())
$$;

CREATE FUNCTION homeward_restricted_cases() RETURNS uuid[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(c.id), '{}') FROM privacy_restriction r JOIN cases_case c ON c.person_id = r.subject_id
    WHERE r.lifted_at IS NULL AND NOT homeward_oversees()
        AND (r.is_for_everybody OR r.organisation_id = homeward_organisation())
$$;

-- Whether an organisation answers for a person: it leads every case, or has registered somebody without any.
CREATE FUNCTION homeward_answers_for(which uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN EXISTS (SELECT 1 FROM cases_case c WHERE c.person_id = which)
        THEN NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.person_id = which
            AND c.lead_organisation_id IS DISTINCT FROM homeward_organisation())
        ELSE EXISTS (SELECT 1 FROM people_person p WHERE p.id = which
            AND p.organisation_id = homeward_organisation()) END
$$;

CREATE FUNCTION privacy_restriction_reaches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.is_for_everybody := homeward_answers_for(NEW.subject_id);
    ELSIF (NEW.subject_id, NEW.organisation_id, NEW.is_for_everybody, NEW.since)
        IS DISTINCT FROM (OLD.subject_id, OLD.organisation_id, OLD.is_for_everybody, OLD.since)
        OR OLD.lifted_at IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'A restriction is lifted, not changed.';
    END IF;
    IF NOT homeward_oversees() THEN
        RAISE insufficient_privilege USING MESSAGE = 'Only a data protection officer restricts.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reaches BEFORE INSERT OR UPDATE ON privacy_restriction
    FOR EACH ROW EXECUTE FUNCTION privacy_restriction_reaches();

CREATE FUNCTION homeward_restrict_by_case(target regclass, by_column name DEFAULT 'case_id') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY %2$s_not_restricted ON %1$s AS RESTRICTIVE TO homeward_application
        USING (%2$I IS NULL OR NOT (%2$I = ANY ((SELECT homeward_restricted_cases())::uuid[])))', target, by_column);
END $$;
CREATE FUNCTION homeward_restrict_by_person(target regclass, by_column name DEFAULT 'person_id') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY %2$s_not_restricted ON %1$s AS RESTRICTIVE TO homeward_application
        USING (%2$I IS NULL OR NOT (%2$I = ANY ((SELECT homeward_restricted_people())::uuid[])))', target, by_column);
END $$;

ALTER FUNCTION homeward_restricted_people() OWNER TO homeward_definer;
ALTER FUNCTION homeward_restricted_cases() OWNER TO homeward_definer;
ALTER FUNCTION homeward_answers_for(uuid) OWNER TO homeward_definer;
"""

BY_CASE = (
    "cases_listing",
    "cases_emergencyaccess",
    "files_storedfile",
    "approvals_approval",
    "assistance_commitment",
    "assistance_entry",
    "assistance_entitlement",
    "assistance_instalment",
    "assistance_delivery",
    "assistance_proof",
    "assistance_intent",
    "assistance_answer",
)
BY_PERSON = (
    ("people_person", "id"),
    ("people_match", "person_id"),
    ("people_match", "other_id"),
    ("people_merge", "kept_id"),
    ("people_merge", "merged_id"),
    ("privacy_subjectkey", "subject_id"),
    ("files_storedfile", "subject_id"),
)
CASES = "".join(f"SELECT homeward_restrict_by_case('{table}');\n" for table in BY_CASE)
PEOPLE = "".join(
    f"SELECT homeward_restrict_by_person('{table}', '{column}');\n" for table, column in BY_PERSON
)
STEPS = """
CREATE POLICY of_a_seen_approval ON approvals_step AS RESTRICTIVE TO homeward_application
    USING (EXISTS (SELECT 1 FROM approvals_approval a WHERE a.id = approval_id));
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("privacy", "0006_protect_holds_requests_and_breaches"),
        ("files", "0002_protect_files"),
        ("approvals", "0002_protect_questions_and_answers"),
        ("people", "0006_protect_searches_and_name_same_people"),
        ("cases", "0011_refuse_travel_past_closed_gates"),
        ("assistance", "0002_keep_the_sums"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(CASES + PEOPLE + STEPS, migrations.RunSQL.noop),
    ]

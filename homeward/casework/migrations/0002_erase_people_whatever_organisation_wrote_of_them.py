"""Erasing a person in every table, whichever organisation wrote the row, and destroying their key.

An erasure begins with a row of the ledger, which the database lets an officer write only for a person whose
every case their organisation leads, and whom nobody holds. While that row is unfinished, `homeward_erase_rows`
takes or empties rows that are about this person and about nobody else, in tables named in the list below.
"""

from django.db import migrations

TABLES = (
    "cases_casequestion",
    "cases_handovermessage",
    "cases_handover",
    "referrals_referralletter",
    "firewall_noticesource",
    "firewall_travelnotice",
    "feedback_ownpagelink",
    "feedback_question",
    "feedback_complaint",
    "referrals_referralconfirmation",
    "referrals_referralevent",
    "referrals_referral",
    "sharing_disclosedcontent",
    "sharing_disclosure",
    "sharing_override",
    "assistance_proof",
    "assistance_answer",
    "assistance_delivery",
    "assistance_intent",
    "assistance_instalment",
    "assistance_entry",
    "assistance_commitment",
    "assistance_entitlement",
    "approvals_step",
    "approvals_approval",
    "plans_agreement",
    "plans_activity",
    "plans_goal",
    "plans_planversion",
    "plans_plan",
    "assessments_proposal",
    "assessments_assessment",
    "exchange_possibleduplicate",
    "exchange_keptfromlist",
    "exchange_importrow",
    "cases_arrival",
    "cases_travel",
    "cases_clearance",
    "cases_profile",
    "cases_eligibilitydecision",
    "cases_application",
    "cases_applicationdraft",
    "cases_appointment",
    "cases_counselling",
    "cases_note",
    "cases_contactattempt",
    "cases_sideexit",
    "cases_closure",
    "cases_casedocument",
    "cases_emergencyaccess",
    "cases_event",
    "cases_share",
    "cases_listing",
    "files_storedfile",
    "people_match",
    "people_merge",
    "people_relation",
    "people_contact",
    "people_document",
    "people_blockingkey",
    "privacy_requeststep",
    "privacy_subjectexport",
    "privacy_subjectrequest",
    "privacy_correctionnotice",
    "privacy_legalhold",
    "privacy_restriction",
    "privacy_subjectkey",
    "privacy_erasure",
    "cases_case",
    "cases_file",
    "people_person",
)
RIGHTS = "".join(
    f"GRANT SELECT, UPDATE, DELETE ON {table} TO homeward_definer;\n"
    f"CREATE POLICY erased_by_definer ON {table} TO homeward_definer USING (true) WITH CHECK (true);\n"
    for table in TABLES
)
# Triggers that keep a row from being changed, by everybody but by an erasure.
KEPT = (
    ("approvals_approval", "approvals_approval_moves_on"),
    ("approvals_step", "approvals_step_is_answered_once"),
    ("assessments_proposal", "answered_stays"),
    ("cases_listing", "lead_does_not_vanish"),
    ("assistance_entry", "entry_stays"),
    ("plans_goal", "plans_only_a_draft_changes"),
    ("plans_activity", "plans_only_a_draft_changes"),
    ("sharing_override", "answered_once"),
    ("privacy_restriction", "reaches"),
)
LET = """
CREATE FUNCTION homeward_let_erase(target regclass, which name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE told text;
BEGIN
    SELECT pg_get_triggerdef(t.oid) INTO STRICT told FROM pg_trigger t
        WHERE t.tgrelid = target AND t.tgname = which AND NOT t.tgisinternal;
    IF told ~ ' WHEN \\(' THEN
        told := regexp_replace(told, ' WHEN \\((.*)\\) EXECUTE ',
            ' WHEN ((current_user <> ''homeward_definer'') AND (\\1)) EXECUTE ');
    ELSE
        told := replace(told, ' EXECUTE ', ' WHEN (current_user <> ''homeward_definer'') EXECUTE ');
    END IF;
    EXECUTE format('DROP TRIGGER %I ON %s', which, target);
    EXECUTE told;
END $$;
"""
LET_ERASE = "".join(f"SELECT homeward_let_erase('{table}', '{trigger}');\n" for table, trigger in KEPT)

# What a partner sees without a listing of the case is closed as well while a restriction stands.
BY_CASE = (
    "cases_handover",
    "cases_casequestion",
    "referrals_referral",
    "referrals_referralconfirmation",
    "referrals_referralletter",
    "firewall_noticesource",
    "feedback_ownpagelink",
    "feedback_question",
    "feedback_complaint",
)
BY_PERSON = ("sharing_disclosure", "sharing_override")
BY_PARENT = (
    ("cases_handovermessage", "handover_id", "cases_handover"),
    ("referrals_referralevent", "referral_id", "referrals_referral"),
    ("sharing_disclosedcontent", "disclosure_id", "sharing_disclosure"),
)
RESTRICT = "".join(f"SELECT homeward_restrict_by_case('{table}');\n" for table in BY_CASE)
RESTRICT += "".join(f"SELECT homeward_restrict_by_person('{table}', 'subject_id');\n" for table in BY_PERSON)
OF_ITS_OWNER = """
CREATE POLICY of_a_row_not_restricted ON {0} AS RESTRICTIVE TO homeward_application
    USING (EXISTS (SELECT 1 FROM {2} o WHERE o.id = {1}));
"""
RESTRICT += "".join(OF_ITS_OWNER.format(*one) for one in BY_PARENT)

FUNCTIONS = """
GRANT INSERT ON privacy_erasure TO homeward_definer;

CREATE FUNCTION homeward_is_held(which uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM privacy_legalhold h WHERE h.subject_id = which AND h.released_at IS NULL)
$$;

CREATE FUNCTION privacy_erasure_may_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT homeward_oversees() OR NOT homeward_answers_for(NEW.subject_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'Only an officer of the organisation that leads every case erases.';
    END IF;
    IF homeward_is_held(NEW.subject_id) THEN
        RAISE check_violation USING MESSAGE = 'A legal hold stands.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER may_begin BEFORE INSERT ON privacy_erasure FOR EACH ROW
    WHEN (current_user <> 'homeward_definer') EXECUTE FUNCTION privacy_erasure_may_begin();

CREATE FUNCTION homeward_require_erasure(which uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM privacy_erasure e WHERE e.subject_id = which AND e.finished_at IS NULL
        AND e.organisation_id = homeward_organisation()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'No erasure of this person has begun.';
    END IF;
END $$;

CREATE FUNCTION homeward_rows_about(by_person name[], by_case name[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(told, ' OR '), 'false') FROM (
        SELECT format('%I = $1', name) AS told FROM unnest(by_person) name
        UNION ALL SELECT format('%I = ANY ($2)', name) FROM unnest(by_case) name) told
$$;

-- The value a column has when it says nothing; `column=word` writes the word.
CREATE FUNCTION homeward_emptied(target regclass, told text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    of_column name := split_part(told, '=', 1);
    word text := CASE WHEN position('=' IN told) > 0 THEN split_part(told, '=', 2) END;
    is_needed boolean; kind text; nothing text;
BEGIN
    SELECT a.attnotnull, format_type(a.atttypid, NULL) INTO STRICT is_needed, kind FROM pg_attribute a
        WHERE a.attrelid = target AND a.attname = of_column AND NOT a.attisdropped;
    nothing := CASE
        WHEN word = 'random' THEN 'left(''X'' || upper(replace(gen_random_uuid()::text, ''-'', '''')), 16)'
        WHEN word IS NOT NULL THEN quote_literal(word)
        WHEN NOT is_needed THEN 'NULL'
        WHEN kind IN ('text', 'character varying') THEN ''''''
        WHEN kind LIKE '%[]' THEN '''{}'''
        WHEN kind = 'jsonb' THEN '''{}'''
        WHEN kind = 'bytea' THEN ''''''
    END;
    IF nothing IS NULL THEN
        RAISE EXCEPTION 'Column % of % has no empty value.', of_column, target;
    END IF;
    RETURN format('%I = %s', of_column, nothing);
END $$;

CREATE FUNCTION homeward_erase_rows(which uuid, target regclass, by_person name[], by_case name[], parent name,
    owner regclass, owner_by_person name[], owner_by_case name[], emptied text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    cases uuid[]; about text := homeward_rows_about(by_person, by_case); setting text; erased bigint;
BEGIN
    PERFORM homeward_require_erasure(which);
    SELECT coalesce(array_agg(c.id), '{}') INTO cases FROM cases_case c WHERE c.person_id = which;
    IF parent <> '' THEN
        about := format('%I IN (SELECT id FROM %s WHERE %s)', parent, owner,
            homeward_rows_about(owner_by_person, owner_by_case));
    END IF;
    IF cardinality(emptied) = 0 THEN
        EXECUTE format('DELETE FROM %s WHERE %s', target, about) USING which, cases;
    ELSE
        SELECT string_agg(homeward_emptied(target, one), ', ') INTO setting FROM unnest(emptied) one;
        EXECUTE format('UPDATE %s SET %s WHERE %s', target, setting, about) USING which, cases;
    END IF;
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END $$;

-- Ends what is disclosed, names the stored files to remove, takes lone family files away, destroys the key.
CREATE FUNCTION homeward_begin_erasing(which uuid) RETURNS SETOF text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE cases uuid[]; files uuid[];
BEGIN
    PERFORM homeward_require_erasure(which);
    SELECT coalesce(array_agg(c.id), '{}'), coalesce(array_agg(c.file_id) FILTER (WHERE c.file_id IS NOT NULL), '{}')
        INTO cases, files FROM cases_case c WHERE c.person_id = which;
    UPDATE sharing_disclosure SET ended_at = now(), ended_why = 'no_longer_needed'
        WHERE subject_id = which AND ended_at IS NULL;
    UPDATE firewall_travelnotice SET withdrawn_at = coalesce(withdrawn_at, now()), necessity = 'erased', flight = ''
        WHERE id IN (SELECT notice_id FROM firewall_noticesource WHERE case_id = ANY (cases));
    UPDATE people_person SET merged_into_id = NULL WHERE merged_into_id = which;
    UPDATE cases_case SET file_id = NULL WHERE id = ANY (cases);
    DELETE FROM cases_file f WHERE f.id = ANY (files)
        AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.file_id = f.id);
    UPDATE privacy_subjectkey SET wrapped = NULL, destroyed_at = coalesce(destroyed_at, now())
        WHERE subject_id = which;
    RETURN QUERY SELECT blob::text FROM files_storedfile WHERE subject_id = which OR case_id = ANY (cases);
END $$;

ALTER FUNCTION homeward_is_held(uuid) OWNER TO homeward_definer;
ALTER FUNCTION homeward_begin_erasing(uuid) OWNER TO homeward_definer;
ALTER FUNCTION homeward_erase_rows(uuid, regclass, name[], name[], name, regclass, name[], name[], text[])
    OWNER TO homeward_definer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_stop_the_use_of_restricted_records"),
        ("exchange", "0003_keep_restricted_rows_out_of_use"),
        ("privacy", "0008_protect_retention_copies_and_erasures"),
        ("firewall", "0002_protect_notices"),
        ("feedback", "0002_protect_what_people_say"),
        ("referrals", "0004_protect_letters"),
        ("cases", "0016_forget_offers_on_the_case"),
        ("sharing", "0002_protect_agreements_and_disclosures"),
        ("consent", "0003_end_what_rests_on_a_consent"),
        ("plans", "0002_protect_plans"),
        ("assessments", "0002_protect_assessments"),
    ]
    operations = [
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(RESTRICT, migrations.RunSQL.noop),
        migrations.RunSQL(LET + LET_ERASE, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]

"""Functions that policies and triggers ask at nearly every statement are planned once per session.

A function in SQL that reads a table is planned anew by every statement that calls it, which costs more than the
answer. The same text as PL/pgSQL keeps its plan. It looks rows up by index always: a plan made while a table was
empty would otherwise read it from end to end when thousands of rows have come in. What a function says, who may
call it and as whom it runs stay.
"""

from django.db import migrations

REMEMBER = """
DO $do$
DECLARE one record; made text; opening text; closing text;
BEGIN
    FOR one IN SELECT p.oid, p.prorettype = 'void'::regtype AS is_void FROM pg_proc p
        JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'sql' AND NOT p.proretset
        AND p.proname = ANY(ARRAY[
            'homeward_restricted_cases', 'homeward_restricted_people', 'homeward_is_held',
            'homeward_is_stopped', 'homeward_service_gates', 'homeward_service_closed',
            'homeward_gates_needed', 'homeward_gates_closed', 'homeward_answers_for',
            'homeward_leads', 'person_within_reach', 'same_person',
            'names_of_person', 'files_case_is_listed', 'referrals_sends',
            'referrals_may_move', 'services_may_change', 'programme_belongs_to',
            'instrument_belongs_to', 'surveys_form_is_draft', 'assistance_closed_before',
            'homeward_hears_child', 'homeward_rows_about', 'refresh_listings',
            'followup_may_plan_for', 'followup_may_change'])
    LOOP
        opening := E'#variable_conflict use_column\\nBEGIN' || CASE WHEN one.is_void THEN E'\\n' ELSE ' RETURN (' END;
        closing := CASE WHEN one.is_void THEN ';' ELSE ');' END || ' END ';
        made := replace(pg_get_functiondef(one.oid), E'\\n LANGUAGE sql', E'\\n LANGUAGE plpgsql');
        made := regexp_replace(made, '\\$function\\$', '$function$' || opening);
        made := regexp_replace(made, ';?\\s*\\$function\\$\\s*$', closing || '$function$');
        EXECUTE made;
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', one.oid::regprocedure);
    END LOOP;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_erase_remarks"),
        ("referrals", "0004_protect_letters"),
        ("assistance", "0007_adopt_rates_of_others"),
        ("surveys", "0002_protect_instruments"),
        ("services", "0002_protect_services"),
        ("followup", "0002_protect_visits"),
    ]
    operations = [migrations.RunSQL(REMEMBER, migrations.RunSQL.noop)]

"""Published forms are known to every partner and never change; submissions are their organisation's alone.

What was sent is stored once: the application adds a submission and never changes its body. Erasing empties
it and leaves the row, so that the same form sent again is not taken for a new one.
"""

from django.db import migrations

PROTECT = """
SELECT homeward_force('surveys_instrument');
CREATE POLICY known_to_members ON surveys_instrument FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY kept_by_own_organisation ON surveys_instrument
    USING (organisation_id = (SELECT homeward_organisation()));
REVOKE DELETE ON surveys_instrument FROM homeward_application;

-- A form belongs to the organisation that keeps its instrument, and to no other.
CREATE FUNCTION instrument_belongs_to(instrument uuid, keeper uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT 1 FROM surveys_instrument i WHERE i.id = instrument AND i.organisation_id = keeper) $$;

SELECT homeward_force('surveys_instrumentversion');
CREATE POLICY published_to_members ON surveys_instrumentversion FOR SELECT
    USING (state <> 'draft' AND (SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY kept_by_own_organisation ON surveys_instrumentversion
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY of_own_instrument ON surveys_instrumentversion AS RESTRICTIVE FOR INSERT
    WITH CHECK (instrument_belongs_to(instrument_id, organisation_id));

CREATE FUNCTION surveys_form_is_draft(form uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT 1 FROM surveys_instrumentversion v WHERE v.id = form AND v.state = 'draft') $$;

SELECT homeward_force('surveys_formfile');
CREATE POLICY of_a_known_form ON surveys_formfile FOR SELECT
    USING (EXISTS (SELECT 1 FROM surveys_instrumentversion v WHERE v.id = form_id));
CREATE POLICY kept_by_own_organisation ON surveys_formfile
    USING (organisation_id = (SELECT homeward_organisation()));

CREATE FUNCTION surveys_published_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft'
        OR to_jsonb(NEW) - '{state,version}'::text[] <> to_jsonb(OLD) - '{state,version}'::text[]) THEN
        RAISE insufficient_privilege USING MESSAGE = 'A published form never changes.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON surveys_instrumentversion
    FOR EACH ROW EXECUTE FUNCTION surveys_published_never_changes();

CREATE FUNCTION surveys_files_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT surveys_form_is_draft(CASE TG_OP WHEN 'INSERT' THEN NEW.form_id ELSE OLD.form_id END)
        AND (TG_OP = 'INSERT' OR EXISTS (SELECT 1 FROM surveys_instrumentversion v WHERE v.id = OLD.form_id)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'The files of a published form never change.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER never_changes BEFORE INSERT OR UPDATE OR DELETE ON surveys_formfile
    FOR EACH ROW EXECUTE FUNCTION surveys_files_never_change();

SELECT homeward_protect_by_organisation('surveys_submission');
REVOKE UPDATE, DELETE ON surveys_submission FROM homeward_application;
GRANT UPDATE (state, troubles, reviewed_at, reviewed_by_id, superseded_by, erased_at, respondent, answers, body,
    device, expected_files) ON surveys_submission TO homeward_application;
CREATE FUNCTION surveys_submissions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.erased_at IS NOT NULL AND length(NEW.body) = 0 AND NEW.answers = '{}' THEN
        RETURN NEW;
    END IF;
    -- An encrypted form is read later: until then it has no answers.
    IF NEW.body <> OLD.body OR (NEW.answers <> OLD.answers AND OLD.answers <> '{}')
        OR (OLD.respondent IS NOT NULL AND NEW.respondent IS DISTINCT FROM OLD.respondent)
        OR (OLD.superseded_by IS NOT NULL AND NEW.superseded_by IS DISTINCT FROM OLD.superseded_by) THEN
        RAISE insufficient_privilege USING MESSAGE = 'What was sent never changes.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON surveys_submission
    FOR EACH ROW EXECUTE FUNCTION surveys_submissions_stay();

SELECT homeward_protect_by_organisation('surveys_attachment');
REVOKE UPDATE ON surveys_attachment FROM homeward_application;
"""

REMOVE = """
DROP POLICY own_organisation ON surveys_attachment;
DROP TRIGGER stays ON surveys_submission;
DROP FUNCTION surveys_submissions_stay();
DROP POLICY own_organisation ON surveys_submission;
DROP TRIGGER never_changes ON surveys_formfile;
DROP FUNCTION surveys_files_never_change();
DROP TRIGGER never_changes ON surveys_instrumentversion;
DROP FUNCTION surveys_published_never_changes();
DROP POLICY kept_by_own_organisation ON surveys_formfile;
DROP POLICY of_a_known_form ON surveys_formfile;
DROP FUNCTION surveys_form_is_draft(uuid);
DROP POLICY of_own_instrument ON surveys_instrumentversion;
DROP POLICY kept_by_own_organisation ON surveys_instrumentversion;
DROP POLICY published_to_members ON surveys_instrumentversion;
DROP FUNCTION instrument_belongs_to(uuid, uuid);
DROP POLICY kept_by_own_organisation ON surveys_instrument;
DROP POLICY known_to_members ON surveys_instrument;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_instruments"),
        ("access", "0005_close_functions"),
    ]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

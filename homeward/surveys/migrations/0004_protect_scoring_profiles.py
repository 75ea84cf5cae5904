"""Profiles in use are known to every partner and never change; drafts are the keeper's alone."""

from django.db import migrations

PROTECT = """
SELECT homeward_force('surveys_scoringprofile');
CREATE POLICY used_by_members ON surveys_scoringprofile FOR SELECT
    USING (state <> 'draft' AND (SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY kept_by_own_organisation ON surveys_scoringprofile
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY of_own_instrument ON surveys_scoringprofile AS RESTRICTIVE FOR INSERT
    WITH CHECK (instrument_belongs_to(instrument_id, organisation_id));

CREATE FUNCTION surveys_used_profiles_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft'
        OR to_jsonb(NEW) - '{state,version}'::text[] <> to_jsonb(OLD) - '{state,version}'::text[]) THEN
        RAISE insufficient_privilege USING MESSAGE = 'A profile that was in use never changes.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON surveys_scoringprofile
    FOR EACH ROW EXECUTE FUNCTION surveys_used_profiles_stay();
"""

REMOVE = """
DROP TRIGGER never_changes ON surveys_scoringprofile;
DROP FUNCTION surveys_used_profiles_stay();
DROP POLICY of_own_instrument ON surveys_scoringprofile;
DROP POLICY kept_by_own_organisation ON surveys_scoringprofile;
DROP POLICY used_by_members ON surveys_scoringprofile;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_scoring_profiles")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

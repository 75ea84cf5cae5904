"""Published versions are known to every partner and never change; drafts are the running organisation's."""

from django.db import migrations

PROTECT = """
SELECT homeward_force('programmes_programmeversion');
CREATE POLICY published_to_members ON programmes_programmeversion FOR SELECT
    USING (state = 'published' AND (SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY run_by_own_organisation ON programmes_programmeversion
    USING (organisation_id = (SELECT homeward_organisation()));

-- A version belongs to the organisation that runs its programme, and to no other.
CREATE FUNCTION programme_belongs_to(programme uuid, runner uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT 1 FROM programmes_programme p WHERE p.id = programme AND p.organisation_id = runner) $$;
CREATE POLICY of_own_programme ON programmes_programmeversion AS RESTRICTIVE FOR INSERT
    WITH CHECK (programme_belongs_to(programme_id, organisation_id));

SELECT homeward_force('programmes_party');
CREATE POLICY known_to_members ON programmes_party FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY run_by_own_organisation ON programmes_party
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY of_own_programme ON programmes_party AS RESTRICTIVE FOR INSERT
    WITH CHECK (programme_belongs_to(programme_id, organisation_id));

CREATE FUNCTION published_versions_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE insufficient_privilege USING MESSAGE = 'A published version of a programme never changes.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON programmes_programmeversion
    FOR EACH ROW EXECUTE FUNCTION published_versions_never_change();
"""

REMOVE = """
DROP TRIGGER never_changes ON programmes_programmeversion;
DROP FUNCTION published_versions_never_change();
DROP POLICY of_own_programme ON programmes_party;
DROP POLICY run_by_own_organisation ON programmes_party;
DROP POLICY known_to_members ON programmes_party;
DROP POLICY of_own_programme ON programmes_programmeversion;
DROP FUNCTION programme_belongs_to(uuid, uuid);
DROP POLICY run_by_own_organisation ON programmes_programmeversion;
DROP POLICY published_to_members ON programmes_programmeversion;
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_keep_dated_versions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

"""Agreed versions are every partner's and never change; comments are those who take part's; values their owner's."""

from django.db import migrations

TAKES_PART = """EXISTS (SELECT 1 FROM indicators_frameworkversion v WHERE v.id = version_id AND (
        v.organisation_id = (SELECT homeward_organisation()) OR EXISTS (
            SELECT 1 FROM indicators_frameworkparty p WHERE p.framework_id = v.framework_id
            AND p.party_id = (SELECT homeward_organisation()))))"""
IS_ASKED = """EXISTS (SELECT 1 FROM indicators_frameworkversion v WHERE v.id = version_id AND v.state = 'consultation'
        AND (v.organisation_id = (SELECT homeward_organisation()) OR EXISTS (
            SELECT 1 FROM indicators_frameworkparty p WHERE p.framework_id = v.framework_id
            AND p.party_id = (SELECT homeward_organisation()))))"""

OWNS = """EXISTS (SELECT 1 FROM indicators_frameworkversion v WHERE v.id = version_id AND v.state = 'consultation'
        AND (v.organisation_id = (SELECT homeward_organisation()) OR EXISTS (
            SELECT 1 FROM indicators_frameworkparty p WHERE p.framework_id = v.framework_id
            AND p.party_id = (SELECT homeward_organisation()) AND p.part = 'co_owner')))"""

PROTECT = (
    """
SELECT homeward_force('indicators_framework');
CREATE POLICY known_to_members ON indicators_framework FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY owned_by_own_organisation ON indicators_framework
    USING (organisation_id = (SELECT homeward_organisation()));

-- What belongs to a framework belongs to the organisation that owns it, and to no other.
CREATE FUNCTION framework_belongs_to(framework uuid, owner uuid) RETURNS boolean LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$ BEGIN RETURN EXISTS (SELECT 1 FROM indicators_framework f WHERE f.id = framework AND f.organisation_id = owner); END $$;

SELECT homeward_force('indicators_frameworkparty');
CREATE POLICY known_to_members ON indicators_frameworkparty FOR SELECT
    USING ((SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY owned_by_own_organisation ON indicators_frameworkparty
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY of_own_framework ON indicators_frameworkparty AS RESTRICTIVE FOR INSERT
    WITH CHECK (framework_belongs_to(framework_id, organisation_id));

SELECT homeward_force('indicators_frameworkversion');
CREATE POLICY agreed_to_members ON indicators_frameworkversion FOR SELECT
    USING (state IN ('validated', 'in_force', 'superseded') AND (SELECT homeward_organisation()) IS NOT NULL);
CREATE POLICY asked_to_partners ON indicators_frameworkversion FOR SELECT
    USING (state = 'consultation' AND EXISTS (SELECT 1 FROM indicators_frameworkparty p
        WHERE p.framework_id = indicators_frameworkversion.framework_id
        AND p.party_id = (SELECT homeward_organisation())));
CREATE POLICY owned_by_own_organisation ON indicators_frameworkversion
    USING (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY of_own_framework ON indicators_frameworkversion AS RESTRICTIVE FOR INSERT
    WITH CHECK (framework_belongs_to(framework_id, organisation_id));

CREATE FUNCTION framework_versions_keep_what_they_say() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE insufficient_privilege USING MESSAGE = 'A version of a framework is never removed.';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE insufficient_privilege USING MESSAGE = 'A version of a framework begins as a draft.';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('draft', 'draft'), ('draft', 'consultation'), ('consultation', 'draft'),
            ('consultation', 'validated'), ('validated', 'in_force'), ('in_force', 'superseded')) THEN
        RAISE insufficient_privilege USING MESSAGE = 'A version of a framework does not go this way.';
    END IF;
    IF OLD.state <> 'draft' AND (NEW.definitions, NEW.definitions_sha256, NEW.number, NEW.framework_id,
            NEW.organisation_id, NEW.drafted_by_ids, NEW.what_changed) IS DISTINCT FROM (OLD.definitions,
            OLD.definitions_sha256, OLD.number, OLD.framework_id, OLD.organisation_id, OLD.drafted_by_ids,
            OLD.what_changed) THEN
        RAISE insufficient_privilege USING MESSAGE = 'What a version says changes in a draft only.';
    END IF;
    IF NEW.state = 'validated' AND EXISTS (
            SELECT NEW.organisation_id AS owner UNION
            SELECT p.party_id FROM indicators_frameworkparty p
            WHERE p.framework_id = NEW.framework_id AND p.part = 'co_owner'
            EXCEPT SELECT a.organisation_id FROM indicators_frameworkvalidation a
            WHERE a.version_id = NEW.id AND a.definitions_sha256 = NEW.definitions_sha256) THEN
        RAISE insufficient_privilege USING MESSAGE = 'A version is validated by a named person of every owner.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_what_it_says BEFORE INSERT OR UPDATE OR DELETE ON indicators_frameworkversion
    FOR EACH ROW EXECUTE FUNCTION framework_versions_keep_what_they_say();

SELECT homeward_force('indicators_frameworkcomment');
CREATE POLICY seen_by_partners ON indicators_frameworkcomment FOR SELECT USING (who_takes_part);
CREATE POLICY made_by_partners ON indicators_frameworkcomment FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND who_is_asked);

SELECT homeward_force('indicators_frameworkvalidation');
CREATE POLICY seen_by_partners ON indicators_frameworkvalidation FOR SELECT USING (who_takes_part);
CREATE POLICY made_by_partners ON indicators_frameworkvalidation FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()) AND by_id = (SELECT homeward_user())
        AND who_owns);

CREATE FUNCTION nobody_validates_what_they_drafted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM indicators_frameworkversion v
            WHERE v.id = NEW.version_id AND NEW.by_id = ANY (v.drafted_by_ids)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'Nobody validates what they drafted.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_others_than_drafters BEFORE INSERT ON indicators_frameworkvalidation
    FOR EACH ROW EXECUTE FUNCTION nobody_validates_what_they_drafted();

SELECT homeward_protect_by_organisation('indicators_indicatortable');
SELECT homeward_protect_by_organisation('indicators_indicatorvalue');
CREATE FUNCTION ready_indicator_tables_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'ready' THEN
        RAISE insufficient_privilege USING MESSAGE = 'A ready table of values never changes.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON indicators_indicatortable
    FOR EACH ROW EXECUTE FUNCTION ready_indicator_tables_never_change();
CREATE FUNCTION indicator_table_is_open(asked uuid) RETURNS boolean LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$ BEGIN RETURN EXISTS (SELECT 1 FROM indicators_indicatortable t WHERE t.id = asked AND t.state = 'computing'); END $$;
CREATE POLICY only_while_reckoned ON indicators_indicatorvalue AS RESTRICTIVE FOR INSERT
    WITH CHECK (indicator_table_is_open(table_id));
CREATE POLICY taken_away_only_while_reckoned ON indicators_indicatorvalue AS RESTRICTIVE FOR DELETE
    USING (indicator_table_is_open(table_id));

REVOKE DELETE ON indicators_framework, indicators_frameworkparty, indicators_frameworkversion
    FROM homeward_application;
REVOKE UPDATE, DELETE ON indicators_frameworkcomment, indicators_frameworkvalidation FROM homeward_application;
REVOKE UPDATE ON indicators_framework, indicators_indicatorvalue FROM homeward_application;
GRANT UPDATE (name) ON indicators_framework TO homeward_application; -- a row is locked with a right to change
""".replace("who_takes_part", TAKES_PART)
    .replace("who_is_asked", IS_ASKED)
    .replace("who_owns", OWNS)
)

REMOVE = """
GRANT UPDATE, DELETE ON indicators_framework, indicators_frameworkparty, indicators_frameworkversion,
    indicators_frameworkcomment, indicators_frameworkvalidation, indicators_indicatorvalue TO homeward_application;
DROP POLICY taken_away_only_while_reckoned ON indicators_indicatorvalue;
DROP POLICY only_while_reckoned ON indicators_indicatorvalue;
DROP FUNCTION indicator_table_is_open(uuid);
DROP TRIGGER never_changes ON indicators_indicatortable;
DROP FUNCTION ready_indicator_tables_never_change();
DROP POLICY own_organisation ON indicators_indicatorvalue;
DROP POLICY own_organisation ON indicators_indicatortable;
DROP TRIGGER by_others_than_drafters ON indicators_frameworkvalidation;
DROP FUNCTION nobody_validates_what_they_drafted();
DROP POLICY made_by_partners ON indicators_frameworkvalidation;
DROP POLICY seen_by_partners ON indicators_frameworkvalidation;
DROP POLICY made_by_partners ON indicators_frameworkcomment;
DROP POLICY seen_by_partners ON indicators_frameworkcomment;
DROP TRIGGER keeps_what_it_says ON indicators_frameworkversion;
DROP FUNCTION framework_versions_keep_what_they_say();
DROP POLICY of_own_framework ON indicators_frameworkversion;
DROP POLICY owned_by_own_organisation ON indicators_frameworkversion;
DROP POLICY asked_to_partners ON indicators_frameworkversion;
DROP POLICY agreed_to_members ON indicators_frameworkversion;
DROP POLICY of_own_framework ON indicators_frameworkparty;
DROP POLICY owned_by_own_organisation ON indicators_frameworkparty;
DROP POLICY known_to_members ON indicators_frameworkparty;
DROP FUNCTION framework_belongs_to(uuid, uuid);
DROP POLICY owned_by_own_organisation ON indicators_framework;
DROP POLICY known_to_members ON indicators_framework;
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_frameworks"), ("access", "0005_close_functions")]
    operations = [migrations.RunSQL(PROTECT, REMOVE)]

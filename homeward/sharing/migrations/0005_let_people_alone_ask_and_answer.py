"""A vital interest is asked for and answered by people with a role at the organisation, not by programs.

Whoever holds the token of a program is somebody too: asking by it and answering in person would be one and the
same hand.
"""

from django.db import migrations

BODY = """
CREATE OR REPLACE FUNCTION sharing_override_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answered text[] := ARRAY['is_agreed', 'answered_by_id', 'answered_by_name', 'answered_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.asked_by_id IS DISTINCT FROM homeward_user() OR NEW.is_agreed IS NOT NULL THEN
            RAISE check_violation USING MESSAGE = 'One person asks, in their own name; another answers.';
        END IF;
    ELSIF OLD.is_agreed IS NOT NULL OR NEW.answered_by_id IS DISTINCT FROM homeward_user()
        OR NEW.answered_by_id = OLD.asked_by_id OR to_jsonb(NEW) - answered <> to_jsonb(OLD) - answered THEN
        RAISE check_violation USING MESSAGE = 'A second person answers, once, in their own name.';
    END IF;%s
    RETURN NEW;
END $$;
"""
PEOPLE_ALONE = """
    IF NOT EXISTS (SELECT FROM organisations_membership m WHERE m.user_id = homeward_user()
        AND m.organisation_id = NEW.organisation_id AND m.ended_at IS NULL) THEN
        RAISE check_violation USING MESSAGE = 'People ask and answer, in a role at the organisation.';
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0004_say_why_a_transfer_rule_ended"),
        ("organisations", "0001_organisations_and_members"),
    ]

    operations = [migrations.RunSQL(BODY % PEOPLE_ALONE, BODY % "")]

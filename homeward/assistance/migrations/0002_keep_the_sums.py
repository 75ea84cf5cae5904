"""The database keeps the sums: each entry moves them in its own statement, in one order of locks.

Budget, entitlement, commitment, instalment: always in this order, so that two entries wait for each other and
never in a circle. CHECKs on the sums refuse what would overspend, whoever asks and however many at once.
The application's role adds entries and accounts; sums and entries are beyond its reach.
"""

from django.db import migrations

TABLES = (
    "budget",
    "budgetchange",
    "entitlement",
    "commitment",
    "instalment",
    "entry",
    "delivery",
    "proof",
    "answer",
    "rate",
    "price",
    "intent",
)

POLICIES = """
SELECT homeward_protect_by_organisation('assistance_rate');
SELECT homeward_protect_by_organisation('assistance_price');

SELECT homeward_force('assistance_budget');
CREATE POLICY seen_by_parties ON assistance_budget FOR SELECT
    USING (organisation_id = (SELECT homeward_organisation()) OR donor_id = (SELECT homeward_organisation())
        OR EXISTS (SELECT 1 FROM programmes_programme p WHERE p.id = assistance_budget.programme_id
            AND p.organisation_id = (SELECT homeward_organisation())));
CREATE POLICY set_by_holder_or_programme ON assistance_budget FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        OR EXISTS (SELECT 1 FROM programmes_programme p WHERE p.id = assistance_budget.programme_id
            AND p.organisation_id = (SELECT homeward_organisation())));
CREATE POLICY changed_by_holder_or_programme ON assistance_budget FOR UPDATE
    USING (organisation_id = (SELECT homeward_organisation())
        OR EXISTS (SELECT 1 FROM programmes_programme p WHERE p.id = assistance_budget.programme_id
            AND p.organisation_id = (SELECT homeward_organisation())));

SELECT homeward_force('assistance_budgetchange');
CREATE POLICY of_seen_budget ON assistance_budgetchange FOR SELECT
    USING (EXISTS (SELECT 1 FROM assistance_budget b WHERE b.id = budget_id));
CREATE POLICY of_own_change ON assistance_budgetchange FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation())
        AND EXISTS (SELECT 1 FROM assistance_budget b WHERE b.id = budget_id));

-- Seen by those on the case and by whoever spent on it, even after the case is shared no more.
CREATE FUNCTION assistance_protect(target regclass, spent text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE listed text := format('EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = %s.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> ''arrival'')', target);
BEGIN
    PERFORM homeward_force(target);
    EXECUTE format('CREATE POLICY listed_or_spent ON %s FOR SELECT USING (%s OR %s)', target, listed, spent);
    EXECUTE format('CREATE POLICY added_on_listed_case ON %s FOR INSERT WITH CHECK (%s)', target, listed);
END $$;
SELECT assistance_protect('assistance_commitment', 'organisation_id = (SELECT homeward_organisation())');
SELECT assistance_protect('assistance_entry', 'organisation_id = (SELECT homeward_organisation())');
SELECT assistance_protect('assistance_entitlement', 'EXISTS (SELECT 1 FROM assistance_commitment c
    WHERE c.entitlement_id = assistance_entitlement.id AND c.organisation_id = (SELECT homeward_organisation()))');
SELECT assistance_protect('assistance_instalment', 'EXISTS (SELECT 1 FROM assistance_commitment c
    WHERE c.id = commitment_id AND c.organisation_id = (SELECT homeward_organisation()))');
SELECT assistance_protect('assistance_delivery', 'EXISTS (SELECT 1 FROM assistance_entry e
    WHERE e.id = entry_id AND e.organisation_id = (SELECT homeward_organisation()))');
SELECT assistance_protect('assistance_proof', 'organisation_id = (SELECT homeward_organisation())');
SELECT assistance_protect('assistance_intent', 'organisation_id = (SELECT homeward_organisation())');
SELECT assistance_protect('assistance_answer', 'organisation_id = (SELECT homeward_organisation())');
DROP FUNCTION assistance_protect(regclass, text);

-- What is added bears the name of the organisation that adds it.
CREATE POLICY in_own_name ON assistance_commitment AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY in_own_name ON assistance_entry AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY in_own_name ON assistance_entitlement AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY in_own_name ON assistance_proof AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY in_own_name ON assistance_answer AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
CREATE POLICY in_own_name ON assistance_intent AS RESTRICTIVE FOR INSERT
    WITH CHECK (organisation_id = (SELECT homeward_organisation()));
-- The end of a window is known when the day it is counted from has come.
CREATE POLICY window_on_listed_case ON assistance_entitlement FOR UPDATE TO homeward_application
    USING (window_ends_on IS NULL AND EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = assistance_entitlement.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival')) WITH CHECK (true);
CREATE POLICY of_own_commitment ON assistance_instalment AS RESTRICTIVE FOR INSERT
    WITH CHECK (EXISTS (SELECT 1 FROM assistance_commitment c WHERE c.id = commitment_id
        AND c.organisation_id = (SELECT homeward_organisation())));
CREATE POLICY of_own_entry ON assistance_delivery AS RESTRICTIVE FOR INSERT
    WITH CHECK (EXISTS (SELECT 1 FROM assistance_entry e WHERE e.id = entry_id
        AND e.organisation_id = (SELECT homeward_organisation())));
CREATE POLICY reached_by_own ON assistance_instalment FOR UPDATE TO homeward_application
    USING (EXISTS (SELECT 1 FROM assistance_commitment c WHERE c.id = commitment_id
        AND c.organisation_id = (SELECT homeward_organisation())));
"""

RIGHTS = (
    "".join(f"REVOKE UPDATE, DELETE ON assistance_{table} FROM homeward_application;\n" for table in TABLES)
    + """
GRANT UPDATE (name, amount_minor, starts_on, ends_on, donor_id, version) ON assistance_budget TO homeward_application;
GRANT UPDATE (window_ends_on) ON assistance_entitlement TO homeward_application;
GRANT UPDATE (reached_on, reached_by_id, reached_by_name, reached_note) ON assistance_instalment
    TO homeward_application;

GRANT SELECT ON assistance_budget, assistance_entitlement, assistance_commitment, assistance_instalment,
    assistance_entry TO homeward_definer;
GRANT UPDATE ON assistance_budget, assistance_entitlement, assistance_commitment, assistance_instalment
    TO homeward_definer;
CREATE POLICY definer ON assistance_budget TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON assistance_entitlement TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON assistance_commitment TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON assistance_instalment TO homeward_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON assistance_entry FOR SELECT TO homeward_definer USING (true);
"""
)

TRIGGERS = """
CREATE FUNCTION assistance_begins_at_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given jsonb := to_jsonb(NEW);
BEGIN
    IF coalesce((given->>'committed_minor')::bigint, 0) <> 0 OR coalesce((given->>'delivered_minor')::bigint, 0) <> 0
        OR coalesce((given->>'paid_minor')::bigint, 0) <> 0 OR coalesce((given->>'topped_up_minor')::bigint, 0) <> 0
    THEN
        RAISE check_violation USING CONSTRAINT = 'sums_begin_at_nothing', MESSAGE = 'Sums begin at nothing.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begins_at_nothing BEFORE INSERT ON assistance_budget
    FOR EACH ROW EXECUTE FUNCTION assistance_begins_at_nothing();
CREATE TRIGGER begins_at_nothing BEFORE INSERT ON assistance_entitlement
    FOR EACH ROW EXECUTE FUNCTION assistance_begins_at_nothing();
CREATE TRIGGER begins_at_nothing BEFORE INSERT ON assistance_commitment
    FOR EACH ROW EXECUTE FUNCTION assistance_begins_at_nothing();
CREATE TRIGGER begins_at_nothing BEFORE INSERT ON assistance_instalment
    FOR EACH ROW EXECUTE FUNCTION assistance_begins_at_nothing();

-- A commitment joins an entitlement and a budget of one programme, in one currency; the holder commits.
CREATE FUNCTION assistance_commitment_fits() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM assistance_entitlement e JOIN assistance_budget b
        ON b.programme_id = e.programme_id AND b.currency = e.currency
        WHERE e.id = NEW.entitlement_id AND b.id = NEW.budget_id AND e.case_id = NEW.case_id
        AND e.currency = NEW.currency AND b.organisation_id = NEW.organisation_id)
    THEN
        RAISE check_violation USING CONSTRAINT = 'commitment_fits_its_budget',
            MESSAGE = 'Entitlement and budget are of one programme, one currency and the organisation that commits.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_fits BEFORE INSERT ON assistance_commitment
    FOR EACH ROW EXECUTE FUNCTION assistance_commitment_fits();

CREATE FUNCTION assistance_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'Entries are added, never changed: reverse it instead.';
END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON assistance_entry
    FOR EACH ROW EXECUTE FUNCTION assistance_entry_stays();

-- After the insert, not before: an entry that is not kept must move nothing.
CREATE FUNCTION assistance_count_entry() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    line assistance_commitment;
    account assistance_entitlement;
    earlier assistance_entry;
    moved text := NEW.kind;
    sign bigint := 1;
    committed bigint;
    delivered bigint;
    paid bigint;
BEGIN
    IF NEW.by_id IS DISTINCT FROM homeward_user() THEN
        RAISE insufficient_privilege USING MESSAGE = 'An entry names who made it.';
    END IF;
    IF NEW.kind = 'reversal' THEN
        SELECT * INTO earlier FROM assistance_entry WHERE id = NEW.reverses_id;
        IF earlier.kind NOT IN ('delivery', 'payment', 'top_up') OR (earlier.case_id, earlier.organisation_id,
            earlier.entitlement_id, earlier.budget_id, earlier.commitment_id, earlier.instalment_id,
            earlier.currency, earlier.amount_minor, earlier.counted_currency, earlier.counted_minor)
            IS DISTINCT FROM (NEW.case_id, NEW.organisation_id, NEW.entitlement_id, NEW.budget_id,
            NEW.commitment_id, NEW.instalment_id, NEW.currency, NEW.amount_minor, NEW.counted_currency,
            NEW.counted_minor)
        THEN
            RAISE check_violation USING CONSTRAINT = 'a_reversal_mirrors_its_entry',
                MESSAGE = 'A reversal is of a delivery, a payment or a top-up, and equal to it.';
        END IF;
        moved := earlier.kind;
        sign := -1;
    END IF;
    SELECT * INTO account FROM assistance_entitlement WHERE id = NEW.entitlement_id;
    IF (account.case_id, account.currency) IS DISTINCT FROM (NEW.case_id, NEW.counted_currency) THEN
        RAISE check_violation USING CONSTRAINT = 'entry_fits_its_entitlement',
            MESSAGE = 'The entitlement is of another case or currency.';
    END IF;
    IF NEW.commitment_id IS NOT NULL THEN
        SELECT * INTO line FROM assistance_commitment WHERE id = NEW.commitment_id;
        IF (line.case_id, line.organisation_id, line.entitlement_id, line.budget_id) IS DISTINCT FROM
            (NEW.case_id, NEW.organisation_id, NEW.entitlement_id, NEW.budget_id)
        THEN
            RAISE check_violation USING CONSTRAINT = 'entry_fits_its_commitment',
                MESSAGE = 'The commitment is of another case, organisation, entitlement or budget.';
        END IF;
    END IF;
    IF NEW.kind = 'payment' AND EXISTS (SELECT 1 FROM assistance_entry c WHERE c.commitment_id = NEW.commitment_id
        AND c.kind = 'commitment' AND c.by_id = NEW.by_id)
    THEN
        RAISE check_violation USING CONSTRAINT = 'nobody_pays_what_they_committed',
            MESSAGE = 'Who committed does not pay.';
    END IF;

    committed := sign * CASE moved WHEN 'commitment' THEN NEW.counted_minor WHEN 'release' THEN -NEW.counted_minor
        ELSE 0 END;
    delivered := sign * CASE moved WHEN 'delivery' THEN NEW.counted_minor ELSE 0 END;
    paid := sign * CASE moved WHEN 'payment' THEN NEW.counted_minor ELSE 0 END;
    UPDATE assistance_budget SET committed_minor = committed_minor + committed,
        delivered_minor = delivered_minor + delivered, paid_minor = paid_minor + paid WHERE id = NEW.budget_id;
    UPDATE assistance_entitlement SET committed_minor = committed_minor + committed,
        delivered_minor = delivered_minor + delivered, paid_minor = paid_minor + paid,
        topped_up_minor = topped_up_minor + sign * CASE moved WHEN 'top_up' THEN NEW.counted_minor ELSE 0 END
        WHERE id = NEW.entitlement_id;
    UPDATE assistance_commitment SET committed_minor = committed_minor + committed,
        delivered_minor = delivered_minor + delivered, paid_minor = paid_minor + paid WHERE id = NEW.commitment_id;
    IF moved = 'payment' THEN
        PERFORM assistance_count_instalment(NEW.commitment_id, NEW.instalment_id, paid);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION assistance_count_instalment(which_commitment uuid, which uuid, paid bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF which IS NULL THEN
        IF EXISTS (SELECT 1 FROM assistance_instalment i WHERE i.commitment_id = which_commitment) THEN
            RAISE check_violation USING CONSTRAINT = 'an_instalment_is_named',
                MESSAGE = 'This commitment is paid in instalments.';
        END IF;
        RETURN;
    END IF;
    UPDATE assistance_instalment SET paid_minor = paid_minor + paid
        WHERE id = which AND commitment_id = which_commitment AND (paid < 0 OR reached_on IS NOT NULL);
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'a_milestone_is_reached_first',
            MESSAGE = 'The milestone of this instalment was not reached.';
    END IF;
END $$;

CREATE TRIGGER count_entry AFTER INSERT ON assistance_entry
    FOR EACH ROW EXECUTE FUNCTION assistance_count_entry();
ALTER FUNCTION assistance_commitment_fits() OWNER TO homeward_definer;
ALTER FUNCTION assistance_count_entry() OWNER TO homeward_definer;
"""

REMOVE = """
DROP TRIGGER count_entry ON assistance_entry;
DROP TRIGGER entry_stays ON assistance_entry;
DROP TRIGGER commitment_fits ON assistance_commitment;
DROP TRIGGER begins_at_nothing ON assistance_budget;
DROP TRIGGER begins_at_nothing ON assistance_entitlement;
DROP TRIGGER begins_at_nothing ON assistance_commitment;
DROP TRIGGER begins_at_nothing ON assistance_instalment;
DROP FUNCTION assistance_count_entry();
DROP FUNCTION assistance_count_instalment(uuid, uuid, bigint);
DROP FUNCTION assistance_entry_stays();
DROP FUNCTION assistance_commitment_fits();
DROP FUNCTION assistance_begins_at_nothing();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0001_ledger"),
        ("access", "0001_current_organisation_and_protection"),
        ("cases", "0002_protect_cases"),
        ("programmes", "0004_protect_versions"),
    ]
    operations = [
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, REMOVE),
    ]

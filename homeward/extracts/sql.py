"""How each frame is read: one SELECT as the extracts' login, under the policies of the asking organisation.

Days become months, what lies between them weeks, and years of birth bands here, in the database: none of them
leaves it.
"""
# ruff: noqa: E501, S608 - queries are made of parts of this module and of days, of nothing that anybody wrote

from datetime import date

from babel.core import get_global

from homeward.cases.rules import PATH, STAGE_FROM_FACTS

MINE = "(SELECT homeward_organisation())"
ALWAYS, NEVER = date(1900, 1, 1), date(9999, 1, 1)


def _month(day: str) -> str:
    return f"date_trunc('month', {day})::date"


def _months_between(start: str, end: str) -> str:
    return f"round(({end} - {start}) / 30.4375)::int4"


def _amount(minor: str, currency: str) -> str:
    """Whole units: how many digits a currency has is fixed by ISO 4217."""
    fractions = get_global("currency_fractions")
    others = sorted((name, row[0]) for name, row in fractions.items() if row[0] != 2 and name != "DEFAULT")
    whens = " ".join(f"WHEN '{name}' THEN {10.0 ** -int(digits):g}" for name, digits in others)
    return f"({minor} * (CASE {currency} {whens} ELSE 0.01 END))::float8"


def _weeks(days: str) -> str:
    """Days to the nearest week: exact, they would lead from a month to the day."""
    return f"round(({days}) / 7.0)::int4 * 7"


def _shown(category: str, value: str) -> str:
    """The value where this category of the case is shown to the organisation; nothing says the rest."""
    return f"CASE WHEN l.categories IS NULL OR '{category}' = ANY (l.categories) THEN {value} END"


def _band(year: str, of: str) -> str:
    age = f"(extract(year FROM {of})::int4 - {year})"
    return (
        f"CASE WHEN {age} < 12 THEN '0-11' WHEN {age} < 18 THEN '12-17' WHEN {age} < 25 THEN '18-24' "
        f"WHEN {age} < 35 THEN '25-34' WHEN {age} < 45 THEN '35-44' WHEN {age} < 55 THEN '45-54' "
        f"WHEN {age} < 65 THEN '55-64' WHEN {age} >= 65 THEN '65+' END"
    )


def _group(*chosen: tuple[str, str]) -> str:
    whens = " ".join(f"WHEN f.flags && ARRAY[{flags}]::varchar[] THEN '{name}'" for name, flags in chosen)
    return _shown("vulnerability", f"CASE {whens} ELSE 'none' END")


def _reached(facts: tuple[str, ...]) -> str:
    columns = [f"c.{fact}" for fact in facts]
    if len(columns) == 1:
        return columns[0]
    return f"CASE WHEN {' AND '.join(f'{one} IS NOT NULL' for one in columns)} THEN greatest({', '.join(columns)}) END"


FACTS = {stage: facts for stage, facts in STAGE_FROM_FACTS if stage in PATH}
PATH_ROWS = ", ".join(
    f"('{stage.value}', {_reached(FACTS[stage])}, {place})"
    for place, stage in enumerate(PATH)
    if stage in FACTS
)
# Records joined with others stand for the one that all of them lead to.
PERSON = "CASE WHEN p.merged_into_id IS NULL THEN p.id ELSE extracts_person(p.id) END"
UNREVERSED = "NOT EXISTS (SELECT FROM assistance_entry r WHERE r.reverses_id = e.id)"
# An organisation that was let in for an emergency, or expects an arrival, does not count the case as its own.
LISTED = "cases_listing l JOIN cases_case c ON c.id = l.case_id"
CASES = f"l.organisation_id = {MINE} AND l.scope IN ('lead', 'participant') AND {{period}}"

QUERIES = {
    "persons": f"""
        SELECT DISTINCT ON (1) uuid_send({PERSON}) AS person_id, p.sex AS sex,
            CASE WHEN l.birth_year IS NOT NULL THEN
                (l.birth_year / 5 * 5)::text || '-' || (l.birth_year / 5 * 5 + 4)::text END AS birth_year_band,
            p.nationalities[1] AS nationality
        FROM {LISTED} JOIN people_person p ON p.id = c.person_id WHERE {CASES}
        ORDER BY 1, p.merged_into_id IS NOT NULL, p.id""",
    "cases": f"""
        SELECT uuid_send(c.id) AS case_id, uuid_send({PERSON}) AS person_id,
            g.code AS programme, gv.number::int4 AS programme_version,
            nullif(c.host_country, '') AS destination_country, nullif(c.return_country, '') AS origin_country,
            d.district AS district, ca.name AS counselling_partner, lo.name AS partner, p.sex AS sex,
            {_band("l.birth_year", "coalesce(c.applied_on, c.opened_on)")} AS age_band,
            c.return_type AS return_basis,
            {
        _group(
            ("single_parent", "'single_parent'"),
            ("older_person", "'older_person'"),
            ("disability", "'disability'"),
        )
    } AS "group",
            {
        _group(
            ("trafficking", "'victim_of_trafficking'"),
            ("unaccompanied_child", "'unaccompanied_child', 'separated_child'"),
            ("violence", "'survivor_of_violence'"),
            ("health", "'health_need', 'mental_health_concern', 'capacity_doubt'"),
        )
    } AS sealed_group,
            {_month("c.applied_on")} AS applied_month, {_month("c.departed_on")} AS departed_month,
            {_month("c.arrived_on")} AS arrived_month, {_month("c.closed_on")} AS closed_month,
            nullif(c.closing_reason, '') AS closure, c.stage AS stage,
            {_shown("money", "a.case_id IS NOT NULL")} AS is_assisted
        FROM {LISTED} JOIN people_person p ON p.id = c.person_id
        JOIN organisations_organisation lo ON lo.id = c.lead_organisation_id
        LEFT JOIN programmes_programme g ON g.id = c.programme_id
        LEFT JOIN programmes_programmeversion gv ON gv.id = c.programme_version_id
        LEFT JOIN extracts_districts() d ON d.case_id = c.id
        LEFT JOIN cases_profile f ON f.case_id = c.id AND f.superseded_at IS NULL
        LEFT JOIN (SELECT DISTINCT ON (k.case_id) k.case_id, o.name FROM cases_counselling k
            JOIN organisations_organisation o ON o.id = k.organisation_id
            ORDER BY k.case_id, k.held_on, k.id) ca ON ca.case_id = c.id
        LEFT JOIN (SELECT DISTINCT e.case_id FROM assistance_entry e
            WHERE e.kind IN ('delivery', 'payment') AND {UNREVERSED}) a ON a.case_id = c.id
        WHERE {CASES}""",
    "stages": f"""
        SELECT uuid_send(c.id) AS case_id, s.stage AS stage, {_month("s.day")} AS entered_month,
            {_weeks("s.days")} AS days, s.next_stage AS next_stage
        FROM {LISTED} CROSS JOIN LATERAL (
            SELECT v.stage, v.day, lead(v.day) OVER (ORDER BY v.day, v.place) - v.day AS days,
                lead(v.stage) OVER (ORDER BY v.day, v.place) AS next_stage
            FROM (VALUES {PATH_ROWS}) v (stage, day, place) WHERE v.day IS NOT NULL) s
        WHERE {CASES}""",
    "plans": f"""
        SELECT uuid_send(c.id) AS case_id, v.number::int4 AS version, {_month("v.agreed_on")} AS agreed_month,
            {_weeks("v.agreed_on - w.begun_on")} AS days_to_agree, coalesce(a.activities, 0)::int4 AS activities,
            coalesce(a.economic, 0)::int4 AS economic, coalesce(a.social, 0)::int4 AS social,
            coalesce(a.psychosocial, 0)::int4 AS psychosocial,
            CASE WHEN a.first = a.last THEN a.cost END AS cost,
            CASE WHEN a.first = a.last THEN a.first END AS currency
        FROM {LISTED} JOIN plans_planversion v ON v.case_id = c.id AND v.agreed_on IS NOT NULL
            AND v.state IN ('agreed', 'superseded')
        JOIN plans_plan w ON w.id = v.plan_id
        LEFT JOIN (SELECT y.version_id, count(*) AS activities,
            count(*) FILTER (WHERE y.dimension = 'economic') AS economic,
            count(*) FILTER (WHERE y.dimension = 'social') AS social,
            count(*) FILTER (WHERE y.dimension = 'psychosocial') AS psychosocial,
            min(y.currency) FILTER (WHERE y.cost_minor > 0) AS first,
            max(y.currency) FILTER (WHERE y.cost_minor > 0) AS last,
            sum({_amount("y.cost_minor", "y.currency")}) AS cost
            FROM plans_activity y GROUP BY y.version_id) a ON a.version_id = v.id
        WHERE {CASES}""",
    "deliveries": f"""
        SELECT uuid_send(c.id) AS case_id, t.package_code AS service_type, y.dimension AS dimension, m.form AS modality,
            {_month('e."on"')} AS month, n.came AS is_confirmed, {_amount("e.amount_minor", "e.currency")} AS amount,
            e.currency AS currency, o.name AS provider
        FROM {LISTED} JOIN assistance_entry e ON e.case_id = c.id AND e.kind = 'delivery' AND {UNREVERSED}
        JOIN organisations_organisation o ON o.id = e.organisation_id
        JOIN assistance_entitlement t ON t.id = e.entitlement_id
        LEFT JOIN assistance_commitment m ON m.id = e.commitment_id
        LEFT JOIN (SELECT z.case_id, z.line_id, min(z.dimension) AS dimension FROM plans_activity z
            GROUP BY z.case_id, z.line_id) y ON y.case_id = c.id AND y.line_id = m.activity_id
        LEFT JOIN (SELECT s.entry_id, bool_or(s.received IN ('all', 'part')) AS came FROM assistance_answer s
            WHERE s.voice = 'returnee' GROUP BY s.entry_id) n ON n.entry_id = e.id
        WHERE {CASES}""",
    "costs": f"""
        SELECT uuid_send(c.id) AS case_id, 'assistance' AS kind, m.form AS modality, {_month('e."on"')} AS month,
            e.currency AS currency,
            CASE WHEN e.kind = 'payment' THEN 1 ELSE -1 END * {_amount("e.amount_minor", "e.currency")} AS amount,
            CASE WHEN e.kind = 'payment' THEN 1 ELSE -1 END
                * CASE WHEN e.currency = 'EUR' THEN e.amount_minor / 100.0::float8
                WHEN e.counted_currency = 'EUR' THEN e.counted_minor / 100.0::float8 END AS amount_eur,
            o.name AS partner
        FROM {LISTED} JOIN assistance_entry e ON e.case_id = c.id
        JOIN organisations_organisation o ON o.id = e.organisation_id
        LEFT JOIN assistance_entry b ON b.id = e.reverses_id
        LEFT JOIN assistance_commitment m ON m.id = e.commitment_id
        WHERE {CASES} AND (e.kind = 'payment' OR (e.kind = 'reversal' AND b.kind = 'payment'))""",
    "referrals": f"""
        SELECT uuid_send(c.id) AS case_id, nullif(r.need, '') AS service_type,
            nullif(r.provider_name, '') AS provider, nullif(r.place, '') AS district,
            {_month("r.sent_at")} AS sent_month, extract(day FROM r.replied_at - r.sent_at)::int4 AS reply_days,
            r.state AS answer, nullif(r.outcome, '') AS outcome,
            CASE WHEN k.confirmed IN ('as_said', 'partly') THEN true
                WHEN k.confirmed = 'not_at_all' THEN false END AS is_confirmed
        FROM {LISTED} JOIN referrals_referral r ON r.case_id = c.id AND r.sent_at IS NOT NULL
        LEFT JOIN (SELECT DISTINCT ON (q.referral_id) q.referral_id, q.confirmed FROM referrals_referralconfirmation q
            ORDER BY q.referral_id, q.recorded_at DESC, q.id) k ON k.referral_id = r.id
        WHERE {CASES}""",
    "visits": f"""
        SELECT uuid_send(c.id) AS case_id, uuid_send(v.id) AS visit_id, v.round AS round,
            {_months_between("c.arrived_on", "v.due_on")} AS months, {_month("v.due_on")} AS due_month,
            v.state AS state, v.attempts_made::int4 AS attempts, {_month("v.done_on")} AS reached_month,
            nullif(CASE WHEN v.state = 'not_needed' THEN v.not_needed_because ELSE v.outcome END, '') AS disposition
        FROM {LISTED} JOIN followup_visit v ON v.case_id = c.id AND v.member_id IS NULL
        WHERE {CASES}""",
    "scores": f"""
        SELECT uuid_send(c.id) AS case_id, uuid_send(s.visit_id) AS visit_id, s.round AS round,
            {_months_between("c.arrived_on", 's."on"')} AS months, i.code AS instrument,
            w.number::int4 AS instrument_version, pf.number::int4 AS profile_version,
            s.economic, s.social, s.psychosocial, s.composite,
            s.economic_coverage, s.social_coverage, s.psychosocial_coverage, s.composite_coverage
        FROM {LISTED} JOIN outcomes_outcome s ON s.case_id = c.id AND s.is_current AND s.member_id IS NULL
        LEFT JOIN surveys_instrumentversion w ON w.id = s.form_id
        LEFT JOIN surveys_instrument i ON i.id = w.instrument_id
        LEFT JOIN surveys_scoringprofile pf ON pf.id = s.profile_id
        WHERE {CASES}""",
    "movements": f"""
        SELECT uuid_send(c.id) AS case_id, x.kind AS kind, nullif(x.cause, '') AS necessity,
            nullif(x.way, '') AS route, {_month('x."on"')} AS month, x.ended_on IS NOT NULL AS is_over
        FROM {LISTED} JOIN cases_sideexit x ON x.case_id = c.id
        WHERE {CASES}""",
    "businesses": f"""
        SELECT uuid_send(c.id) AS case_id, (SELECT v.round FROM followup_visit v WHERE v.case_id = b.case_id
                AND v.done_on = b."on" AND v.member_id IS NULL ORDER BY v.round LIMIT 1) AS round,
            {_months_between("c.arrived_on", 'b."on"')} AS months, b.state AS state, b.workers::int4 AS jobs
        FROM {LISTED} JOIN followup_businesscheck b ON b.case_id = c.id
        WHERE {CASES}""",
}
COUNT = f"SELECT count(*) FROM {LISTED} WHERE {CASES}"


def query_of(frame: str, opened_from: date | None, opened_until: date | None) -> str:
    """The SELECT of a frame for cases opened in a period; `frame` empty counts the cases."""
    start, end = opened_from or ALWAYS, opened_until or NEVER
    period = f"c.opened_on BETWEEN '{start.isoformat()}' AND '{end.isoformat()}'"
    return (QUERIES[frame] if frame else COUNT).format(period=period)

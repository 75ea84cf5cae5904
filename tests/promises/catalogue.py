"""What the database's own catalogue says about tables, views, functions and roles."""

from dataclasses import dataclass

from django.db import connection

# Tables without row-level security, by the beginning of their names, each with its reason.
OPEN_TABLES = {
    "django_": "Django's own: sessions, content types and the list of migrations hold no case",
    "auth_": "Django's own groups and permissions, which nothing here uses",
    "account_": "sign-in looks addresses up before anyone is known",
    "mfa_": "sign-in looks second factors up before anyone is known; their secrets are sealed",
    "axes_": "failed sign-ins, written before anyone is known",
    "homeward_cache": "attempts counted and one-time codes used, before anyone is known",
    "procrastinate_": "the queue: jobs carry ids only",
    "organisations_user": "sign-in looks an address up before anyone is known; holds no case",
}

# Functions that look past policies, each with its reason.
DEFINER_FUNCTIONS = {
    "consent_stands_behind_it": "a trigger that looks the named consent up, whoever sees its person",
    "consent_ends_what_rests_on_it": "a trigger that ends disclosures of every organisation on that consent",
    "grant_case": "writes another organisation's listing when a case is shared with it",
    "refresh_listings": "keeps other organisations' listings of a changed case up to date",
    "end_grant": "ends another organisation's listing",
    "sharing_agreement_ends_what_rests_on_it": "a trigger that ends what rests on an agreement",
    "move_lead": "passes the lead, open appointments and named papers on as an accepted handover says",
    "tell_as_party": "writes on the timeline for an organisation that is offered a case it does not see",
    "cases_have_one_lead": "a trigger that counts the leads of a case, whoever may see them",
    "cases_listing_ends_with_its_disclosure": "a trigger that takes the recipient's listing away at once",
    "homeward_keep_gates": "a trigger that keeps gates also for who is not shown the profile behind them",
    "cases_listing_is_of_a_new_case": "a trigger that must see whether a case exists to keep others from it",
    "assistance_count_entry": "a trigger that moves sums, which no login of the application may write",
    "assistance_commitment_fits": "a trigger that compares a budget and an entitlement, whoever sees them",
    "assistance_barred": "answers which of its own commitments wait for a clearance, not for which",
    "assistance_statement": "sums of a budget, for who gives it and sees none of its entries",
    "assistance_gates_are_open": "a trigger: a gate is closed for whoever may not see it, too",
    "assistance_gates_are_still_open": "the same, when something is delivered or paid",
    "plans_gates_are_open": "a trigger: a gate is closed for whoever may not see it, too",
    "homeward_service_closed": "what those triggers ask; the application may not call it",
    "homeward_services_closed": "answers which gates bar a service, about the organisation's own cases only",
    "search_listings": "a trigram index cannot be used under a policy; filters by the organisation itself",
    "homeward_restricted_people": "every policy asks whose records are restricted, whichever officer did it",
    "homeward_restricted_cases": "the same for cases; tells ids of restricted cases, which nobody is shown",
    "enforcement_account": "what the sign-in of an enforcement account compares; only that login runs it",
    "enforcement_failed": "counts a wrong sign-in of an enforcement account; only that login runs it",
    "enforcement_begin": "begins the session of an enforcement account; only that login runs it",
    "enforcement_session": "says whose a session of an enforcement account is; only that login runs it",
    "enforcement_notices": "the projection an enforcement body is shown; only that login runs it",
    "enforcement_end": "signs an enforcement account out; only that login runs it",
    "enforcement_invited": "whom an invitation of an enforcement body is for; only that login runs it",
    "enforcement_accept": "takes an invitation of an enforcement body up; only that login runs it",
    "homeward_is_held": "tells whether anybody's legal hold stands on a person, no more",
    "homeward_begin_erasing": "erases what everybody wrote of a person, once the ledger has its line",
    "homeward_erase_rows": "the same, one table at a time; rows of nobody else fit its conditions",
    "homeward_is_stopped": "tells who had a listing that the use of these records is stopped, no more",
    "homeward_answers_for": "tells an organisation whether it leads every case of a person, no more",
    "keep_match_tokens": "replaces hashes that nobody may read, of people the caller sees",
    "homeward_may_be_matched": "who is left out between partners; the application may not call it",
    "homeward_answering_partners": "whose agreement with the caller lets them answer it",
    "homeward_ask_partners": "answers one recorded question with organisations, and writes in their trails",
    "extracts_left_out": "who is in no extract: restricted by anybody, or objecting; extracts' login only",
    "extracts_left_out_cases": "the same for cases; only the extracts' login runs it",
    "extracts_person": "to which record joined ones lead, past those nobody here sees; extracts' login only",
    "extracts_districts": "places of return that many share or the directory names; extracts' login only",
    "search_people": "a trigram index cannot be used under a policy; filters by the organisation itself",
}

# Unique indexes on protected tables that name neither a UUID nor an organisation, each with its reason.
RANDOM = "a reference is random and made by the installation, never chosen by an organisation"
OPEN_UNIQUE: dict[str, str] = {
    "cases_case_reference_key": RANDOM,
    "cases_case_reference_like": RANDOM,
    "cases_file_reference_key": RANDOM,
    "surveys_instrument_code_key": "codes of instruments are known to every partner; telephones send no more",
    "one_session_of_a_digest": "the digest of a random cookie, which only the enforcement login adds",
    "audit_seal_sequence_key": "only the sealer's login reads or adds seals",
}


@dataclass(frozen=True)
class Table:
    name: str
    enabled: bool
    forced: bool
    owner: str

    @property
    def is_open(self) -> bool:
        return any(self.name.startswith(start) for start in OPEN_TABLES)


def ask(question: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, params or None)
        return cursor.fetchall()


def tables() -> list[Table]:
    rows = ask(
        "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname"
    )
    return [Table(*row) for row in rows]


def protected_tables() -> list[Table]:
    return [table for table in tables() if not table.is_open]


def may_read(table: str) -> bool:
    return ask("SELECT has_table_privilege(%s, 'SELECT')", f'"{table}"') == [(True,)]


def unique_indexes() -> list[tuple[str, str, list[str], list[str]]]:
    """Table, index, its columns and their types, for every unique index."""
    return ask(
        "SELECT t.relname, i.relname, array_agg(a.attname::text), array_agg(a.atttypid::regtype::text) "
        "FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey) "
        "WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace "
        "GROUP BY t.relname, i.relname ORDER BY 1, 2"
    )


def foreign_keys() -> list[tuple[str, str, str]]:
    """Table, the table it points at, and the type of the column pointed at."""
    return ask(
        "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, a.atttypid::regtype::text "
        "FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = ANY (c.confkey) "
        "WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY 1, 2"
    )


def definer_functions() -> list[tuple[str, str, list[str] | None]]:
    """Name, owner and settings of every function of ours that runs as its owner."""
    return ask(
        "SELECT p.proname, p.proowner::regrole::text, p.proconfig FROM pg_proc p "
        "LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' "
        "WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND d.objid IS NULL ORDER BY 1"
    )

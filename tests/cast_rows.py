"""The cast as one piece of SQL, so that a test pays for them with a single round trip."""

from django.db import connection, transaction

from homeward.access.actor import SYSTEM_USER_ID
from homeward.organisations.demo import OFFICES, fixed_id
from homeward.sharing.rules import Category, Purpose
from tests.cast import CLINIC, HARBOUR, HATS, MARENIA, NORDHOLM, ORGANISATIONS, RETURN_PARTNERS


def _text(value):
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def _insert(table, **columns):
    names, values = ", ".join(columns), ", ".join(map(_text, columns.values()))
    return f"INSERT INTO organisations_{table} ({names}) VALUES ({values})"


def _people():
    for person in dict.fromkeys(hat.person for hat in HATS):
        yield _insert(
            "user",
            id=person.id,
            email=person.email,
            name=person.name,
            password="!",
            language="en",
            is_active="true",
            session_epoch=1,
        )


def _organisation(one):
    yield f"SELECT set_config('homeward.organisation_id', '{one.id}', true)"
    yield _insert(
        "organisation",
        id=one.id,
        name=one.name,
        organisation_class=one.organisation_class,
        country=one.country,
        language="en",
        contact_email="",
        is_synthetic="true",
        version=1,
    )
    for office in OFFICES:
        if office.organisation_id == one.id:
            yield _insert(
                "office", id=office.id, organisation_id=one.id, name=office.name, place="", version=1
            )
    for hat in HATS:
        if hat.organisation == one:
            yield _insert(
                "membership",
                id=hat.id,
                user_id=hat.person.id,
                organisation_id=one.id,
                role=hat.role,
                office_id=hat.office.id if hat.office else None,
                since="2026-01-01T00:00:00Z",
                version=1,
            )


def _acting(organisation_id):
    yield f"SELECT set_config('homeward.organisation_id', '{organisation_id}', true)"
    yield f"SELECT set_config('homeward.user_id', '{SYSTEM_USER_ID}', true)"


def _standing_agreement():
    """Those who work with cases may give each other everything, for every purpose, across every border."""
    yield from _acting(PARTIES[0])
    ids = ", ".join(f"'{one}'" for one in PARTIES)
    yield (
        "INSERT INTO sharing_agreement (id, organisation_id, party_ids, number, title, state, starts_on, "
        "ends_on, breach_contact, note, proposed_by_name, proposed_at, ended_by_name, ended_why) VALUES "
        f"('{AGREEMENT}', '{PARTIES[0]}', ARRAY[{ids}]::uuid[], 1, 'The cast works together', 'proposed', "
        "CURRENT_DATE - 30, CURRENT_DATE + 800, '', '', 'Homeward', now(), '', '')"
    )
    yield (
        "INSERT INTO sharing_agreementparty (id, agreement_id, organisation_id, accepted_by_name, contact) "
        f"SELECT gen_random_uuid(), '{AGREEMENT}', one, '', '' FROM unnest(ARRAY[{ids}]::uuid[]) one"
    )
    yield (
        "INSERT INTO sharing_clause (id, agreement_id, giver_id, receiver_id, purposes, categories, "
        f"transfer_basis, retention_days) SELECT gen_random_uuid(), '{AGREEMENT}', giver, receiver, "
        f"{_array(Purpose)}, {_array(Category)}, 'standard_clauses', 365 "
        f"FROM unnest(ARRAY[{ids}]::uuid[]) giver, unnest(ARRAY[{ids}]::uuid[]) receiver "
        "WHERE giver <> receiver"
    )
    for party in PARTIES:
        yield from _acting(party)
        yield (
            "UPDATE sharing_agreementparty SET accepted_at = now(), accepted_by_name = 'Homeward', "
            f"accepted_by_id = '{SYSTEM_USER_ID}' WHERE organisation_id = '{party}'"
        )
        yield (
            "INSERT INTO sharing_transferrule (id, organisation_id, from_countries, to_countries, "
            "receiver_class, covers_special, bases, is_verified, source, made_by_name, made_at) VALUES "
            f"(gen_random_uuid(), '{party}', '{{}}', '{{}}', '', true, '{{standard_clauses}}', false, "
            "'Of the tests', 'Homeward', now())"
        )
    yield f"UPDATE sharing_agreement SET state = 'in_force', in_force_at = now() WHERE id = '{AGREEMENT}'"
    yield "SELECT set_config('homeward.user_id', '', true)"


def _array(values):
    return "ARRAY[" + ", ".join(f"'{value}'" for value in values) + "]"


def _all():
    yield from _people()
    for one in ORGANISATIONS:
        yield from _organisation(one)
    yield "SELECT set_config('homeward.organisation_id', '', true)"


def _agreeing():
    yield from _standing_agreement()
    yield "SELECT set_config('homeward.organisation_id', '', true)"


def insert(rows):
    """Put these rows in, in one round trip to the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(rows)


AGREEMENT = fixed_id(9, 1)
PARTIES = (RETURN_PARTNERS, NORDHOLM, HARBOUR, MARENIA, CLINIC)
ROWS = ";\n".join(_all())
AGREEING = ";\n".join(_agreeing())

"""The cast as one piece of SQL, so that a test pays for them with a single round trip."""

from homeward.organisations.demo import OFFICES
from tests.cast import HATS, ORGANISATIONS


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


def _all():
    yield from _people()
    for one in ORGANISATIONS:
        yield from _organisation(one)
    yield "SELECT set_config('homeward.organisation_id', '', true)"


ROWS = ";\n".join(_all())

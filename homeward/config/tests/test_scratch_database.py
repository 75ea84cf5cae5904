"""The ground that every other test stands on."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction


@pytest.mark.django_db
def test_tests_run_as_a_role_that_owns_nothing_and_cannot_pass_by_policies():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb, "
            "(SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("homeward_app", False, 0)


@pytest.mark.django_db
def test_the_application_cannot_change_a_table():
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
        connection.cursor().execute("ALTER TABLE django_content_type ADD COLUMN more int")


@pytest.mark.django_db
def test_planning_never_compiles_for_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next_and_what_migrations_made_is_kept(turn):
    assert not ContentType.objects.filter(app_label="stray").exists()
    ContentType.objects.create(app_label="stray", model="stray")


def test_an_owners_cursor_may_change_tables(as_owner):
    as_owner.execute("CREATE TABLE brief (id int)")
    as_owner.execute("DROP TABLE brief")


def test_a_question_past_the_policies_sees_what_the_test_has_not_committed(past_policies):
    ContentType.objects.create(app_label="stray", model="stray")
    rows = past_policies("SELECT model FROM django_content_type WHERE app_label = %s", ["stray"])
    assert rows == [{"model": "stray"}]

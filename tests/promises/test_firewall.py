"""An enforcement body sees its projection and nothing else, by any channel; being told of changes nothing."""

from dataclasses import fields
from datetime import timedelta

import grimp
import psycopg
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.enforcement.database import Notice
from homeward.firewall.commands import (
    approve_protocol,
    end_account,
    end_protocol,
    make_account,
    make_notice,
    propose_protocol,
    withdraw_notice,
)
from homeward.firewall.models import EnforcementAccount, TravelNotice
from homeward.firewall.problems import NoProtocol
from homeward.firewall.rules import PROJECTION, DocumentStatus, names_in
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, NotFound, Problem, Refused, WrongState
from homeward.organisations.commands import create_enforcement_body
from homeward.organisations.models import Membership, User
from homeward.organisations.queries import memberships_of
from tests import enforcement
from tests.access.world import World
from tests.cast import ines, jonas, lina_as_case_manager, nora, rosa, stranger, vera
from tests.promises.bounds import none_in

NEED = "The airline asks the border post whether the travel document will be accepted."
FUNCTIONS = {
    "enforcement_account",
    "enforcement_accept",
    "enforcement_begin",
    "enforcement_end",
    "enforcement_failed",
    "enforcement_invited",
    "enforcement_notices",
    "enforcement_session",
}
WHO_IS_ACTING = {"homeward_organisation", "homeward_user", "homeward_case", "homeward_person"}
# Where a notice can be seen or made; nothing that decides about a person is among them.
KNOW_OF_NOTICES = (
    "homeward.web.firewall",
    "homeward.web.case_file",
    "homeward.config.cli",
    "homeward.exchange.demonstration",
)


def on(name):
    """Today, in the boxes of a date."""
    today = localdate()
    return {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}


def tell(case, protocol, actor=nora, **given):
    given = {"travels_on": localdate() + timedelta(days=9), "necessity": NEED, "flight": "XN 441"} | given
    return make_notice(
        actor, case_id=case.id, protocol_id=protocol.id, document_status=DocumentStatus.APPLIED_FOR, **given
    )


@pytest.fixture
def body(cast):
    return enforcement.a_body()


@pytest.fixture
def protocol(body):
    return enforcement.in_force(body)


@pytest.fixture
def face(scratch, transactional_db, tmp_path):
    """The enforcement process; what it wrote is in `log`."""
    log = tmp_path / "enforcement.log"
    with enforcement.served(scratch, log) as address:
        yield address, log


# protocols and notices


def test_nobody_puts_their_own_protocol_into_force(body):
    given = {"body_id": body.id, "legal_basis": "Act", "purpose": "Papers", "starts_on": localdate()}
    proposed = propose_protocol(rosa, **given, ends_on=localdate())
    with pytest.raises(Refused):
        approve_protocol(rosa, protocol_id=proposed.id)
    with pytest.raises(Refused):
        propose_protocol(ines, **given, ends_on=localdate())
    with pytest.raises(Invalid):
        propose_protocol(rosa, **given, ends_on=localdate() + timedelta(days=400))
    with pytest.raises(NotFound):
        propose_protocol(rosa, **given | {"body_id": nora.organisation_id}, ends_on=localdate())
    assert approve_protocol(ines, protocol_id=proposed.id).approved_by_id == ines.user_id
    with pytest.raises(WrongState):
        approve_protocol(ines, protocol_id=proposed.id)


def test_nothing_is_told_without_a_protocol_in_force(sami, body):
    given = {"body_id": body.id, "legal_basis": "Act", "purpose": "Papers"}
    proposed = propose_protocol(rosa, **given, starts_on=localdate(), ends_on=localdate())
    with pytest.raises(NoProtocol):
        tell(sami, proposed)
    later = propose_protocol(
        rosa, **given, starts_on=localdate() + timedelta(days=1), ends_on=localdate() + timedelta(days=2)
    )
    approve_protocol(ines, protocol_id=later.id)
    with pytest.raises(NoProtocol):
        tell(sami, later)
    ended = enforcement.in_force(body)
    end_protocol(ines, protocol_id=ended.id)
    with pytest.raises(NoProtocol):
        tell(sami, ended)


def test_others_and_other_roles_tell_nothing_of_a_case(sami, protocol):
    for actor, refused in ((stranger, NotFound), (jonas, NotFound), (vera, Refused), (ines, Refused)):
        with pytest.raises(refused):
            tell(sami, protocol, actor)


def test_a_notice_needs_a_sentence_that_does_not_name_the_person(sami, protocol):
    for necessity in ("", "Because.", f"{NEED} It is Sámi who travels.", f"{NEED} EXAMPLE, a man"):
        with pytest.raises(Invalid) as wrong:
            tell(sami, protocol, necessity=necessity)
        assert set(wrong.value.fields) == {"necessity"}
    with pytest.raises(Invalid):
        tell(sami, protocol, flight="XN1 Sami")
    assert not names_in("The lot of them", ["Al", "Otto"])


def test_the_database_itself_refuses_a_notice_without_a_protocol(sami, protocol):
    told = tell(sami, protocol).notice
    end_protocol(ines, protocol_id=protocol.id)
    columns = {field.attname: getattr(told, field.attname) for field in TravelNotice._meta.fields}
    with acting_as(nora), pytest.raises(IntegrityError), transaction.atomic():
        TravelNotice.objects.create(**columns | {"id": new_id()})


def test_a_person_has_another_pseudonym_with_each_body(sami, protocol):
    other = enforcement.in_force(enforcement.a_body("Airport Post Demo"))
    first, again, elsewhere = tell(sami, protocol), tell(sami, protocol), tell(sami, other)
    assert first.notice.pseudonym == again.notice.pseudonym != elsewhere.notice.pseudonym


def test_a_case_page_speaks_of_notices_only_where_a_protocol_is_in_force(sami, client_of):
    browser, page = client_of(nora), reverse("case_notices", args=[sami.id])
    assert page not in browser.get(reverse("case", args=[sami.id])).content.decode()
    assert browser.get(reverse("make_notice", args=[sami.id])).status_code == 404
    protocol = enforcement.in_force(enforcement.a_body())
    assert page in browser.get(reverse("case", args=[sami.id])).content.decode()
    form = {
        "protocol_id": str(protocol.id),
        **on("travels_on"),
        "document_status": "held",
        "necessity": f"{NEED} Sami",
    }
    assert browser.post(reverse("make_notice", args=[sami.id]), form).status_code == 422
    form["necessity"] = NEED
    assert browser.post(reverse("make_notice", args=[sami.id]), form).status_code == 302
    shown = browser.get(page).content.decode()
    assert NEED in shown
    assert nora.name in shown


def test_protocols_are_proposed_and_approved_on_their_page(body, client_of):
    page = reverse("protocols")
    form = {
        "body_id": str(body.id),
        "legal_basis": "Demo Act",
        "purpose": "Papers",
        **on("starts_on"),
        **on("ends_on"),
    }
    assert client_of(rosa).post(reverse("propose_protocol"), form).status_code == 302
    shown = client_of(ines).get(page).content.decode()
    assert "Waits for approval" in shown
    address = shown.partition('action="/protection/protocols/')[2].partition('"')[0]
    assert client_of(ines).post(f"/protection/protocols/{address}").status_code == 302
    assert "In force" in client_of(ines).get(page).content.decode()


def test_being_told_of_or_not_is_known_to_nothing_that_decides_about_a_person():
    graph = grimp.build_graph("homeward", exclude_type_checking_imports=True)
    modules = {"homeward.firewall", *graph.find_descendants("homeward.firewall")}
    importers = {one for module in modules for one in graph.find_modules_that_directly_import(module)}
    outside = {
        one for one in importers - modules if not one.startswith(KNOW_OF_NOTICES) and ".tests." not in one
    }
    assert outside == set()


# the login of the database


def asked_of_superuser(scratch, question, *given):
    with scratch.superuser() as superuser:
        return superuser.execute(question, given).fetchall()


def test_the_login_reads_no_table_and_runs_eight_functions(scratch, db):
    kinds = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"
    readable = asked_of_superuser(
        scratch,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND CASE relkind "
        "WHEN 'S' THEN has_sequence_privilege('homeward_enforcement', oid, 'USAGE, SELECT, UPDATE') "
        "WHEN 'i' THEN false WHEN 'I' THEN false WHEN 'c' THEN false "
        "ELSE has_table_privilege('homeward_enforcement', oid, %s) OR "
        "has_any_column_privilege('homeward_enforcement', oid, 'SELECT, INSERT, UPDATE, REFERENCES') END",
        kinds,
    )
    assert readable == []
    runs = asked_of_superuser(
        scratch,
        "SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace "
        "AND has_function_privilege('homeward_enforcement', p.oid, 'EXECUTE') AND NOT EXISTS "
        "(SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
    )
    assert {name for (name,) in runs} == FUNCTIONS | WHO_IS_ACTING
    groups = asked_of_superuser(
        scratch, "SELECT 1 FROM pg_auth_members WHERE member = 'homeward_enforcement'::regrole"
    )
    assert groups == []


def test_nobody_else_runs_those_eight_functions(scratch, db):
    others = asked_of_superuser(
        scratch,
        "SELECT proname, rolname FROM pg_proc CROSS JOIN pg_roles WHERE proname = ANY(%s) AND rolname = "
        "ANY('{homeward_app,homeward_sealer,homeward_extracts}') "
        "AND has_function_privilege(rolname, pg_proc.oid, 'EXECUTE')",
        sorted(FUNCTIONS),
    )
    assert others == []


def test_no_statement_of_that_login_reaches_a_row(scratch, transactional_db, sami, protocol):
    tell(sami, protocol)
    tables = asked_of_superuser(
        scratch,
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    )
    definers = asked_of_superuser(
        scratch,
        "SELECT p.oid::regprocedure::text, pronargs FROM pg_proc p WHERE prosecdef AND proname <> ALL(%s) "
        "AND pronamespace = 'public'::regnamespace",
        sorted(FUNCTIONS),
    )
    verbs = ("SELECT count(*) FROM", "TABLE", "DELETE FROM")
    statements = [f'{verb} "{name}"' for (name,) in tables for verb in verbs]
    statements += [
        f"SELECT {name.partition('(')[0]}({', '.join(['NULL'] * count)})" for name, count in definers
    ]
    with psycopg.connect(enforcement.login_url(scratch), autocommit=True) as login:
        for organisation in (nora.organisation_id, protocol.body_id):
            login.execute("SELECT set_config('homeward.organisation_id', %s, false)", [str(organisation)])
            for statement in statements:
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction)):
                    login.execute(statement)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute("SET ROLE homeward_application")
        assert login.execute("SELECT * FROM enforcement_notices('')").fetchall() == []
    none_in(2 * len(statements), "statements of the enforcement login reached a row")


# the process


def test_the_projection_is_the_same_in_code_in_the_process_and_in_the_database(scratch, db):
    ((columns,),) = asked_of_superuser(
        scratch, "SELECT proargnames[2:] FROM pg_proc WHERE proname = 'enforcement_notices'"
    )
    assert tuple(columns) == PROJECTION == tuple(field.name for field in fields(Notice))


def test_a_body_sees_its_own_notices_until_taken_back_or_the_protocol_ends(face, sami, protocol, body):
    address, _log = face
    told = tell(sami, protocol)
    officer = enforcement.an_officer(body, address)
    other = enforcement.an_officer(enforcement.a_body("Airport Post Demo"), address, "agent@airport.example")
    _, page = officer.get("/notices")
    for word in (told.notice.pseudonym, "XN 441", "Applied for", NEED, nora.name):
        assert word in page
    _, page = other.get("/notices")
    assert told.notice.pseudonym not in page
    assert "There is no notice for your body." in page
    withdraw_notice(nora, notice_id=told.notice_id)
    assert told.notice.pseudonym not in officer.get("/notices")[1]
    again = tell(sami, protocol)
    assert again.notice.pseudonym in officer.get("/notices")[1]
    end_protocol(ines, protocol_id=protocol.id)
    assert again.notice.pseudonym not in officer.get("/notices")[1]


def test_sign_in_takes_password_and_code_once_and_closes_after_ten_mistakes(face, body, past_policies):
    address, _log = face
    email = "agent@border.example"
    officer = enforcement.an_officer(body, address, email)
    code = officer.code()
    again = enforcement.Officer(address)
    assert again.sign_in(email, code=code)[0] == 422, "a code works once"
    assert again.sign_in(email, "wrong password here", officer.code(1))[0] == 422
    for _ in range(9):
        assert again.sign_in("nobody@border.example", code="000000")[0] == 422
        assert again.sign_in(email, code="000000")[0] == 422
    assert again.sign_in(email, code=officer.code(1))[0] == 422, "closed for a while, whoever asks"
    refused = past_policies("SELECT count(*) FROM audit_entry WHERE refused AND role = 'enforcement'")
    assert refused[0]["count"] >= 10
    assert officer.get("/notices")[0] == 200, "who is signed in goes on working"
    assert officer.post("/sign-out", "/notices")[0] == 200
    assert "Sign in" in officer.get("/notices")[1]


def test_an_ended_account_is_out_at_once_and_an_invitation_works_once(face, body):
    address, _log = face
    invited = make_account(system_actor(body.id), name="Agent Two", email="two@border.example")
    officer = enforcement.Officer(address)
    officer.join(invited.secret)
    assert officer.get(f"/invitation/{invited.secret}")[0] == 404
    assert "Notices of travel" in officer.sign_in("two@border.example")[1]
    end_account(system_actor(body.id), account_id=invited.id)
    assert "Notices of travel" not in officer.get("/notices")[1]


def test_each_look_is_on_the_trail_of_both_sides(face, sami, protocol, body, past_policies):
    address, _log = face
    tell(sami, protocol)
    enforcement.an_officer(body, address).get("/notices")
    seen = past_policies(
        "SELECT DISTINCT organisation_id::text FROM audit_entry WHERE action = 'notice.read' "
    )
    assert {row["organisation_id"] for row in seen} == {str(body.id), str(nora.organisation_id)}


def all_addresses(known):
    """Every address of the ordinary process, pages and API, about what is known."""

    def walk(resolver, prefix):
        for entry in resolver.url_patterns:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, path)
            else:
                yield path

    def filled(part):
        return str(known.get(part.rpartition(":")[2].strip("<>"), known["case_id"]))

    for path in walk(get_resolver(), "/"):
        yield "".join(filled(part) if part.startswith("<") else part for part in _pieces(path))


def _pieces(path):
    while "<" in path:
        before, _, rest = path.partition("<")
        inside, _, path = rest.partition(">")
        yield before
        yield f"<{inside}>"
    yield path.replace("\\Z", "").replace("$", "").replace("^", "")


def canaries_of(case, world):
    """Words of Sami's case that no enforcement body may ever see."""
    return [
        *("Sami", "Example", "سامي", "X1234567", "Insulin", "A long talk", "+999 555", "Saltfield"),
        *(case.reference, str(case.id), str(case.person_id), str(world.document_id)),
    ]


def test_no_address_of_the_ordinary_process_exists_for_an_enforcement_account(face, sami, protocol, body):
    address, log = face
    world = World(sami)
    world.travel_planned()
    known = {"case_id": sami.id, "person_id": sami.person_id, "document_id": world.document_id}
    known |= {
        "contact_id": world.contact_id,
        "counselling_id": world.counselling_id,
        "file_id": world.scan_id,
    }
    canaries, mails = canaries_of(sami, world), len(mail.outbox)
    tell(sami, protocol)
    officer = enforcement.an_officer(body, address)
    own, wrong, asked = {"/", "/notices", "/health", "/language/setlang/"}, [], 0
    addresses = {one for one in all_addresses(known) if one.isascii() and not set(one) & set(" ()")}
    for path in [*sorted(addresses), "/notices?pseudonym=1&fields=*", "/static/../../homeward/"]:
        status, page = officer.get(path)
        asked += 1
        is_own = path.partition("?")[0] in own
        if any(canary in page for canary in canaries) or (status == 200) != is_own:
            wrong.append((path, status))
    assert wrong == []
    said = log.read_text(errors="replace")
    told_by_asking = "".join(addresses)  # the ids in an address are the asker's own
    assert not [canary for canary in canaries if canary in said and canary not in told_by_asking]
    assert len(mail.outbox) == mails, "nothing is sent to a body by itself"
    none_in(asked, "addresses showed an enforcement account more than its projection")


def test_a_new_column_is_shown_nowhere(face, sami, protocol, body, scratch):
    address, _log = face
    tables = ("firewall_travelnotice", "firewall_protocol", "cases_case", "cases_travel", "people_person")
    tell(sami, protocol)
    officer = enforcement.an_officer(body, address)
    with scratch.superuser() as superuser:
        try:
            for table in tables:
                superuser.execute(f"ALTER TABLE {table} ADD COLUMN mutant text DEFAULT 'kanari77'")
            status, page = officer.get("/notices")
            assert (status, "kanari77" in page) == (200, False)
            assert NEED in page
        finally:
            for table in tables:
                superuser.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS mutant")


# the other way: an enforcement account in the ordinary process


def test_an_enforcement_account_is_nobody_in_the_ordinary_process(body, cast, client_of):
    make_account(system_actor(body.id), name="Agent Sample", email="agent@border.example")
    with acting_as(system_actor(body.id)):
        EnforcementAccount.objects.update(password="pbkdf2_sha256$1$a$b")
    browser = Client()
    browser.cookies["enforcement"] = "anything"
    form = {"login": "agent@border.example", "password": enforcement.PASSWORD}
    assert "_auth_user_id" not in browser.post(reverse("account_login"), form).wsgi_request.session
    assert browser.get(reverse("inbox")).status_code == 302
    assert not User.objects.filter(email="agent@border.example").exists()


def test_nobody_wears_the_hat_of_an_enforcement_body_even_if_the_row_is_there(body, cast):
    with acting_as(system_actor(body.id)):
        Membership.objects.create(user_id=nora.user_id, organisation_id=body.id, role="case_manager")
    with acting_as(nora):
        assert body.id not in {hat.organisation_id for hat in memberships_of(nora.user_id)}


def test_nobody_brings_in_an_enforcement_body_in_the_browser(cast):
    for actor in (rosa, lina_as_case_manager):
        with pytest.raises(Problem):
            create_enforcement_body(actor, name="Border Two", country="XN")

"""Gates before single services: nothing is planned or promised past one, by no path."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.assistance.commands import ask_commitment, ask_payment, commit_more, pay, record_delivery
from homeward.assistance.commands.committing import Purpose
from homeward.assistance.commands.delivering import Delivered
from homeward.assistance.commands.intending import CommitmentGiven, PaymentGiven
from homeward.assistance.entering import Counted, Details, new_entry
from homeward.assistance.models import Commitment
from homeward.assistance.queries import what_to_pay
from homeward.assistance.rules import EntryKind, Method, Told
from homeward.assistance.tests.money import CASH, KIND, budget, commit, entitlement, eur
from homeward.assistance.tests.money import SHOP as HARBOUR_TOOLS
from homeward.assistance.tests.money import programme as bare_programme
from homeward.cases.commands import (
    add_case_document,
    give_clearance,
    lapse_clearance,
    open_case,
    require_gates,
    set_profile,
)
from homeward.cases.commands.clearing import DecidedBy, NoSuchGate
from homeward.cases.gate_rules import ClearanceState, Gate, NeededBecause, ProfileFlag
from homeward.cases.gates import ServiceGatesClosed
from homeward.cases.queries.gates import (
    ServiceAsked,
    clearances_of_case,
    closed_before_services,
    gates_of_case,
    gates_of_services,
)
from homeward.cases.queries.sealed import OpeningReason, Sealed, open_sealed_text
from homeward.cases.tests.journeys import fresh
from homeward.casework.commands import propose_plan
from homeward.casework.tests.test_eligibility import START, TERMS
from homeward.casework.tests.test_eligibility import applied as applied_to
from homeward.files.tests.samples import picture
from homeward.lib.dates import PartialDate
from homeward.lib.identifiers import new_id
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.plans.findings import Finding
from homeward.plans.models import PlanVersion
from homeward.plans.problems import NotReady
from homeward.plans.rules import PayForm, PlanState
from homeward.plans.tests.drafts import SHOP, begun, with_activity, with_goal
from homeward.plans.tests.drafts import fresh as fresh_plan
from tests.cast import frida, jonas, nora, stranger

pytestmark = pytest.mark.usefixtures("cast")

F, G = ProfileFlag, Gate
JUDGE = DecidedBy("Judge Invented", "Family judge", "District court", date(2026, 4, 10))
MEDICAL = START | {"code": "medical", "form": "service", "gates": ["continuity_of_care"]}
CARING = TERMS | {"packages": [START, MEDICAL]}


def applied(terms=CARING):
    return applied_to(terms=terms).case


def child(birth_year=2012):
    """A case of Nora's own, of somebody of that age."""
    details = PersonDetails("Rim", "Instance", birth=PartialDate.of_year(birth_year))
    person = register_person(nora, details=details)
    return open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2))


def give(case, gate, actor=jonas, **given):
    paper = add_case_document(actor, case_id=case.id, name="letter.jpg", content=picture())
    return give_clearance(actor, case_id=case.id, gate=gate, decided_by=JUDGE, document_id=paper.id, **given)


def drafted(case, **details):
    version = begun(jonas, case)
    told = {name: getattr(SHOP, name) for name in SHOP.__dataclass_fields__} | details
    with_activity(version, with_goal(version, actor=jonas), type(SHOP)(**told), actor=jonas)
    return fresh_plan(version, jonas)


def propose(version):
    version = fresh_plan(version, jonas)
    return propose_plan(jonas, version_id=version.id, expected_revision=version.revision)


def closed(case, actor=jonas, gates=(), in_cash=True):
    with acting_as(actor):
        return closed_before_services(actor, case.id, {"one": ServiceAsked(tuple(gates), in_cash)})


# refusals


def test_cash_to_a_child_alone_waits_for_the_childs_best_interests_and_the_guardian():
    case = child()
    set_profile(nora, case_id=case.id, flags=[F.UNACCOMPANIED_CHILD])
    of = bare_programme()
    account, purse = entitlement(case, of=of, form=CASH), budget(of.id)
    with pytest.raises(ServiceGatesClosed) as problem:
        commit(account, purse)
    assert problem.value.gates == (G.BEST_INTERESTS, G.GUARDIAN_CONSENT)
    assert "Best interests of the child; Guardian’s consent" in str(problem.value)
    with pytest.raises(ServiceGatesClosed):
        ask_commitment(
            nora,
            entitlement_id=account.id,
            amount=eur("10"),
            given=CommitmentGiven(purse.id, Purpose("Cash"), HARBOUR_TOOLS),
            reason="Rent",
        )


def test_the_database_refuses_the_same_whoever_writes():
    case = child()
    set_profile(nora, case_id=case.id, flags=[F.SEPARATED_CHILD])
    of = bare_programme()
    account, purse = entitlement(case, of=of, form=CASH), budget(of.id)
    line = {
        "case_id": case.id, "organisation_id": nora.organisation_id, "entitlement_id": account.id,
        "budget_id": purse.id, "what": "Cash", "form": CASH, "payee_kind": "person", "payee_name": "Sami",
        "currency": "EUR", "committed_by_id": nora.user_id, "committed_by_name": nora.name,
    }  # fmt: skip
    with acting_as(nora), pytest.raises(IntegrityError, match="best_interests, guardian_consent"):
        Commitment.objects.create(**line)


def test_a_plan_line_whose_package_needs_a_clearance_is_not_proposed():
    version = drafted(applied(), package_code="medical", form=PayForm.SERVICE)
    with pytest.raises(NotReady) as problem:
        propose(version)
    assert [(one.finding, one.value) for one in problem.value.found] == [
        (Finding.NOT_CLEARED, (G.CONTINUITY_OF_CARE,))
    ]


@pytest.mark.parametrize("state", [PlanState.PROPOSED, PlanState.APPROVED])
def test_the_database_lets_no_such_plan_be_proposed(state):
    version = drafted(applied(), package_code="medical", form=PayForm.SERVICE)
    refused = pytest.raises(IntegrityError, match="continuity_of_care")
    with acting_as(jonas), refused, transaction.atomic():
        PlanVersion.objects.filter(id=version.id).update(state=state)


def test_only_what_a_package_asks_for_can_be_cleared():
    case = applied()
    with pytest.raises(NoSuchGate):
        give(case, G.SAFETY_ON_RETURN)


def test_a_stranger_learns_nothing_of_a_case_by_asking():
    case = applied()
    assert closed(case, stranger, [G.CONTINUITY_OF_CARE]) == {}
    asking = "SELECT homeward_service_closed(%s, '{}', true, now()::date)"
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting_as(jonas), refused, transaction.atomic():
        connection.cursor().execute(asking, [case.id])


def promised():
    """Cash promised to a child alone when everything was cleared."""
    case, of = child(), bare_programme()
    set_profile(nora, case_id=case.id, flags=[F.UNACCOMPANIED_CHILD])
    for gate in (G.BEST_INTERESTS, G.GUARDIAN_CONSENT):
        give(case, gate, nora)
    return case, commit(entitlement(case, of=of, form=CASH), budget(of.id))


def pay_it(line, actor=frida, **given):
    given = {"amount": eur("10"), "method": Method.CASH, **given}
    return pay(actor, commitment_id=line.id, **given)


def deliver_it(line, **given):
    told = Delivered("Money", "Return Partners", Told.YES, Told.YES, Told.YES)
    return record_delivery(nora, commitment_id=line.id, amount=eur("10"), delivered=told, **given)


def test_nothing_is_paid_or_delivered_when_a_clearance_was_withdrawn_after_it_was_promised():
    case, line = promised()
    lapse_clearance(nora, case_id=case.id, gate=G.GUARDIAN_CONSENT, reason="The guardian withdrew")
    with pytest.raises(ServiceGatesClosed) as problem:
        deliver_it(line)
    assert problem.value.gates == (G.GUARDIAN_CONSENT,)
    with pytest.raises(ServiceGatesClosed) as problem:
        pay_it(line)
    assert problem.value.gates == ()  # who pays learns nothing of the case
    with pytest.raises(ServiceGatesClosed):
        ask_payment(
            frida, commitment_id=line.id, amount=eur("10"), given=PaymentGiven(Method.CASH), reason="Rent"
        )
    assert on_the_desk(line).is_barred
    give(case, G.GUARDIAN_CONSENT, nora)
    assert not on_the_desk(line).is_barred
    assert (deliver_it(line).kind, pay_it(line).kind) == ("delivery", "payment")


def on_the_desk(line):
    with acting_as(frida):
        return next(one for one in what_to_pay(frida, localdate()) if one.commitment.id == line.id)


def test_which_commitments_of_others_wait_is_told_to_nobody():
    case, line = promised()
    lapse_clearance(nora, case_id=case.id, gate=G.GUARDIAN_CONSENT, reason="The guardian withdrew")
    for actor in (jonas, stranger):
        with acting_as(actor), connection.cursor() as cursor:
            cursor.execute("SELECT assistance_barred(%s, %s)", [[line.id], localdate()])
            assert cursor.fetchall() == []


def test_what_was_cleared_until_a_day_is_paid_until_that_day():
    case, line = promised()
    yesterday = localdate() - timedelta(days=1)
    give(case, G.GUARDIAN_CONSENT, nora, valid_until=yesterday)
    for act in (pay_it, deliver_it):
        with pytest.raises(ServiceGatesClosed):
            act(line)
        assert act(line, on=yesterday).on == yesterday


@pytest.mark.parametrize("kind", ["payment", "delivery", "commitment"])
def test_the_database_refuses_entries_past_a_gate_that_closed(kind):
    case, line = promised()
    lapse_clearance(nora, case_id=case.id, gate=G.BEST_INTERESTS, reason="Looked at again")
    who = frida if kind == "payment" else nora
    one = eur("1")
    with acting_as(who):
        details = Details(localdate(), None, line, method="cash" if kind == "payment" else "")
        entry = new_entry(who, EntryKind(kind), line.entitlement, Counted(one, one), details)
        with pytest.raises(IntegrityError, match="best_interests"), transaction.atomic():
            entry.save(force_insert=True)


def test_a_payment_recorded_before_is_given_again_after_the_gate_closed():
    case, line = promised()
    request_id = new_id()
    first = pay_it(line, request_id=request_id)
    lapse_clearance(nora, case_id=case.id, gate=G.BEST_INTERESTS, reason="Looked at again")
    assert pay_it(line, request_id=request_id).id == first.id


def test_in_kind_is_delivered_past_what_only_cash_waits_for():
    case, of = child(), bare_programme()
    line = commit(entitlement(case, of=of, form=KIND), budget(of.id))
    set_profile(nora, case_id=case.id, flags=[F.UNACCOMPANIED_CHILD])
    assert deliver_it(line).kind == "delivery"


# what opens it


def test_a_cleared_gate_lets_the_plan_be_proposed_until_it_lapses():
    case = applied()
    version = drafted(case, package_code="medical", form=PayForm.SERVICE)
    cleared = give(case, G.CONTINUITY_OF_CARE)
    assert cleared.needed_because == NeededBecause.SERVICE
    assert closed(case, gates=[G.CONTINUITY_OF_CARE]) == {"one": ()}
    lapse_clearance(jonas, case_id=case.id, gate=G.CONTINUITY_OF_CARE, reason="The clinic closed")
    with pytest.raises(NotReady):
        propose(version)
    give(case, G.CONTINUITY_OF_CARE)
    assert propose(version).state == PlanState.APPROVED


def test_a_clearance_that_has_ended_opens_nothing():
    case = applied()
    give(case, G.CONTINUITY_OF_CARE, valid_until=localdate() - timedelta(days=1))
    assert closed(case, gates=[G.CONTINUITY_OF_CARE]) == {"one": (G.CONTINUITY_OF_CARE,)}


def test_who_is_grown_up_waits_for_no_guardian_though_the_note_still_stands(sami):
    of = bare_programme()
    account, purse = entitlement(sami, of=of, form=CASH), budget(of.id)
    set_profile(nora, case_id=sami.id, flags=[F.UNACCOMPANIED_CHILD])
    assert commit(account, purse).form == CASH


def test_what_is_given_in_kind_waits_for_nothing():
    case, of = child(), bare_programme()
    account, purse = entitlement(case, of=of, form=CASH), budget(of.id)
    line = commit(account, purse)
    set_profile(nora, case_id=case.id, flags=[F.UNACCOMPANIED_CHILD])
    with pytest.raises(ServiceGatesClosed):
        commit_more(nora, commitment_id=line.id, amount=eur("1"), reason="More")
    in_kind = entitlement(case, of=of, form=KIND, code="tools")
    assert commit(in_kind, purse).form == KIND


# travel does not wait for a service


def test_what_only_a_service_needs_bars_no_travel():
    case = applied()
    give(case, G.CONTINUITY_OF_CARE)
    lapse_clearance(jonas, case_id=case.id, gate=G.CONTINUITY_OF_CARE, reason="The clinic closed")
    with acting_as(jonas):
        assert gates_of_case(jonas, fresh(case)).closed == ()
        [service] = gates_of_services(jonas, fresh(case))
        assert (service.now.gate, service.now.is_open) == (G.CONTINUITY_OF_CARE, False)
        assert [label.en for label in service.packages] == ["A new start"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT homeward_gates_closed(%s, %s, now()::date)", [case.id, case.person_id])
            assert cursor.fetchone() == ([],)


def test_what_travel_needs_too_bars_travel_from_then_on():
    case = applied()
    give(case, G.CONTINUITY_OF_CARE, conditions="Insulin at hand")
    lapse_clearance(jonas, case_id=case.id, gate=G.CONTINUITY_OF_CARE, reason="The clinic closed")
    require_gates(jonas, case_id=case.id, gates=[G.CONTINUITY_OF_CARE])
    with acting_as(jonas):
        live = clearances_of_case(jonas, case.id).get(gate=G.CONTINUITY_OF_CARE, superseded_at=None)
        assert (live.state, live.needed_because) == (ClearanceState.LAPSED, NeededBecause.PROGRAMME)
        assert gates_of_case(jonas, fresh(case)).closed == (G.CONTINUITY_OF_CARE,)


def test_conditions_can_still_be_read_after_travel_asks_for_the_gate_too():
    case = applied()
    give(case, G.CONTINUITY_OF_CARE, conditions="Insulin at hand")
    set_profile(jonas, case_id=case.id, flags=[F.HEALTH_NEED])
    with acting_as(jonas):
        live = clearances_of_case(jonas, case.id).get(gate=G.CONTINUITY_OF_CARE, superseded_at=None)
        assert live.needed_because == NeededBecause.PROFILE
    opened = open_sealed_text(jonas, kind=Sealed.CONDITIONS, row_id=live.id, reason=list(OpeningReason)[0])
    assert opened.text == "Insulin at hand"

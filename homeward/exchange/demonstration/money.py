"""Money in every state: paid and proved, delivered and unpaid, late, given back, waiting for approval."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.assistance import commands
from homeward.assistance.commands.committing import Part, Payee, Purpose
from homeward.assistance.commands.delivering import Delivered
from homeward.assistance.queries import entitlements_of_case, own_budgets, own_commitment
from homeward.assistance.rules import Method, Milestone, PayeeKind, ProofKind, Received, Told, Voice
from homeward.lib.money import Money
from homeward.organisations import demo
from homeward.programmes.terms import Form

NORA = Actor(demo.NORA.id, demo.RETURN_PARTNERS.id, Role.CASE_MANAGER, name=demo.NORA.name)
ROSA = Actor(demo.ROSA.id, demo.RETURN_PARTNERS.id, Role.COORDINATOR, name=demo.ROSA.name)
FRIDA = Actor(demo.FRIDA.id, demo.RETURN_PARTNERS.id, Role.FINANCE_OFFICER, name=demo.FRIDA.name)
RECEIPT = b"Synthetic demonstration. Received in full and in working order."
BUDGET = "Home Again, return and reintegration"
AHEAD = timedelta(days=240)
Ago = Callable[[int], date]


def euros(amount: int) -> Money:
    return Money.of(amount, "EUR")


def budget_of(programme_id: UUID, ago: Ago) -> UUID:
    """What Return Partners may spend of the programme, made when it is missing."""
    with acting_as(ROSA):
        known = own_budgets(ROSA).filter(programme_id=programme_id, name=BUDGET).first()
    if known:
        return known.id
    made = commands.set_budget(
        ROSA,
        programme_id=programme_id,
        name=BUDGET,
        amount=euros(60_000),
        starts_on=ago(400),
        ends_on=ago(0) + AHEAD,
        donor_id=demo.DONORS.id,
    )
    return made.id


def spend(case_id: UUID, programme_id: UUID, ago: Ago) -> None:
    """What became of the entitlements of somebody home for half a year."""
    budget_id = budget_of(programme_id, ago)
    with acting_as(NORA):
        accounts = {one.package_code: one.id for one in entitlements_of_case(NORA, case_id)}
    first, business = accounts["post_arrival_voluntary"], accounts["post_return_adult"]
    person = Payee(PayeeKind.PERSON, "Sami Example")
    shop = Payee(PayeeKind.SUPPLIER, "Harbour Tools", account="XM00 0000 0000 1234")

    def commit(account: UUID, amount: int, what: Purpose, payee: Payee, on: int, *parts: Part) -> UUID:
        line = commands.commit(
            NORA,
            entitlement_id=account,
            budget_id=budget_id,
            amount=euros(amount),
            purpose=what,
            payee=payee,
            instalments=parts,
            on=ago(on),
        )
        return line.id

    cash = commit(first, 615, Purpose("Money for the first weeks", Form.CASH), person, 196)
    paid = commands.pay(FRIDA, commitment_id=cash, amount=euros(615), method=Method.CASH, on=ago(195))
    _proved(paid.id, FRIDA)
    _came(_delivered(cash, 615, "Money for the first weeks", "Return Partners", ago(195)), ago(195))

    tools = commit(
        business, 900, Purpose("Phone-repair tools and first stock", Form.KIND, ago(150)), shop, 165
    )
    came = _delivered(tools, 900, "Tools and first stock", "Harbour Tools", ago(148), Told.NO)
    _proved(came, NORA)
    _came(came, ago(146), "It is all here. The heat gun came a week late.")
    commands.pay(FRIDA, commitment_id=tools, amount=euros(900), method=Method.BANK, on=ago(140))

    school = commit(
        business,
        250,
        Purpose("School fees for Rim", Form.SERVICE, ago(80)),
        Payee(PayeeKind.SCHOOL, "Saltfield School"),
        100,
    )
    _delivered(school, 250, "One school year", "Saltfield School", ago(90))
    _roof(commit, business, ago)
    shelf = commit(business, 120, Purpose("A second shelf", Form.KIND), shop, 60)
    commands.release(NORA, commitment_id=shelf, amount=euros(120), reason="He built one himself.")
    commands.ask_top_up(
        NORA,
        entitlement_id=business,
        amount=euros(200),
        what="A sewing machine for Dalia",
        reason="She kept the accounts; a second income would carry the family through the rains.",
    )


def _roof(commit: Callable[..., UUID], account: UUID, ago: Ago) -> None:
    """Paid in two parts: the first could be paid and is late, the second waits for a visit."""
    parts = (
        Part(30_000, Milestone.QUOTE_ACCEPTED, ago(3)),
        Part(30_000, Milestone.VISIT, ago(-30)),
    )
    builder = Payee(PayeeKind.SUPPLIER, "Old Harbour Roofs")
    line_id = commit(account, 600, Purpose("Roof repair before the rains", Form.SERVICE), builder, 40, *parts)
    with acting_as(NORA):
        first = own_commitment(NORA, line_id).instalments.all()[0]
    commands.reach_milestone(
        NORA, instalment_id=first.id, on=ago(6), note="The first of two quotes is accepted."
    )


def _delivered(line_id: UUID, amount: int, what: str, who: str, on: date, on_time: Told = Told.YES) -> UUID:
    delivered = Delivered(what, who, Told.YES, Told.DOES_NOT_KNOW, on_time)
    entry = commands.record_delivery(
        NORA, commitment_id=line_id, amount=euros(amount), delivered=delivered, on=on
    )
    return entry.id


def _proved(entry_id: UUID, actor: Actor) -> None:
    commands.add_proof(actor, entry_id=entry_id, kind=ProofKind.RECEIPT, name="receipt.txt", content=RECEIPT)


def _came(entry_id: UUID, on: date, words: str = "") -> None:
    commands.record_answer(
        NORA, entry_id=entry_id, voice=Voice.RETURNEE, received=Received.ALL, words=words, on=on
    )

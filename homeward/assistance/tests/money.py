"""Cases with money: Nora's Sami, entitled to a package of a programme that Vera's office runs."""

from datetime import date
from functools import partial

from homeward.assistance import commands
from homeward.assistance.commands.committing import Payee, Purpose
from homeward.assistance.commands.delivering import Delivered
from homeward.assistance.rules import Method, PayeeKind, Told
from homeward.cases.commands import open_case
from homeward.lib.identifiers import new_reference
from homeward.lib.money import Money
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.programmes.commands import add_programme
from homeward.programmes.eligibility import Entitled
from homeward.programmes.terms import Form, Label, Phase
from tests.cast import frida, nora, rosa, vera

ON = date(2026, 6, 1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SHOP = Payee(PayeeKind.SUPPLIER, "Harbour Tools", account="XM00 1234")
KIND, CASH = Form.KIND, Form.CASH


def eur(amount):
    return Money.of(amount, "EUR")


def programme():
    return add_programme(vera, name="Demonstration", code=new_reference("P"), opens_on=FIRST)


def entitlement(case, amount="1000", of=None, code="business", form=KIND, window_ends_on=None):
    """Rosa grants Sami a package."""
    of = of or programme()
    label = Label("Business start")
    package = Entitled(code, label, Phase.POST_ARRIVAL, form, eur(amount), window_ends_on)
    granted = commands.grant_entitlements(
        rosa, case_id=case.id, programme_id=of.id, entitled=[package], on=FIRST
    )
    return next(one for one in granted.entitlements if one.package_code == code)


def budget(of, amount="5000", name="Year", **given):
    """What Nora's organisation may spend of a programme."""
    return commands.set_budget(
        rosa, programme_id=of, name=name, amount=eur(amount), starts_on=FIRST, ends_on=LAST, **given
    )


def accounts(case, amount="1000", of_budget="5000"):
    """An entitlement and a budget it can be committed from."""
    of = programme()
    return entitlement(case, amount, of), budget(of.id, of_budget)


def commit(account, purse, amount="400", actor=nora, what="Sewing machine", payee=SHOP, **given):
    money = amount if isinstance(amount, Money) else eur(amount)
    given = {"on": ON, **given}
    return commands.commit(
        actor,
        entitlement_id=account.id,
        budget_id=purse.id,
        amount=money,
        purpose=Purpose(what=what),
        payee=payee,
        **given,
    )


def pay(line, amount="400", actor=frida, **given):
    money = amount if isinstance(amount, Money) else eur(amount)
    return commands.pay(
        actor, commitment_id=line.id, amount=money, **{"on": ON, "method": Method.BANK, **given}
    )


GOOD = Delivered("Sewing machine", "Harbour Tools", Told.YES, Told.YES, Told.NO)


def deliver(line, amount="400", actor=nora, delivered=GOOD, **given):
    return commands.record_delivery(
        actor, commitment_id=line.id, amount=eur(amount), delivered=delivered, **{"on": ON, **given}
    )


release = partial(commands.release, nora, reason="Not needed")


def a_case():
    """A case of Nora's alone."""
    person = register_person(nora, details=PersonDetails(given_names="Amal", family_name="Instance"))
    return open_case(nora, person_id=person.id, opened_on=FIRST)


def a_line(amount="400", **given):
    """Something that Nora committed for a person of her own."""
    return commit(*accounts(a_case()), amount, **given)

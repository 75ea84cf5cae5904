import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.assistance.models import Budget, Commitment, Entry
from homeward.assistance.rules import EntryKind
from homeward.assistance.tests.money import a_line, accounts, commit, deliver, eur, pay
from homeward.audit.models import Entry as Look
from homeward.cases.commands import write_note
from homeward.files.tests.samples import picture
from homeward.lib.identifiers import new_id
from tests.cast import frida, nora, rosa

pytestmark = pytest.mark.usefixtures("cast")


def read(response):
    assert response.status_code == 200, response.content.decode()[-3000:]
    return response.content.decode()


def today():
    return {f"on_{part}": value for part, value in (("day", "1"), ("month", "6"), ("year", "2026"))}


def test_what_is_wrong_is_said_beside_the_question_and_nothing_is_committed(client_of, sami):
    account, purse = accounts(sami)
    page = reverse("commit_money", args=[sami.id, account.id])
    answers = {
        "request_id": str(new_id()),
        "what": "Sewing machine",
        "in_form": "kind",
        "amount": "1000.01",
        "currency": "EUR",
        "budget_id": str(purse.id),
        "payee_kind": "supplier",
        "payee_name": "Harbour Tools",
    }
    client = client_of(nora)
    refused = client.post(page, answers)
    assert refused.status_code == 422
    assert "more than what is left of the entitlement" in refused.content.decode()
    assert "Harbour Tools" in refused.content.decode()
    with acting_as(nora):
        assert not Commitment.objects.exists()
    assert client.post(page, {**answers, "amount": "400"}).status_code == 302
    assert client.post(page, {**answers, "amount": "400"}).status_code == 302  # a double click
    with acting_as(nora):
        assert Commitment.objects.get().committed == eur("400")


def test_a_commitment_is_delivered_paid_proved_and_confirmed_by_forms(client_of, sami):
    account, purse = accounts(sami)
    line = commit(account, purse)
    caseworker, finance = client_of(nora), client_of(frida)
    given = {"request_id": str(new_id()), "amount": "400", "currency": "EUR", **today()}
    delivered = caseworker.post(
        reverse("record_delivery", args=[sami.id, line.id]),
        given
        | {
            "what": "Sewing machine",
            "delivered_by": "Harbour Tools",
            "counselling_held": "yes",
            "market_considered": "does_not_know",
            "on_time": "no",
        },
    )
    assert delivered.status_code == 302
    read(finance.get(reverse("pay_commitment", args=[sami.id, line.id])))
    given["request_id"] = str(new_id())
    paid = finance.post(reverse("pay_commitment", args=[sami.id, line.id]), given | {"method": "bank"})
    assert paid.status_code == 302
    with acting_as(nora):
        delivery = Entry.objects.get(kind=EntryKind.DELIVERY)
    proof = {"kind": "photo", "file": SimpleUploadedFile("machine.jpg", picture())}
    assert caseworker.post(reverse("add_proof", args=[sami.id, delivery.id]), proof).status_code == 302
    said = {"said_by": "returnee", "received": "part", "said": "The needles are missing", **today()}
    assert caseworker.post(reverse("record_receipt", args=[sami.id, delivery.id]), said).status_code == 302
    page = read(caseworker.get(reverse("case_money", args=[sami.id])))
    for words in ("Sewing machine", "Harbour Tools", "The needles are missing", "A part came", "Photo"):
        assert words in page, words
    assert "lacks its proof" in page  # the payment
    with acting_as(nora):
        kept = delivery.proofs.get()
    assert caseworker.get(reverse("open_proof", args=[kept.id])).status_code == 200
    assert "400" in read(caseworker.get(reverse("case", args=[sami.id])))


def test_who_pays_sees_name_reference_and_payee_and_nothing_else_of_the_person(client_of, sami):
    write_note(nora, case_id=sami.id, text="Afraid of his uncle", on=sami.opened_on)
    line = commit(*accounts(sami))
    client = client_of(frida)
    page = read(client.get(reverse("desk")))
    for words in ("Sami Example", sami.reference, "Harbour Tools", "Sewing machine"):
        assert words in page, words
    for words in ("XM00 1234", "uncle", "1991", "Saltfield"):
        assert words not in page, words
    for name in ("case", "case_money"):
        assert client.get(reverse(name, args=[sami.id])).status_code == 403
    opened = read(client.post(reverse("open_account", args=[line.id]), {"reason": "paying"}))
    assert "XM00 1234" in opened
    with acting_as(frida):
        assert Look.objects.filter(action="payee_account.open", subject_id=line.id).exists()


def test_reconciliation_says_what_lacks_proof_and_what_is_uneven(client_of, sami):
    line = commit(*accounts(sami))
    pay(line, "300")
    deliver(line, "100")
    page = read(client_of(frida).get(reverse("reconciliation")))
    assert page.count("Add a proof") == 2
    assert "Paid, not delivered yet" in page


def test_a_coordinator_sets_and_changes_a_budget(client_of, sami):
    _, purse = accounts(sami)
    client = client_of(rosa)
    day = {"day": "1", "month": "1", "year": "2026"}
    given = {
        "programme_id": str(purse.programme_id),
        "name": "Second year",
        "holder_id": str(rosa.organisation_id),
        "amount": "1,500.50",
        "currency": "EUR",
        **{f"starts_on_{part}": value for part, value in day.items()},
        **{f"ends_on_{part}": value for part, value in day.items()},
    }
    assert client.post(reverse("set_budget"), given).status_code == 302
    changed = {"amount": "4000", "reason": "Less came", "expected_version": "1"}
    assert client.post(reverse("change_budget", args=[purse.id]), changed).status_code == 302
    with acting_as(rosa):
        assert sorted(Budget.objects.values_list("amount_minor", flat=True)) == [150_050, 400_000]
    for by in ("programme", "partner", "donor", "nonsense"):
        assert "Second year" in read(client.get(reverse("budgets"), {"by": by}))


def test_rates_and_prices_are_added_and_listed(client_of):
    rate = {"of": "EUR", "quote": "XAF", "rate": "655.957", "source": "Central bank", **today()}
    price = {
        "item": "=HYPERLINK(0)",
        "unit": "piece",
        "place": "Saltfield",
        "amount": "120",
        "currency": "EUR",
        "source": "Three shops",
        **today(),
    }
    assert client_of(frida).post(reverse("add_rate"), rate).status_code == 302
    client = client_of(nora)
    assert client.post(reverse("add_price"), price).status_code == 302
    page = read(client.get(reverse("prices")))
    assert "655.957" in page
    assert "Three shops" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_ledger_leaves_as_a_file_in_which_nothing_is_a_formula(client_of, sami, kind):
    line = commit(*accounts(sami), what="=1+1")
    pay(line)
    response = client_of(frida).post(reverse("export_ledger"), {"form": kind})
    content = b"".join(response.streaming_content)
    assert response.status_code == 200
    if kind == "csv":
        text = content.decode("utf-8-sig")
        assert "'=1+1" in text
        assert sami.reference in text
        assert "Sami" not in text
        assert len(text.strip().splitlines()) == 3


def test_a_page_of_money_asks_no_more_for_more(client_of, sami, django_assert_max_num_queries):
    account, purse = accounts(sami)
    for _ in range(3):
        deliver(commit(account, purse, "50"), "50")
    client = client_of(nora)
    read(client.get(reverse("case_money", args=[sami.id])))
    with django_assert_max_num_queries(47):
        read(client.get(reverse("case_money", args=[sami.id])))
    finance = client_of(frida)
    read(finance.get(reverse("desk")))
    with django_assert_max_num_queries(35):
        read(finance.get(reverse("desk")))


def test_pages_read_in_arabic_too(client_of):
    line = a_line()
    client = client_of(nora)
    client.cookies["django_language"] = "ar"
    page = read(client.get(reverse("case_money", args=[line.case_id])))
    assert re.search(r'dir="rtl"', page)


def test_a_statement_of_a_period_is_read_and_taken_along(client_of):
    pay(a_line(), "150")
    client, year = client_of(rosa), {"since": "2026-01-01", "until": "2026-12-31"}
    shown = read(client.get(reverse("statement"), year))
    for words in ("EUR\xa0400", "EUR\xa0150", "EUR\xa0250", "In kind"):
        assert words in shown
    assert client.get(reverse("statement"), {"since": "2026-02-01", "until": "2026-01-01"}).status_code == 422
    file = client.post(reverse("export_statement"), {**year, "form": "csv"})
    rows = b"".join(file).decode("utf-8-sig").splitlines()
    assert rows[1].split(",")[-7:] == ["EUR", "0.00", "400.00", "0.00", "150.00", "0.00", "250.00"]


def test_a_statement_asks_the_same_questions_for_any_number(client_of, django_assert_max_num_queries):
    for _ in range(3):
        a_line()
    client = client_of(rosa)
    client.get(reverse("statement"))
    with django_assert_max_num_queries(30):
        client.get(reverse("statement"), {"since": "2026-01-01", "until": "2026-12-31"})

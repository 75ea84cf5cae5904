"""The pages of money for the access matrix: name, method, what the address names, answers.

What good answers do is in homeward/web/ledger/tests.
"""

from homeward.access.acting import acting_as
from homeward.assistance.commands.committing import Part
from homeward.assistance.rules import Milestone
from homeward.assistance.tests.money import a_case, a_line, budget, deliver, entitlement, programme
from homeward.lib.identifiers import new_id
from tests.cast import nora

# Nora's organisation has the case alone; Tarek's office has no part in it.
BESIDE = "jonas tarek lina stranger"
COMMITTING = {"nora": 200, BESIDE: 404, "others": 403}
SEEING = {"nora rosa": 200, f"{BESIDE} vera": 404, "others": 403}
PROVING = {"nora frida": 200, BESIDE: 404, "others": 403}
PAYING = {"frida": 200, "others": 403}
EVERYBODY_WITH_MONEY = f"nora rosa vera frida {BESIDE}"
SETTING = {"vera rosa": 200, "others": 403}


def a_case_with_money():
    return {"case_id": entitlement(a_case()).case_id}


def an_entitlement():
    account = entitlement(a_case())
    return {"case_id": account.case_id, "entitlement_id": account.id}


def a_commitment():
    line = a_line()
    return {"case_id": line.case_id, "commitment_id": line.id}


def an_instalment():
    line = a_line(instalments=[Part(40_000, Milestone.VISIT)])
    with acting_as(nora):
        return {"case_id": line.case_id, "instalment_id": line.instalments.first().id}


def an_entry():
    entry = deliver(a_line())
    return {"case_id": entry.case_id, "entry_id": entry.id}


def an_account():
    return {"commitment_id": a_line().id}


def a_budget():
    return {"budget_id": budget(programme().id).id}


def nobodys_intent():
    return {"case_id": new_id(), "intent_id": new_id()}


def nobodys_proof():
    return {"proof_id": new_id()}


def nobodys_adoption():
    return {"adoption_id": new_id()}


def no_kwargs():
    return {}


FORMS = [
    ("commit_money", COMMITTING, an_entitlement),
    ("ask_top_up", COMMITTING, an_entitlement),
    ("commit_more", COMMITTING, a_commitment),
    ("release_money", COMMITTING, a_commitment),
    ("record_delivery", COMMITTING, a_commitment),
    ("pay_commitment", PAYING, a_commitment),
    ("reach_milestone", COMMITTING, an_instalment),
    ("add_proof", PROVING, an_entry),
    ("record_receipt", COMMITTING, an_entry),
    ("reverse_entry", PROVING, an_entry),
    ("set_budget", SETTING, no_kwargs),
    ("change_budget", SETTING, a_budget),
    ("add_rate", PAYING, no_kwargs),
    ("adopt_rates", PAYING, no_kwargs),
    ("add_price", {f"nora {BESIDE}": 200, "others": 403}, no_kwargs),
]
PAGES = [
    *((name, "get", about, answers) for name, answers, about in FORMS),
    *(
        (name, "post", about, {who: 422 if said == 200 else said for who, said in answers.items()})
        for name, answers, about in FORMS
    ),
    ("case_money", "get", a_case_with_money, SEEING),
    ("after_money", "get", a_case_with_money, {"others": 302}),
    ("carry_out_intent", "get", nobodys_intent, {"others": 405}),
    ("carry_out_intent", "post", nobodys_intent, {f"nora frida {BESIDE}": 404, "others": 403}),
    ("desk", "get", no_kwargs, PAYING),
    ("reconciliation", "get", no_kwargs, PAYING),
    ("export_ledger", "get", no_kwargs, {"others": 405}),
    ("export_ledger", "post", no_kwargs, PAYING),
    ("open_account", "get", an_account, PAYING),
    ("open_account", "post", an_account, {"frida": 422, "others": 403}),
    ("open_proof", "get", nobodys_proof, {EVERYBODY_WITH_MONEY: 404, "others": 403}),
    ("budgets", "get", no_kwargs, {f"{EVERYBODY_WITH_MONEY} otto": 200, "others": 403}),
    ("statement", "get", no_kwargs, {"vera rosa frida otto": 200, "others": 403}),
    ("export_statement", "get", no_kwargs, {"others": 405}),
    ("export_statement", "post", no_kwargs, {"vera rosa frida otto": 200, "others": 403}),
    ("end_adoption", "get", nobodys_adoption, {"others": 405}),
    ("end_adoption", "post", nobodys_adoption, {"frida": 404, "others": 403}),
    ("prices", "get", no_kwargs, {EVERYBODY_WITH_MONEY: 200, "others": 403}),
]

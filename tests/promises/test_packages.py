"""B1 and B2: of a case the recipient gets the chosen fields, as they were approved, and no word beside.

Each field of the case says a word of its own. Random packages go through the pages that people use; what
the recipient reads is compared byte for byte with what was approved, and searched for every other word.
"""

import random
import re

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.cases.header import REMARKS
from homeward.cases.models import Case, Remark
from homeward.casework.packages import FIELDS, categories_of, compose_package
from homeward.people.commands import add_contact, add_document
from homeward.people.models import Person
from homeward.people.rules import ContactKind, DocumentKind
from homeward.sharing.queries import content_of, received_packages
from homeward.sharing.rules import Purpose, needs_condition
from tests.access.test_operations import OPERATIONS
from tests.cast import CLINIC, HARBOUR, NORDHOLM, jonas, karim, nora, vera
from tests.programs import program_of
from tests.promises.bounds import full, none_in
from tests.promises.things import pages

SEED = 20261122
WORDS = {
    "name": "Kanname71",
    "native_name": "كناري",
    "contacts": "kancontact71@mail.example",
    "place": "Kanplace71",
    "own_words": "Kanwords71",
    "take_care": "Kancare71",
    "promised": "Kanpromised71",
    "next_step": "Kannext71",
}
UNSAID = "KANNUMBER71"  # sealed, and in no package
RECIPIENTS = {CLINIC: karim, HARBOUR: jonas, NORDHOLM: vera}
LEFT_OUT = ("account_logout", "account_reset", "set_language", "switch_hat")  # they end the walk
PURPOSES = [purpose for purpose in Purpose if purpose != Purpose.ORIGIN_STATE]

pytestmark = pytest.mark.django_db


@pytest.fixture
def telling(sami):
    """Sami's case, each field of which says a word of its own."""
    add_contact(nora, person_id=sami.person_id, kind=ContactKind.EMAIL, value=WORDS["contacts"])
    add_document(nora, person_id=sami.person_id, kind=DocumentKind.PASSPORT, number=UNSAID)
    with acting_as(nora):
        Person.objects.filter(id=sami.person_id).update(
            given_names=WORDS["name"], native_name=WORDS["native_name"]
        )
        Case.objects.filter(id=sami.id).update(
            return_place=WORDS["place"],
            **{field: WORDS[field] for field in ("own_words", "next_step")},
        )
        for field, category in REMARKS.items():
            Remark.objects.create(case=sami, category=category, words=WORDS[field])
    return sami


def a_form(chance):
    """Any fields for any purpose to any partner, on a basis that stands."""
    codes = chance.sample([field.code for field in FIELDS], chance.randint(1, len(FIELDS)))
    is_special = needs_condition(categories_of(codes))
    return {
        "organisation": chance.choice(list(RECIPIENTS)),
        "purpose": chance.choice(PURPOSES).value,
        "fields_shown": codes,
        "basis": "public_interest",
        "condition": "health_or_social_care" if is_special else "",
        "necessity": "They work with him from here on.",
    }


def shown(page):
    """The part of a page that shows the package."""
    return re.search(rb'id="their-page".*?</dl>', page, re.DOTALL)[0]


def sent_through_pages(case, form, client_of):
    """What was approved on screen, what the recipient's page says, and the package's id."""
    ours, address = client_of(nora), reverse("send_package", args=[case.id])
    preview = ours.post(address, form).content
    digest = re.search(rb'name="approved" value="(\w+)"', preview)[1].decode()
    assert ours.post(address, {**form, "approved": digest}).status_code == 302
    reader = RECIPIENTS[form["organisation"]]
    with acting_as(reader):
        newest = received_packages(reader).first()
    theirs = client_of(reader).get(reverse("received_package", args=[newest.id])).content
    return preview, theirs, newest.id


def faults_of(case, form, client_of):
    """What the recipient reads beside the chosen fields, and what differs from what was approved."""
    preview, theirs, package_id = sent_through_pages(case, form, client_of)
    reader = RECIPIENTS[form["organisation"]]
    faults = []
    if shown(preview) != shown(theirs):
        faults.append("the page differs from the preview")
    with acting_as(nora):
        approved = compose_package(nora, case.id, form["fields_shown"]).content
    if content_of(reader, package_id).content != approved:
        faults.append("the content differs from what was approved")
    for code, word in WORDS.items():
        if (word.encode() in theirs) != (code in form["fields_shown"]):
            faults.append((code, "is missing" if code in form["fields_shown"] else "is told"))
    never = (UNSAID, case.reference, str(case.id), str(case.person_id))
    return [*faults, *(word for word in never if word.encode() in theirs)]


def told_by_other_ways(case, client_of, every=1):
    """Words of the case on any page, or in any answer to a program, that a recipient can ask for."""
    known = {"case_id": case.id, "person_id": case.person_id}
    words = [word.encode() for word in (*WORDS.values(), UNSAID, case.reference)]
    asked = told = 0
    for organisation_id, reader in RECIPIENTS.items():
        client, program = client_of(reader), program_of(reader.role, organisation_id)
        client.raise_request_exception = False
        addresses = [
            reverse(name, kwargs={place: known[place] for place in places})
            for name, places in pages()
            if set(places) <= set(known) and not name.startswith(LEFT_OUT)
        ]
        paths = [
            path.format(**known)
            for method, path, _described in OPERATIONS.values()
            if method == "get" and set(re.findall(r"{(\w+)}", path)) <= set(known)
        ]
        answers = [client.get(address) for address in addresses[::every]]
        answers += [program.get(path) for path in paths[::every]]
        asked += len(answers)
        told += sum(not one.streaming and any(word in one.content for word in words) for one in answers)
    return told, asked


def kept(count, case, client_of, settings, every):
    settings.API_CALLS_A_MINUTE = 10**9
    chance = random.Random(SEED)  # noqa: S311 - the same packages each time
    wrong = []
    for _ in range(count):
        form = a_form(chance)
        wrong += [(form, fault) for fault in faults_of(case, form, client_of)]
    assert wrong == []
    none_in(count, "packages showed more or other than was approved, byte for byte", "B2")
    told, asked = told_by_other_ways(case, client_of, every)
    assert told == 0
    none_in(asked, "other pages and operations told a recipient a word of the case", "B1")


def test_a_recipient_reads_what_was_approved_and_no_other_word(telling, client_of, settings):
    kept(3, telling, client_of, settings, every=30)


@pytest.mark.drill
def test_recipients_of_many_packages_read_what_was_approved_and_no_other_word(telling, client_of, settings):
    kept(full(2_000), telling, client_of, settings, every=1)

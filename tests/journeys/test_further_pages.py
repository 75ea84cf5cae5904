"""Pages the access matrix asks only about what does not exist, and the doors: walked like all the others."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as installation
from django.test import Client
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.cases.tests.journeys import travel_planned
from homeward.cases.tests.test_enquiring import received
from homeward.casework.rights.telling import tell_recipients
from homeward.casework.tests.test_asking_partners import FARID
from homeward.casework.tests.test_sealed_in_packages import CODE, sent
from homeward.feedback.commands import offer_own_page
from homeward.feedback.models import Complaint, Question
from homeward.followup.commands import begin_filling
from homeward.followup.tests.visits import a_visit
from homeward.organisations.commands import invite_member
from homeward.organisations.models import User
from homeward.people.commands import allow_asking, ask_partners, register_person
from homeward.people.queries import open_document_number
from homeward.people.rules import OpeningReason
from homeward.privacy.openings import alerts_to_look_at
from homeward.privacy.queries import notices_to_take_note_of
from homeward.privacy.rules import NoticeKind
from homeward.sharing.queries import received_packages
from homeward.surveys.tests.test_forms import published
from homeward.web.adapters import SecondFactors
from homeward.web.packages.tests.test_pages import send
from homeward.web.tests.test_signing_in import PASSWORD, SECRET, sign_in
from tests import enforcement
from tests.access.pages import ROWS
from tests.access.world import World
from tests.cast import adil, hana, ines, jonas, karim, nora, rosa
from tests.journeys import test_every_page as walked
from tests.promises.test_firewall import tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HERE = {
    *("ask_sharing_override", "received_enquiry", "open_in_package"),
    *("send_package", "take_back_package", "received_package", "handover", "answer_as_former_lead"),
    *("ask_for_case", "take_note", "case_notices", "make_notice", "opening_alert", "accept_invitation"),
    *("my_page", "my_ask", "my_complain", "my_delivery", "answer_question", "complaint", "demo"),
    *("lost_factor", "ask_at_visit", "ask_screen", "check_answers"),
}
BEFORE = {
    *("case_money", "import_problem", "import_columns", "import", "emergency_review", "case_assign"),
    *("case_held_open", "ask_override", *walked.CASE_PAGES),
    "my_consent",  # test_own_page.py
    *("my_screen", "my_check"),  # test_answering_on_a_bad_line.py
    *("try_screen", "try_check"),  # made of what asking at a visit is made of, with a line more
}
# They answer with a file, with something for a program, or by leading elsewhere; or they only take forms.
WITHOUT_A_PAGE = {
    *(
        "form_workbook",
        "scoring_workbook",
        "health",
        "home",
        "download_file",
        "open_proof",
        "download_copy",
        "consent_receipt_json",
    ),
    *("import_rows", "invitation", "my_door", "resume_application", "account_set_password"),
    *("figure", "extract_file", "report_file"),
    *("my_questions", "account_signup", "switch_hat", "mfa_remove_webauthn", "answer_consent", "after_money"),
}


@pytest.fixture
def visit(visit_within):
    return visit_within


def test_no_page_of_the_matrix_is_left_out_of_the_walk():
    shown = {row.name for row in ROWS if row.method == "get" and set(row.answers.values()) != {405}}
    seen = {row.name for row in walked.PAGES} | HERE | BEFORE | WITHOUT_A_PAGE
    assert not shown - seen


def as_(visit, cookie):
    """Somebody who came in by another door than a colleague's; to be walked with as `visit` is."""

    def visitor(actor, *, language):
        made = visit(language=language)
        made.page.context.add_cookies(
            [{"name": installation.SESSION_COOKIE_NAME, "value": cookie, "url": made.address}]
        )
        return made

    return visitor


def test_packages_on_both_sides_read_well(visit, sami, client_of):
    assert World(sami).share_id  # with Jonas's organisation
    send(client_of(nora), sami)
    with acting_as(karim):
        package_id = received_packages(karim).first().id
    with acting_as(ines):
        tell_recipients(ines, subject_id=sami.person_id, kind=NoticeKind.CORRECTED, words="Born in 1991")
    with acting_as(jonas):
        notice = notices_to_take_note_of(jonas).first()
    walked.look_at(visit, nora, reverse("send_package", args=[sami.id]))
    walked.look_at(visit, nora, reverse("ask_sharing_override", args=[sami.id]))
    walked.look_at(visit, nora, reverse("take_back_package", args=[sami.id, package_id]))
    walked.look_at(visit, karim, reverse("shared_with_us"))
    walked.look_at(visit, karim, reverse("received_package", args=[package_id]))
    walked.look_at(visit, jonas, reverse("take_note", args=[notice.id]))


def test_what_is_sealed_in_a_package_and_an_asking_by_reference_read_well(visit, sami):
    walked.look_at(visit, nora, reverse("received_enquiry", args=[received(sami).id]))
    package = sent(travel_planned())
    walked.look_at(visit, karim, reverse("open_in_package", args=[package.id, CODE]))


def test_a_handover_on_its_way_and_a_later_question_read_well(visit, sami):
    world = World(sami)
    walked.look_at(visit, jonas, reverse("ask_for_case", args=[sami.id]))
    world.asked()
    for actor in (nora, jonas):
        walked.look_at(visit, actor, reverse("handover", args=[world.handover_id]))
    question_id = world.later_question_id
    walked.look_at(visit, nora, reverse("answer_as_former_lead", args=[question_id]))


def test_what_a_border_post_is_told_reads_well(visit, sami):
    protocol = enforcement.in_force(enforcement.a_body())
    walked.look_at(visit, nora, reverse("make_notice", args=[sami.id]))
    tell(sami, protocol)
    walked.look_at(visit, nora, reverse("case_notices", args=[sami.id]))
    walked.look_at(visit, rosa, reverse("protocols"))


def test_asking_at_a_visit_reads_well(visit, sami):
    published()
    asked = a_visit(sami)
    begin_filling(hana, visit_id=asked.id)
    walked.look_at(visit, hana, reverse("ask_at_visit", args=[asked.id]))
    walked.look_at(visit, hana, reverse("ask_screen", args=[asked.id, "1"]))
    walked.look_at(visit, hana, reverse("check_answers", args=[asked.id]))


def test_an_alert_about_openings_reads_well(visit, sami, settings):
    settings.OPENINGS_AN_HOUR = 1
    given = {"person_id": sami.person_id, "document_id": World(sami).document_id}
    open_document_number(nora, **given, reason=OpeningReason.CHECK, words="")
    with acting_as(ines):
        (alert,) = alerts_to_look_at(ines)
    walked.look_at(visit, ines, reverse("opening_alert", args=[alert.id]))


def test_asking_partners_switched_on_reads_well(visit, cast, settings):
    settings.DUPLICATE_CHECK, settings.PARTNER_QUESTIONS_A_DAY = True, 1
    register_person(jonas, details=FARID)
    person = register_person(nora, details=FARID)
    ask_partners(nora, person_id=person.id, reason="He says that somebody in Nordholm helped him.")
    walked.look_at(visit, nora, reverse("person", args=[person.id]))
    walked.look_at(visit, nora, reverse("person_ask_partners", args=[person.id]))
    allow_asking(rosa, person_id=person.id, reason="His sister looks for him, and asked us to.")
    walked.look_at(visit, rosa, reverse("person_allow_asking", args=[person.id]))
    walked.look_at(visit, jonas, reverse("partners_asked"))
    with acting_as(ines):
        (alert,) = alerts_to_look_at(ines)
    walked.look_at(visit, ines, reverse("opening_alert", args=[alert.id]))


def test_the_own_page_and_what_it_asks_of_colleagues_read_well(visit, sami):
    entry_id, browser = World(sami).entry_id, Client()
    made = offer_own_page(nora, case_id=sami.id, language="en")
    browser.get(reverse("my_door", args=[made.token]))
    browser.post(reverse("my_enter"), {"code": made.code})
    browser.post(reverse("my_ask"), {"words": "When can I open?"})
    browser.post(reverse("my_complain"), {"subject": "treatment", "words": "She shouts at me."})
    person = as_(visit, browser.cookies[installation.SESSION_COOKIE_NAME].value)
    for name in ("my_page", "my_ask", "my_complain"):
        walked.look_at(person, None, reverse(name))
    walked.look_at(person, None, reverse("my_delivery", args=[entry_id]))
    with acting_as(nora):
        question = Question.objects.get()
    walked.look_at(visit, nora, reverse("answer_question", args=[sami.id, question.id]))
    with acting_as(rosa):
        complaint = Complaint.objects.get()
    walked.look_at(visit, rosa, reverse("complaint", args=[complaint.id]))


def test_the_doors_read_well(visit, cast, settings):
    for name in ("account_login", "account_reset_password", "account_reset_password_done"):
        walked.look_at(visit, None, reverse(name))
    issued, browser = invite_member(adil, email="new@homeward.example", role=Role.CASE_MANAGER), Client()
    browser.get(reverse("invitation", args=[issued.secret]))
    invited = as_(visit, browser.cookies[installation.SESSION_COOKIE_NAME].value)
    walked.look_at(invited, None, reverse("accept_invitation"))
    settings.DEMO = True
    walked.look_at(visit, None, reverse("demo"))


@pytest.mark.parametrize("name", ["mfa_index", "mfa_list_webauthn", "account_change_password"])
def test_the_pages_of_ones_own_account_read_well(visit, cast, name):
    walked.look_at(visit, nora, reverse(name))


def test_the_second_step_reads_well(visit, cast, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user, browser = User.objects.get(id=nora.user_id), Client()
    user.set_password(PASSWORD)
    user.save()
    secret = SecondFactors().encrypt(SECRET)
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    sign_in(browser)
    half_in = as_(visit, browser.cookies[installation.SESSION_COOKIE_NAME].value)
    for name in ("mfa_authenticate", "lost_factor"):
        walked.look_at(half_in, None, reverse(name))

"""The pages of referrals for the access matrix: name, answers, and what they are asked about.

What good answers do is in homeward/web/referrals/tests.
"""

from datetime import date

from homeward.cases.tests.journeys import arrived
from homeward.casework.commands import refer, send_referral
from homeward.casework.referring import Telling
from homeward.referrals.rules import ReferralState
from homeward.referrals.tests.referred import brought_to
from homeward.services.tests.directory import a_service
from tests.cast import jonas

S = ReferralState
# Nora sends, her organisation's coordinator Rosa reads; Karim's clinic receives. Harbour leads the case.
REFERRERS = {"jonas lina nora": 200, "tarek stranger": 404, "others": 403}


def a_case():
    return {"case_id": arrived().id}


def a_draft():
    return {"referral_id": brought_to(S.DRAFT, arrived(), None).id}


def a_sent_one():
    return {"referral_id": brought_to(S.SENT, arrived()).id}


def an_accepted_one():
    return {"referral_id": brought_to(S.ACCEPTED, arrived()).id}


def a_letter():
    draft = refer(jonas, case_id=arrived().id, service_id=a_service().id, need="shelter")
    told = Telling(("name",), "They have to know", agreed_on=date(2026, 6, 3))
    return {"referral_id": send_referral(jonas, referral_id=draft.id, told=told).id}


def nowhere():
    return {}


LISTS = {"jonas lina nora tarek rosa vera karim stranger": 200, "others": 403}
PARTIES = {"jonas lina nora rosa karim": 200, "tarek stranger vera": 404, "others": 403}
FORMS = {"jonas lina nora": 422, "tarek stranger": 404, "others": 403}
OPENERS = {"karim": 302, "nora jonas lina": 403, "tarek stranger": 404, "others": 403}
ANSWERERS = {"karim nora jonas lina": 422, "tarek stranger": 404, "others": 403}

PAGES = [
    ("referrals", LISTS, nowhere),
    ("referral_figures", LISTS, nowhere),
    ("referral", PARTIES, a_sent_one),
    ("find_service", REFERRERS, a_case),
    ("send_referral", REFERRERS, a_draft),
    ("recall_referral", REFERRERS, a_sent_one),
    ("confirm_referral", REFERRERS, an_accepted_one),
    ("referral_letter", {"jonas lina": 200, "nora tarek stranger karim": 404, "others": 403}, a_letter),
]
EMPTY_FORMS = [
    ("find_service", FORMS, "post", a_case),
    ("choose_service", {"jonas lina nora tarek stranger": 404, "others": 403}, "post", a_case),
    ("send_referral", FORMS, "post", a_draft),
    ("recall_referral", FORMS, "post", a_sent_one),
    ("confirm_referral", FORMS, "post", an_accepted_one),
    ("open_referral", OPENERS, "post", a_sent_one),
    ("answer_referral", ANSWERERS, "post", a_sent_one),
]

"""Who may open which page: one row for each page and method, with the answer each of the cast gets.

Several of the cast share an answer when their names share a key; `others` stands for everybody not named.
Who is not signed in is sent to the door (302) unless `anonymous` says otherwise. A page that is missing here
fails `test_pages.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from homeward.lib.identifiers import new_id
from tests.access.asking_pages import PAGES as ASKING
from tests.access.consent_pages import EMPTY_FORMS as CONSENT_FORMS
from tests.access.consent_pages import PAGES as CONSENTS
from tests.access.evaluation_pages import PAGES as EVALUATION
from tests.access.extract_pages import PAGES as EXTRACTS
from tests.access.followup_pages import EMPTY_FORMS as FOLLOW_UP_FORMS
from tests.access.followup_pages import PAGES as FOLLOW_UP
from tests.access.handover_pages import PAGES as HANDOVERS
from tests.access.import_pages import PAGES as IMPORTS
from tests.access.indicator_pages import PAGES as INDICATORS
from tests.access.instrument_pages import PAGES as INSTRUMENTS
from tests.access.journey_pages import EMPTY_FORMS as JOURNEY_FORMS
from tests.access.journey_pages import PAGES as JOURNEY
from tests.access.ledger_pages import PAGES as LEDGER
from tests.access.people_pages import PAGES as PEOPLE
from tests.access.phone_pages import PAGES as PHONES
from tests.access.plan_pages import ACTS as PLAN_ACTS
from tests.access.plan_pages import EMPTY_FORMS as PLAN_FORMS
from tests.access.plan_pages import PAGES as PLANS
from tests.access.programme_pages import PAGES as PROGRAMMES
from tests.access.protection_pages import PAGES as PROTECTION
from tests.access.records import a_colleague, a_lost_factor, a_program, a_team, an_invitation, an_office
from tests.access.referral_pages import EMPTY_FORMS as REFERRAL_FORMS
from tests.access.referral_pages import PAGES as REFERRALS
from tests.access.report_pages import PAGES as REPORTS
from tests.access.sample_pages import PAGES as SAMPLES
from tests.access.service_pages import PAGES as SERVICES
from tests.access.sharing_pages import PAGES as SHARING
from tests.access.texting_pages import PAGES as TEXTING
from tests.sami import samis_case

Made = Callable[[], Mapping[str, object]]


def nothing() -> Mapping[str, object]:
    return {}


def samis_own() -> Mapping[str, object]:
    """The case that Nora's organisation has alone."""
    return {"case_id": samis_case().id}


@dataclass(frozen=True)
class Row:
    """One page asked for in one way; `kwargs` and `form` may make what they need in the database."""

    name: str
    answers: Mapping[str, int]
    method: str = "get"
    kwargs: Made = nothing
    form: Made = field(default=nothing)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


OPEN = {"others": 200, "anonymous": 200}
SIGNED_IN = {"others": 200}
SENT_ON = {"others": 302}
CASEWORKERS = "jonas nora tarek vera lina rosa stranger"
ADMINISTRATORS = {"adil": 200, "others": 403}
OFFICERS = {"ines": 200, "others": 403}

FORMS_OF_ADMINISTRATION = (
    "edit_organisation",
    "add_office",
    "add_team",
    "add_holiday",
    "import_holidays",
    "set_weekend",
    "invite_member",
    "introduce_partner",
    "create_integration",
)
ADMINISTRATION = (
    "administration",
    "offices",
    "calendars",
    "partners",
    "integrations",
    "factor_resets",
    *FORMS_OF_ADMINISTRATION,
)
CASE_WRITERS = "jonas nora tarek lina stranger"  # caseworkers without the coordinators
ASSIGNERS = "vera rosa adil"
ARRIVAL_READERS = "nora tarek vera rosa salma stranger"


def no_case() -> Mapping[str, object]:
    return {"case_id": new_id()}


def no_holiday() -> Mapping[str, object]:
    return {"holiday_id": new_id()}


def no_emergency() -> Mapping[str, object]:
    return {"emergency_id": new_id()}


def no_protocol() -> Mapping[str, object]:
    return {"protocol_id": new_id()}


def no_notice() -> Mapping[str, object]:
    return {"case_id": new_id(), "notice_id": new_id()}


def no_alert() -> Mapping[str, object]:
    return {"alert_id": new_id()}


def no_kept() -> Mapping[str, object]:
    return {"case_id": new_id(), "kept_id": new_id()}


def no_share() -> Mapping[str, object]:
    return {"case_id": new_id(), "share_id": new_id()}


ROWS: list[Row] = [
    Row("remove_holiday", {"others": 405}, kwargs=no_holiday),
    Row("remove_holiday", {"adil": 404, "others": 403}, "post", no_holiday),
    *(Row(name, answers, kwargs=about) for name, answers, about in JOURNEY),
    *(Row(name, answers, method, about) for name, answers, method, about in JOURNEY_FORMS),
    *(Row(name, answers, kwargs=about) for name, answers, about in CONSENTS),
    *(Row(name, answers, method, about) for name, answers, method, about in CONSENT_FORMS),
    *(Row(name, answers, method, about) for name, method, answers, about in PROGRAMMES),
    *(Row(name, answers, method, about) for name, method, answers, about in SERVICES),
    *(Row(name, answers, method, about) for name, method, answers, about in INSTRUMENTS),
    *(Row(name, answers, method, about) for name, method, answers, about in PHONES),
    *(Row(name, answers, method, about) for name, method, answers, about in SAMPLES),
    *(Row(name, answers, method, about) for name, method, answers, about in EVALUATION),
    *(Row(name, answers, method, about) for name, method, answers, about in INDICATORS),
    *(Row(name, answers, method, about) for name, method, answers, about in REPORTS),
    *(Row(name, answers, method, about) for name, method, answers, about in ASKING),
    *(Row(name, answers, method, about) for name, method, answers, about in SHARING),
    *(Row(name, answers, kwargs=about) for name, answers, about in PLANS),
    *(Row(name, answers, kwargs=about) for name, answers, about in REFERRALS),
    *(Row(name, answers, method, about) for name, answers, method, about in REFERRAL_FORMS),
    *(Row(name, answers, kwargs=about) for name, answers, about in FOLLOW_UP),
    *(Row(name, answers, method, about) for name, answers, method, about in FOLLOW_UP_FORMS),
    *(Row(name, answers, method, about) for name, answers, method, about in (*PLAN_FORMS, *PLAN_ACTS)),
    Row("home", SENT_ON),
    Row("health", OPEN),
    Row("components", OPEN),
    Row("demo", {"others": 404, "anonymous": 404}),
    Row("demo", {"others": 404, "anonymous": 404}, "post"),
    Row("switch_hat", {"others": 405}),
    Row("switch_hat", {"others": 404}, "post"),
    Row("account", SIGNED_IN),
    Row("account_signup", {"others": 403, "anonymous": 403}),
    Row("account_inactive", OPEN),
    Row("account_set_password", SENT_ON),
    Row("lost_factor", SENT_ON),
    Row("invitation", {"others": 302, "anonymous": 302}, kwargs=lambda: {"token": "invented"}),
    Row("accept_invitation", {"others": 404, "anonymous": 404}),
    Row("mfa_remove_webauthn", {"others": 404}, kwargs=lambda: {"pk": 1}),
    Row("openings", OFFICERS),
    Row("protocols", {"ines vera rosa": 200, "others": 403}),
    Row("propose_protocol", {"vera rosa": 200, "others": 403}),
    Row("propose_protocol", {"vera rosa": 422, "others": 403}, "post"),
    *(Row(name, {"others": 405}, kwargs=no_protocol) for name in ("approve_protocol", "end_protocol")),
    Row("approve_protocol", {"ines": 404, "others": 403}, "post", kwargs=no_protocol),
    Row("end_protocol", {"ines vera rosa": 404, "others": 403}, "post", kwargs=no_protocol),
    *(
        Row(name, {CASE_WRITERS: 404, "others": 403}, kwargs=no_case)
        for name in ("case_notices", "make_notice")
    ),
    Row("make_notice", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_case),
    Row("withdraw_notice", {"others": 405}, kwargs=no_notice),
    Row("withdraw_notice", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_notice),
    Row("opening_alert", {"ines": 404, "others": 403}, kwargs=no_alert),
    Row("opening_alert", {"ines": 404, "others": 403}, "post", kwargs=no_alert),
    # administration; what good answers do is in homeward/web/tests/test_administration.py
    *(Row(name, ADMINISTRATORS) for name in ADMINISTRATION),
    Row("members", {"adil ines": 200, "others": 403}),
    Row("members", {"adil ines": 200, "others": 403}, "post", form=lambda: {"text": "sample"}),
    Row("edit_office", ADMINISTRATORS, kwargs=an_office),
    Row("edit_team", ADMINISTRATORS, kwargs=a_team),
    Row("member", ADMINISTRATORS, kwargs=a_colleague),
    Row("end_member", ADMINISTRATORS, kwargs=a_colleague),
    Row("factor_reset", ADMINISTRATORS, kwargs=a_lost_factor),
    *(Row(name, {"adil": 422, "others": 403}, "post") for name in FORMS_OF_ADMINISTRATION),
    Row("edit_office", {"adil": 422, "others": 403}, "post", kwargs=an_office),
    Row("edit_team", {"adil": 422, "others": 403}, "post", kwargs=a_team),
    Row("member", {"adil": 422, "others": 403}, "post", kwargs=a_colleague),
    Row("end_member", {"adil": 422, "others": 403}, "post", kwargs=a_colleague),
    Row("factor_reset", {"adil": 422, "others": 403}, "post", kwargs=a_lost_factor),
    Row("renew_invitation", ADMINISTRATORS, "post", kwargs=an_invitation),
    Row("withdraw_invitation", {"adil": 302, "others": 403}, "post", kwargs=an_invitation),
    Row("rotate_integration", ADMINISTRATORS, "post", kwargs=a_program),
    Row("end_integration", {"adil": 302, "others": 403}, "post", kwargs=a_program),
    Row("decline_factor_reset", {"adil": 302, "others": 403}, "post", kwargs=a_lost_factor),
    Row("inbox", SIGNED_IN),
    Row("arrivals", {ARRIVAL_READERS: 200, "others": 403}),
    Row("emergency", {CASE_WRITERS: 200, "others": 403}),
    Row("emergency", {CASE_WRITERS: 422, "others": 403}, "post"),
    Row("emergency_review", {"vera rosa ines": 404, "others": 403}, kwargs=no_emergency),
    Row("emergency_review", {"vera rosa ines": 404, "others": 403}, "post", kwargs=no_emergency),
    Row("cases", {CASEWORKERS: 200, "others": 403}),
    Row("cases_find", {"others": 405}),
    Row("cases_find", {CASEWORKERS: 302, "others": 403}, "post"),
    Row("cases_export", {"others": 405}),
    Row("cases_export", {CASEWORKERS: 200, "others": 403}, "post"),
    Row("view_save", {"others": 405}),
    Row("view_save", {CASEWORKERS: 302, "others": 403}, "post", form=lambda: {"name": "Mine"}),
    Row("view_forget", {"others": 405}, kwargs=lambda: {"view_id": new_id()}),
    Row("view_forget", {CASEWORKERS: 404, "others": 403}, "post", kwargs=lambda: {"view_id": new_id()}),
    Row("case", {CASEWORKERS: 404, "others": 403}, kwargs=no_case),
    Row("case_edit", {CASE_WRITERS: 404, "others": 403}, kwargs=no_case),
    Row("case_edit", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_case),
    Row("case_next_step", {CASE_WRITERS: 404, "others": 403}, kwargs=no_case),
    Row("case_next_step", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_case),
    Row("case_held_open", {CASE_WRITERS: 404, "others": 403}, kwargs=no_kept),
    Row("case_held_open", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_kept),
    Row("case_assign", {ASSIGNERS: 404, "others": 403}, kwargs=no_case),
    Row("case_held_open", {CASE_WRITERS: 404, "others": 403}, kwargs=no_kept),
    Row("case_held_open", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_kept),
    Row("case_assign", {ASSIGNERS: 404, "others": 403}, "post", kwargs=no_case),
    Row("caseload", {ASSIGNERS: 200, "others": 403}),
    Row("caseload", {ASSIGNERS: 422, "others": 403}, "post"),
    Row("case_share", {CASE_WRITERS: 404, "others": 403}, kwargs=no_case),
    Row("case_share", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_case),
    Row("case_end_share", {CASE_WRITERS: 404, "others": 403}, kwargs=no_share),
    Row("case_end_share", {CASE_WRITERS: 404, "others": 403}, "post", kwargs=no_share),
    *(Row(name, answers, method, kwargs=kwargs) for name, method, kwargs, answers in HANDOVERS),
    *(Row(name, answers, method, kwargs=kwargs) for name, method, kwargs, answers in PEOPLE),
    *(Row(name, answers, method, kwargs=kwargs) for name, method, kwargs, answers in IMPORTS),
    *(Row(name, answers, method, kwargs=kwargs) for name, method, kwargs, answers in LEDGER),
    *(Row(name, answers, method, kwargs=kwargs) for name, method, kwargs, answers in TEXTING),
    Row(
        "case_outcomes",
        {"nora rosa": 200, "jonas tarek vera lina stranger": 404, "others": 403},
        kwargs=samis_own,
    ),
    *(Row(name, answers, method, kwargs=kwargs) for name, method, kwargs, answers in PROTECTION),
    *(Row(name, answers, method, kwargs=kwargs) for name, method, kwargs, answers in EXTRACTS),
    # the trail; what a good search answers is in homeward/web/tests/test_audit.py
    Row("audit", OFFICERS),
    Row("audit", {"ines": 302, "others": 403}, "post"),
    Row("export_audit", OFFICERS, "post"),
    Row("download_file", {CASEWORKERS: 404, "others": 403}, kwargs=lambda: {"file_id": new_id()}),
]

# Pages of the sign-in library, which are about nobody but who asks: homeward/web/tests/test_signing_in.py.
ABOUT_ONESELF = {
    "account_change_password",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
}
NO_PAGES = {"set_language"}
EXCEPTIONS = ABOUT_ONESELF | NO_PAGES

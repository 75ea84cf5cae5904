"""Who may open which page: one row for each page and method, with the answer each of the cast gets.

Several of the cast share an answer when their names share a key; `others` stands for everybody not named.
Who is not signed in is sent to the door (302) unless `anonymous` says otherwise. A page that is missing here
fails `test_pages.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from homeward.lib.identifiers import new_id

Made = Callable[[], Mapping[str, object]]


def nothing() -> Mapping[str, object]:
    return {}


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
CASEWORKERS = "jonas nora tarek vera lina stranger"

ROWS: list[Row] = [
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

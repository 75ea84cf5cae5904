"""Addresses of signing in and of one's own account: of the library's pages only those that are drawn here."""

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from homeward.web import signing_in

urlpatterns = [
    path("demo/", signing_in.demo, name="demo"),
    path("hat/", signing_in.switch_hat, name="switch_hat"),
    path("invitation/", signing_in.accept_invitation, name="accept_invitation"),
    path("invitation/<str:token>", signing_in.invitation, name="invitation"),
    path("account/", signing_in.account, name="account"),
    path("account/login/", signing_in.sign_in, name="account_login"),
    path("account/logout/", accounts.logout, name="account_logout"),
    path("account/inactive/", accounts.account_inactive, name="account_inactive"),
    path("account/signup/", signing_in.by_invitation, name="account_signup"),
    path("account/reauthenticate/", accounts.reauthenticate, name="account_reauthenticate"),
    path("account/password/", accounts.password_change, name="account_change_password"),
    path("account/password/none/", signing_in.no_password_here, name="account_set_password"),
    path("account/password/forgotten/", accounts.password_reset, name="account_reset_password"),
    path("account/password/sent/", accounts.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/changed/",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/second-factor/", factors.index, name="mfa_index"),
    path("account/second-factor/give/", factors.authenticate, name="mfa_authenticate"),
    path("account/second-factor/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/lost/", signing_in.lost_factor, name="lost_factor"),
    path("account/second-factor/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/second-factor/keys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/second-factor/keys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "account/second-factor/keys/again/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-factor/keys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "account/second-factor/keys/<int:pk>/remove/", signing_in.remove_passkey, name="mfa_remove_webauthn"
    ),
    path("account/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
]

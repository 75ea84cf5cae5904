"""Browsers without a screen, in which somebody of the cast has signed in, both factors given."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from homeward.organisations.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(actor, **options):
    """A client in which the actor has signed in, wearing that hat."""
    return client_with(session_of(actor), **options)


def session_of(actor):
    """The key of a session as signing in leaves it, without the way there."""
    user = User.objects.get(id=actor.user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.id)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["membership_id"] = str(actor.membership_id)
    session["second_factor"] = True
    session.save()
    return session.session_key


def client_with(session_key, **options):
    client = Client(**options)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_key
    return client

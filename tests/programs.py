"""Programs that call the API with the token of a real integration."""

import json

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.organisations.commands import create_integration
from tests.cast import ELSEWHERE, HARBOUR, RETURN_PARTNERS, jonas, nora, stranger

COLLEAGUES = {RETURN_PARTNERS: nora, HARBOUR: jonas, ELSEWHERE: stranger}
ROOT = "/api/v1"


class Program:
    """A program with a token, or without one; answers come as Django's test responses."""

    def __init__(self, token=None, organisation_id=None):
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.token, self.organisation_id = token, organisation_id
        self.colleague = COLLEAGUES.get(organisation_id, nora).membership_id

    def call(self, method, path, body=None, **headers):
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        sent = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        media_type = "application/json" if body is not None else "application/octet-stream"
        return whole(self.client.generic(method.upper(), ROOT + path, sent, media_type, headers=given))

    def send(self, path, form, **headers):
        """A form with a file, as browsers and programs send it."""
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.client.post(ROOT + path, form, headers=given)

    def get(self, path, **headers):
        return self.call("get", path, **headers)

    def post(self, path, body=None, **headers):
        return self.call("post", path, {} if body is None else body, **headers)

    def put(self, path, body, **headers):
        return self.call("put", path, body, **headers)

    def delete(self, path, **headers):
        return self.call("delete", path, **headers)


def whole(response):
    """The answer, with what comes in pieces read to its end."""
    if not response.streaming:
        return response
    return HttpResponse(response.getvalue(), status=response.status_code, headers=dict(response.headers))


def program_of(role=Role.CASE_MANAGER, organisation_id=RETURN_PARTNERS, name="Program"):
    """A program in that role at that organisation, made by the command that administrators use."""
    with transaction.atomic():
        issued = create_integration(system_actor(organisation_id), name=f"{name} {role}", role=role)
    return Program(issued.secret, organisation_id)

"""The REST API: one router per stage, one place where problems become HTTP."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from homeward.access.actor import Actor
from homeward.api import cases, people, programmes
from homeward.api.answers import Orjson, details_response, problem_response
from homeward.lib.problems import Problem


class Token(HttpBearer):
    """The token of an integration; the middleware has looked it up already."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return getattr(request, "actor", None)


api = NinjaAPI(
    title="Homeward",
    version="1",
    description="Everything the pages do, for programs. Each integration has its own token and role.",
    auth=Token(),
    renderer=Orjson(),
    urls_namespace="api",
)
api.add_router("/people", people.router)
api.add_router("/cases", cases.router)
api.add_router("/programmes", programmes.router)


@api.exception_handler(Problem)
def problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(map(str, one["loc"][1:])) or "body": str(one["msg"]) for one in error.errors}
    return details_response(422, "invalid", "Some values are missing or not of their kind.", fields)


@api.exception_handler(AuthenticationError)
def unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return details_response(401, "unauthenticated", "Send the token of an integration as Bearer.")


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return details_response(404, "not_found", "There is nothing here.")


@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, error: HttpError) -> HttpResponse:
    return details_response(error.status_code, "not_understood", str(error))


urlpatterns = [path("v1/", api.urls)]

"""The REST API: one router per stage, one place where problems become HTTP."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from homeward.api import (
    agreements,
    assessments,
    belongings,
    cases,
    consents,
    evaluation,
    extracts,
    followup,
    handovers,
    imports,
    indicators,
    instruments,
    ledger,
    likeness,
    matches,
    members,
    organisations,
    outcomes,
    own_page,
    packages,
    partners,
    people,
    plans,
    programmes,
    protection,
    recommendations,
    releases,
    reports,
    rights,
    samples,
    services,
    sharing,
    texting,
    trail,
    transfers,
)
from homeward.api.answers import PROBLEM_TYPE, ObjectsOnly, Orjson, problem_response
from homeward.api.journey import (
    appointments,
    closing,
    contact,
    counselling,
    documents,
    eligibility,
    gates,
    notes,
    sealed,
    travel,
)
from homeward.api.once import AnsweredBefore
from homeward.api.problems import NotUnderstood, TooLarge, Unauthenticated
from homeward.api.referrals import answering as referral_answers
from homeward.api.referrals import sending as referrals
from homeward.lib.problems import Invalid, NotFound, Problem

app_name = "api"
PREFIX = "/api/v1/"


class HomewardAPI(NinjaAPI):
    """Describes itself without repeating itself: problems are told once, in their own media type."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        return self.whole_schema

    @cached_property
    def whole_schema(self) -> OpenAPISchema:
        """Made once: who asks for it needs no token."""
        schema = super().get_openapi_schema(path_prefix=PREFIX)
        known: dict[str, Any] = {}
        for methods in schema["paths"].values():
            for operation in methods.values():
                answers = {str(status): answer for status, answer in operation["responses"].items()}
                for status in [status for status in answers if int(status) >= 400]:
                    known[status] = _problem_answer(answers[status])
                    answers[status] = {"$ref": f"#/components/responses/{status}"}
                operation["responses"] = answers
        schema["components"]["responses"] = dict(sorted(known.items()))
        _leave_out_titles(schema)
        return schema


def _problem_answer(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": answer["description"],
        "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
    }


def _leave_out_titles(part: Any) -> None:
    """Pydantic repeats each name as a title."""
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        if isinstance(inner, dict) and isinstance(inner.get("title"), str) and "paths" not in part:
            del inner["title"]
        _leave_out_titles(inner)


api = HomewardAPI(
    title="Homeward",
    version="1",
    description="Everything the pages do, for programs. Each integration has its own token and role.",
    renderer=Orjson(),
    parser=ObjectsOnly(),
    docs_url=None,
    urls_namespace="v1",
)
for stage in (people, belongings, matches, partners):
    api.add_router("/people", stage.router)
for stage in (
    cases,
    sharing,
    counselling,
    eligibility,
    travel,
    gates,
    contact,
    notes,
    appointments,
    documents,
    closing,
    sealed,
):
    api.add_router("/cases", stage.router)
api.add_router("/cases", handovers.cases_router)
api.add_router("/handovers", handovers.router)
api.add_router("/cases", referrals.cases_router)
api.add_router("/referrals", referrals.router)
api.add_router("/cases", followup.case_router)
api.add_router("/visits", followup.router)
api.add_router("/samples", samples.router)
api.add_router("/channels", texting.router)
api.add_router("/cases", texting.case_router)
api.add_router("/visits", texting.visit_router)
api.add_router("/referrals", referral_answers.router)
api.add_router("/agreements", agreements.router)
api.add_router("/vital-interests", agreements.overrides_router)
api.add_router("/packages", packages.router)
for router in (packages.cases_router, consents.router, own_page.router):
    api.add_router("/cases", router)
api.add_router("/notices", consents.notices_router)
api.add_router("/organisations", organisations.router)
api.add_router("/organisations/own", members.router)
api.add_router("/cases", ledger.case_router)
api.add_router("/money", ledger.router)
api.add_router("/cases", assessments.router)
api.add_router("/cases", plans.router)
api.add_router("/approvals", plans.approval_router)
api.add_router("/imports", imports.router)
api.add_router("/programmes", programmes.router)
api.add_router("/services", services.router)
api.add_router("/instruments", instruments.router)
api.add_router("/instruments", outcomes.instrument_router)
api.add_router("/cases", outcomes.case_router)
api.add_router("/cases", likeness.case_router)
api.add_router("/extracts", extracts.router)
api.add_router("/releases", releases.router)
api.add_router("/comparisons", likeness.router)
api.add_router("/reports", reports.router)
api.add_router("/recommendations", recommendations.router)
api.add_router("/evaluations", evaluation.router)
api.add_router("/indicators", indicators.router)
api.add_router("/audit", trail.router)
api.add_router("/protection", protection.router)
api.add_router("/protection", rights.router)
api.add_router("/transfer-rules", transfers.router)


@api.exception_handler(Problem)
def problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {_name_of(one["loc"]): str(one["msg"]) for one in error.errors}
    return problem_response(Invalid(fields=fields))


def _name_of(place: tuple[object, ...]) -> str:
    """The field as the sender knows it: without the part of the request and the name it has in the code."""
    source, *rest = place
    named = rest[1:] if source in {"body", "form"} and len(rest) > 1 else rest
    return ".".join(map(str, named)) or str(source)


@api.exception_handler(AuthenticationError)
def unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(Unauthenticated())


@api.exception_handler(AnsweredBefore)
def given_again(request: HttpRequest, before: AnsweredBefore) -> HttpResponse:
    return before.response


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem_response(TooLarge())


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(NotFound())


@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(NotUnderstood())


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """The answer at every other address, the same as for a record that is not one's own."""
    return problem_response(NotFound())


urlpatterns = [path("v1/", api.urls), re_path("", nothing_here, name="nothing_here")]

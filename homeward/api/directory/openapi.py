"""The description of the public directory after OpenAPI 3.1, from the strict shapes."""

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from homeward.services.hsds import VERSION, shapes

REFERENCE = "#/components/schemas/{model}"
TEXT, NUMBER, YES = {"type": "string"}, {"type": "integer", "minimum": 1}, {"type": "boolean"}
ASKED = {
    "search": (TEXT, "Words in the name, the description or the name of the organisation."),
    "page": (NUMBER, "The page, from 1 on."),
    "per_page": (NUMBER, "How many a page; 50 unless told, at most 200."),
    "format": ({"type": "string", "enum": ["json", "ndjson"]}, "ndjson gives everything, a line each."),
    "taxonomy_term_id": ({**TEXT, "format": "uuid"}, "Services for this need."),
    "taxonomy_id": ({**TEXT, "format": "uuid"}, "Services with a term of this taxonomy."),
    "organization_id": ({**TEXT, "format": "uuid"}, "Services of this organisation."),
    "modified_after": ({**TEXT, "format": "date-time"}, "Services changed at or after this moment."),
    "minimal": (YES, "Ids and moments of change only."),
    "full": (YES, "With everything below."),
    "full_service": (YES, "Organisations with their services."),
    "postcode": (TEXT, "Places with this postcode."),
    "proximity": (NUMBER, "Within so many metres of the middle of the places with the postcode."),
    "parent_id": ({**TEXT, "format": "uuid"}, "Terms below this one; the needs have none."),
}
PAGED = ("search", "page", "per_page", "format")
SOUGHT = (*PAGED, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
LISTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "services": ("ServiceShape", "required", (*SOUGHT, "minimal", "full")),
    "organizations": ("OrganizationShape", "optional", (*PAGED, "full_service")),
    "service_at_locations": (
        "ServiceAtLocationShape",
        "optional",
        (*SOUGHT, "full", "postcode", "proximity"),
    ),
    "taxonomies": ("TaxonomyShape", "optional", PAGED),
    "taxonomy_terms": ("TermShape", "optional", (*PAGED, "taxonomy_id", "parent_id")),
}


@cache
def description(server: str) -> dict[str, Any]:
    """The whole description, for the address it is served at."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Homeward: directory of services",
            "version": VERSION,
            "summary": "Open Referral HSDS 3.1, read only, public.",
            "license": {"name": "The organisation that serves this directory says how it may be used."},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": server}],
        "tags": [{"name": "required"}, {"name": "optional"}],
        "paths": {"/": _root(), **_lists(), **_singles()},
        "components": {"schemas": _schemas()},
    }


def _schemas() -> dict[str, Any]:
    wanted = (shapes.ServiceShape, shapes.PageShape, shapes.TermShape)
    _by_model, whole = models_json_schema([(one, "serialization") for one in wanted], ref_template=REFERENCE)
    return dict(whole["$defs"])


def _reference(name: str) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=name)}


def _answers(schema: object, *, may_miss: bool = False) -> dict[str, Any]:
    good = {"description": "As HSDS says.", "content": {"application/json": {"schema": schema}}}
    told = {"200": good, "422": {"description": "Something in the address makes no sense."}}
    told["429"] = {"description": "Too many calls in this minute."}
    return told | ({"404": {"description": "There is nothing here."}} if may_miss else {})


def _root() -> dict[str, Any]:
    names = ("version", "profile", "openapi_url")
    schema = {"type": "object", "properties": dict.fromkeys(names, TEXT), "required": list(names)}
    return {
        "get": {"operationId": "getAPIMetaInformation", "tags": ["required"], "responses": _answers(schema)}
    }


def _lists() -> dict[str, Any]:
    return {
        f"/{name}": {
            "get": {
                "operationId": f"list_{name}",
                "tags": [tag],
                "parameters": [_parameter(one) for one in asked],
                "responses": _answers(_paged(shape)),
            }
        }
        for name, (shape, tag, asked) in LISTS.items()
    }


def _paged(shape: str) -> dict[str, Any]:
    contents = {"type": "array", "items": _reference(shape)}
    return {"allOf": [_reference("PageShape")], "properties": {"contents": contents}}


def _parameter(name: str) -> dict[str, Any]:
    schema, told = ASKED[name]
    return {"name": name, "in": "query", "required": False, "description": told, "schema": schema}


def _singles() -> dict[str, Any]:
    where = {"name": "id", "in": "path", "required": True, "schema": {**TEXT, "format": "uuid"}}
    return {
        f"/{name}/{{id}}": {
            "get": {
                "operationId": f"get_{name}_by_id",
                "tags": [tag],
                "parameters": [where],
                "responses": _answers(_reference(shape), may_miss=True),
            }
        }
        for name, (shape, tag, _asked) in LISTS.items()
    }

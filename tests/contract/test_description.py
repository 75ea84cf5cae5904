"""The description of the API is one that other programs can rely on."""

from ninja.openapi.schema import OpenAPISchema

from homeward.api.urls import PREFIX, api


class Strict(OpenAPISchema):
    """Sees when two kinds of value share a name, of which the description would tell only one."""

    def add_schema_definitions(self, definitions):
        for name, described in definitions.items():
            assert self.schemas.setdefault(name, described) == described, f"{name} stands for two things"


def test_no_name_stands_for_two_kinds_of_value():
    Strict(api, PREFIX)


def test_every_operation_says_what_it_does():
    for methods in api.get_openapi_schema()["paths"].values():
        for described in methods.values():
            assert described["description"].endswith("."), described["operationId"]

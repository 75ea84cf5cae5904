"""Pages of telephones for the access matrix: name, method, answers, what they are about."""

from homeward.surveys.commands import add_phone
from tests.cast import nora

ASKING = "jonas nora tarek lina stranger"
HERE = {f"{ASKING} adil": 200, "others": 403}


def a_phone():
    return {"phone_id": add_phone(nora, name="A phone").id}


def nothing():
    return {}


PAGES = [
    ("phones", "get", HERE, nothing),
    ("phones", "post", {ASKING: 422, "others": 403}, nothing),
    # the officer's own, or an administrator's to shut out
    ("end_phone", "post", {"nora adil": 302, "jonas tarek lina stranger": 404, "others": 403}, a_phone),
]

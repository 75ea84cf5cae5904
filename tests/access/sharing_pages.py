"""Who may open the pages of agreements and packages."""

from collections.abc import Mapping

from homeward.lib.identifiers import new_id

WRITERS = "jonas nora tarek lina stranger"
RECEIVERS = "jonas nora tarek lina stranger vera rosa salma karim"


def no_case() -> Mapping[str, object]:
    return {"case_id": new_id()}


def no_package() -> Mapping[str, object]:
    return {"case_id": new_id(), "disclosure_id": new_id()}


def no_disclosure() -> Mapping[str, object]:
    return {"disclosure_id": new_id()}


def nothing() -> Mapping[str, object]:
    return {}


PAGES = [
    ("send_package", "get", {WRITERS: 404, "others": 403}, no_case),
    ("send_package", "post", {WRITERS: 404, "others": 403}, no_case),
    ("take_back_package", "get", {RECEIVERS + " ines": 404, "others": 403}, no_package),
    ("take_back_package", "post", {RECEIVERS + " ines": 404, "others": 403}, no_package),
    ("shared_with_us", "get", {RECEIVERS: 200, "others": 403}, nothing),
    ("received_package", "get", {RECEIVERS: 404, "others": 403}, no_disclosure),
    ("package_receipt", "post", {RECEIVERS: 404, "others": 403}, no_disclosure),
]

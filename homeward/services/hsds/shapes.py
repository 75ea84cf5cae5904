"""The shapes of HSDS 3.1, told strictly: what is not named here is refused by name. Pure.

They are written from the specification's text. The published schemas themselves are not shipped;
`homeward services check --schemas` tries a file against a copy that an operator downloaded.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Kept = list[dict[str, Any]]  # what Homeward has no column for and hands on as it came


def _iso_day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _iso_moment(text: str) -> str:
    datetime.fromisoformat(text)
    return text


def _address(text: str) -> str:
    """A URI has a scheme; without one it is a guess."""
    scheme, colon, rest = text.partition(":")
    if not (scheme.isascii() and scheme.replace("+", "").isalnum() and colon and rest) or " " in text:
        raise ValueError("not a URI")
    return text


def _mail(text: str) -> str:
    name, at, host = text.rpartition("@")
    if not (name and at and "." in host) or " " in text:
        raise ValueError("not an email address")
    return text


Day = Annotated[str, AfterValidator(_iso_day)]
Moment = Annotated[str, AfterValidator(_iso_moment)]
Uri = Annotated[str, AfterValidator(_address)]
Mail = Annotated[str, AfterValidator(_mail)]


class Status(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class Shape(BaseModel):
    """One object of HSDS."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class Attributed(Shape):
    attributes: "list[Attribute]" = []
    metadata: Kept = []


class TaxonomyShape(Shape):
    name: str
    description: str
    uri: Uri | None = None
    version: str | None = None
    metadata: Kept = []


class TermShape(Shape):
    name: str
    description: str
    code: str | None = None
    parent_id: UUID | None = None
    taxonomy: str | None = None
    taxonomy_detail: TaxonomyShape | None = None
    taxonomy_id: UUID | None = None
    language: str | None = None
    term_uri: Uri | None = None
    metadata: Kept = []


class Attribute(Shape):
    link_id: UUID | None = None
    taxonomy_term_id: UUID | None = None
    link_type: str | None = None
    link_entity: str | None = None
    value: str | None = None
    label: str | None = None
    taxonomy_term: TermShape | None = None
    metadata: Kept = []


class UrlShape(Attributed):
    url: Uri
    label: str | None = None
    organization_id: UUID | None = None
    service_id: UUID | None = None


class LanguageShape(Attributed):
    name: str | None = None
    code: str | None = None
    note: str | None = None
    service_id: UUID | None = None
    location_id: UUID | None = None
    phone_id: UUID | None = None


class PhoneShape(Attributed):
    number: str
    extension: float | None = None
    type: str | None = None
    description: str | None = None
    languages: list[LanguageShape] = []
    location_id: UUID | None = None
    service_id: UUID | None = None
    organization_id: UUID | None = None
    contact_id: UUID | None = None
    service_at_location_id: UUID | None = None


class ScheduleShape(Attributed):
    """RFC 5545's rules of repetition, in HSDS's columns."""

    service_id: UUID | None = None
    location_id: UUID | None = None
    service_at_location_id: UUID | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    dtstart: Day | None = None
    until: Day | None = None
    timezone: float | None = None
    count: float | None = None
    wkst: Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"] | None = None
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    interval: float | None = None
    byday: str | None = None
    byweekno: str | None = None
    bymonthday: str | None = None
    byyearday: str | None = None
    description: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    schedule_link: Uri | None = None
    attending_type: str | None = None
    notes: str | None = None


class AreaShape(Attributed):
    service_id: UUID | None = None
    service_at_location_id: UUID | None = None
    name: str | None = None
    description: str | None = None
    extent: str | None = None
    extent_type: str | None = None
    uri: str | None = None


class CostShape(Attributed):
    service_id: UUID | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    option: str | None = None
    currency: Annotated[str, Field(min_length=3, max_length=3)] | None = None
    amount: float | None = None
    amount_description: str | None = None


class UnitShape(Attributed):
    name: str
    scheme: str | None = None
    identifier: str | None = None
    uri: Uri | None = None


class CapacityShape(Attributed):
    unit: UnitShape
    available: float
    updated: Moment
    maximum: float | None = None
    description: str | None = None
    service_id: UUID | None = None
    unit_id: UUID | None = None


class AddressShape(Attributed):
    location_id: UUID | None = None
    attention: str | None = None
    address_1: str
    address_2: str | None = None
    city: str
    region: str | None = None
    state_province: str
    postal_code: str
    country: str
    address_type: Literal["physical", "postal", "virtual"]


class AccessibilityShape(Attributed):
    location_id: UUID | None = None
    description: str | None = None
    details: str | None = None
    url: Uri | None = None


class LocationShape(Attributed):
    location_type: Literal["physical", "postal", "virtual"]
    url: Uri | None = None
    organization_id: UUID | None = None
    name: str | None = None
    alternate_name: str | None = None
    description: str | None = None
    transportation: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    external_identifier: str | None = None
    external_identifier_type: str | None = None
    languages: list[LanguageShape] = []
    addresses: list[AddressShape] = []
    contacts: Kept = []
    accessibility: list[AccessibilityShape] = []
    phones: list[PhoneShape] = []
    schedules: list[ScheduleShape] = []


class OrganizationShape(Attributed):
    name: str
    description: str
    alternate_name: str | None = None
    email: Mail | None = None
    website: Uri | None = None
    additional_websites: list[UrlShape] = []
    tax_status: str | None = None
    tax_id: str | None = None
    year_incorporated: float | None = None
    legal_status: str | None = None
    logo: str | None = None
    uri: Uri | None = None
    parent_organization_id: UUID | None = None
    funding: Kept = []
    contacts: Kept = []
    phones: list[PhoneShape] = []
    locations: list[LocationShape] = []
    programs: Kept = []
    organization_identifiers: Kept = []


class ServiceAtLocationShape(Attributed):
    service_id: UUID | None = None
    location_id: UUID | None = None
    description: str | None = None
    service_areas: list[AreaShape] = []
    contacts: Kept = []
    phones: list[PhoneShape] = []
    schedules: list[ScheduleShape] = []
    location: LocationShape | None = None
    service: "ServiceShape | None" = None


class ServiceShape(Attributed):
    name: str
    status: Status
    organization_id: UUID | None = None
    program_id: UUID | None = None
    alternate_name: str | None = None
    description: str | None = None
    url: Uri | None = None
    additional_urls: list[UrlShape] = []
    email: Mail | None = None
    interpretation_services: str | None = None
    application_process: str | None = None
    fees_description: str | None = None
    wait_time: str | None = None
    fees: str | None = None
    accreditations: str | None = None
    eligibility_description: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: Day | None = None
    assurer_email: Mail | None = None
    licenses: str | None = None
    alert: str | None = None
    last_modified: Moment | None = None
    phones: list[PhoneShape] = []
    schedules: list[ScheduleShape] = []
    service_areas: list[AreaShape] = []
    service_at_locations: list[ServiceAtLocationShape] = []
    languages: list[LanguageShape] = []
    organization: OrganizationShape | None = None
    funding: Kept = []
    cost_options: list[CostShape] = []
    program: dict[str, Any] | None = None
    required_documents: Kept = []
    contacts: Kept = []
    capacities: list[CapacityShape] = []


class PageShape(BaseModel):
    """The envelope of every list; `empty` is required."""

    model_config = ConfigDict(extra="forbid")

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


ServiceAtLocationShape.model_rebuild()

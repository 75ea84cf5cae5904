"""What a column may mean."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Field(StrEnum):
    FILE_REFERENCE = "file_reference"
    RELATION = "relation"
    GIVEN_NAMES = "given_names"
    NATIVE_NAME = "native_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    NATIONALITY = "nationality"
    DOCUMENT_NUMBER = "document_number"
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGE = "language"
    HOST_COUNTRY = "host_country"
    RETURN_COUNTRY = "return_country"
    RETURN_TYPE = "return_type"
    DEPARTED_ON = "departed_on"
    ARRIVED_ON = "arrived_on"
    RETURN_PLACE = "return_place"
    REMARKS = "remarks"
    VULNERABILITY = "vulnerability"
    WISHES = "wishes"
    AMOUNT = "amount"
    CONSENT = "consent"
    HELD = "held"  # no room for it yet: kept sealed with the row, never thrown away


LABELS: Mapping[Field, Promise] = {
    Field.FILE_REFERENCE: _("File number"),
    Field.RELATION: _("Relation"),
    Field.GIVEN_NAMES: _("Given names"),
    Field.NATIVE_NAME: _("Name in own script"),
    Field.FAMILY_NAME: _("Family name"),
    Field.FULL_NAME: _("Full name"),
    Field.BIRTH_DATE: _("Birth date"),
    Field.SEX: _("Sex"),
    Field.NATIONALITY: _("Nationality"),
    Field.DOCUMENT_NUMBER: _("Document number"),
    Field.PHONE: _("Phone"),
    Field.EMAIL: _("E-mail"),
    Field.LANGUAGE: _("Language"),
    Field.HOST_COUNTRY: _("Host country"),
    Field.RETURN_COUNTRY: _("Country of return"),
    Field.RETURN_TYPE: _("Type of return"),
    Field.DEPARTED_ON: _("Departure"),
    Field.ARRIVED_ON: _("Arrival"),
    Field.RETURN_PLACE: _("Place of return"),
    Field.REMARKS: _("Remarks"),
    Field.VULNERABILITY: _("Vulnerability"),
    Field.WISHES: _("Wishes"),
    Field.AMOUNT: _("Amount"),
    Field.CONSENT: _("Consent"),
    Field.HELD: _("Kept for later"),
}

# Who the row is about; a row that says nothing of these is hardly a person.
IDENTIFYING = frozenset(
    {
        Field.GIVEN_NAMES,
        Field.NATIVE_NAME,
        Field.FAMILY_NAME,
        Field.FULL_NAME,
        Field.BIRTH_DATE,
        Field.DOCUMENT_NUMBER,
        Field.PHONE,
    }
)
NAMES = frozenset({Field.GIVEN_NAMES, Field.NATIVE_NAME, Field.FAMILY_NAME, Field.FULL_NAME})
DATES = frozenset({Field.BIRTH_DATE, Field.DEPARTED_ON, Field.ARRIVED_ON})
COUNTRIES = frozenset({Field.NATIONALITY, Field.HOST_COUNTRY, Field.RETURN_COUNTRY})
# Their room comes with later parts of the product.
CARRIED_OVER = frozenset({Field.VULNERABILITY, Field.WISHES, Field.AMOUNT, Field.CONSENT, Field.HELD})

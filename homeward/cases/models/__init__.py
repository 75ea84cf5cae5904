"""The tables of a case, one module per idea."""

from homeward.cases.models.applying import Application, ApplicationDraft
from homeward.cases.models.appointments import Appointment
from homeward.cases.models.case import Case, Event, File, Remark
from homeward.cases.models.clearing import Clearance, Profile
from homeward.cases.models.closing import Closure, SideExit
from homeward.cases.models.counselling import Counselling
from homeward.cases.models.documents import CaseDocument
from homeward.cases.models.eligibility import EligibilityDecision
from homeward.cases.models.enquiring import Enquiry, ReceivedEnquiry
from homeward.cases.models.handing_over import CaseQuestion, Handover, HandoverMessage
from homeward.cases.models.notes import ContactAttempt, Note
from homeward.cases.models.sharing import EmergencyAccess, Listing, SavedView, Share
from homeward.cases.models.travelling import Arrival, Travel

__all__ = [
    "Application",
    "ApplicationDraft",
    "Appointment",
    "Arrival",
    "Case",
    "CaseDocument",
    "CaseQuestion",
    "Clearance",
    "Closure",
    "ContactAttempt",
    "Counselling",
    "EligibilityDecision",
    "EmergencyAccess",
    "Enquiry",
    "Event",
    "File",
    "Handover",
    "HandoverMessage",
    "Listing",
    "Note",
    "Profile",
    "ReceivedEnquiry",
    "Remark",
    "SavedView",
    "Share",
    "SideExit",
    "Travel",
]

"""The tables of a case, one module per idea."""

from homeward.cases.models.case import Case, Event, File
from homeward.cases.models.sharing import EmergencyAccess, Listing, SavedView, Share

__all__ = ["Case", "EmergencyAccess", "Event", "File", "Listing", "SavedView", "Share"]

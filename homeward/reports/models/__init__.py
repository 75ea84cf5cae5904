"""Drawings, templates, reports with their files and recipients, and the register of recommendations."""

from homeward.reports.models.advice import Recommendation, RecommendationStep
from homeward.reports.models.drawings import FigureDrawing
from homeward.reports.models.made import Report, ReportFile, ReportRecipient
from homeward.reports.models.planned import ReportSchedule, ReportTemplate

__all__ = [
    "FigureDrawing",
    "Recommendation",
    "RecommendationStep",
    "Report",
    "ReportFile",
    "ReportRecipient",
    "ReportSchedule",
    "ReportTemplate",
]

"""Figures drawn once from an answer and kept as they were drawn."""

from django.db import models

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.reports.rules import FigureKind


class FigureDrawing(models.Model):
    """One figure of a question's answer in one language, with its table. Never changed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    question = models.ForeignKey("evaluation.Question", models.PROTECT, related_name="drawings")
    kind = Choice(FigureKind)
    language = models.CharField(max_length=8)
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    alt = models.TextField()
    source = models.CharField(max_length=400)
    table = models.JSONField(default=list)
    svg = models.TextField()
    code_version = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation question kind language place title alt source table svg "
        "code_version drawn_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "language", "place"], name="one_drawing_for_a_figure_and_language"
            )
        ]

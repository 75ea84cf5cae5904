"""Writing drawings."""

from homeward.reports.commands.drawings import keep_drawings

__all__ = ["keep_drawings"]

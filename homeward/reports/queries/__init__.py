"""Reading drawings, reports, templates and recommendations."""

from homeward.reports.queries.drawings import drawings_of, get_drawing, visible_drawings

__all__ = ["drawings_of", "get_drawing", "visible_drawings"]

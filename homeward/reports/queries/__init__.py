"""Reading drawings, reports, templates and recommendations."""

from homeward.reports.queries.drawings import drawings_of, get_drawing, has_figures, visible_drawings

__all__ = ["drawings_of", "get_drawing", "has_figures", "visible_drawings"]

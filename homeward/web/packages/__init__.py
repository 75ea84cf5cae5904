"""Showing a person to another organisation, field by field; and what others showed to ours."""

"""Extracts on pages: asked for with a reason, followed while they are made, read as manifest and codebook."""

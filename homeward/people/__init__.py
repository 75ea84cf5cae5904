"""Returnees, households as dated relations, identifiers; matching of who may be one person."""

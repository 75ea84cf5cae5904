"""Agreements between organisations, and vital interests that two people decide about."""

"""Eligibility on the case: deciding it, asking what would be, exceptions that two people stand by."""

"""Protocols with enforcement bodies, and notices of single journeys made under them."""

"""Consents on the case: asking, recording, taking back, receipts; and the person's page handed over."""

"""Speaking with gateways: what they are sent and bring, and posting it."""

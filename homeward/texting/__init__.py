"""Short messages to people's phones: neutral texts only, at safe times only, to those who said yes.

Comes in:  a yes to be written to; reminders, questions and requests for a call; what gateways bring back.
Goes out:  neutral texts through an organisation's gateway, once each; what people answered, on their case.
"""

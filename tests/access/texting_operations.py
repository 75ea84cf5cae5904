"""The operations about messages for the access matrix: channels and permissions are an organisation's own."""

from homeward.access.roles import Role

READ = (200, 200, 200)
SHARED = (200, 200, 404)
OWN_ONLY = (200, 404, 404)
GATEWAY = {
    "name": "Line",
    "kind": "rapidpro",
    "address": "https://sms.example.test/api/v2/broadcasts.json",
    "token": "key",
    "time_zone": "Africa/Tunis",
}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    kept = {"role": Role.ADMINISTRATOR}
    case = {"path": ids("case_id")}
    channel = {"path": lambda w, c: {"channel_id": w.text_channel_id}, **kept}
    permission = {"path": ids("case_id", "permission_id")}
    number = {"body": lambda w, c: {"number": "+21698765432"}}
    return [
        ("list_text_channels", READ, kept),
        ("add_text_channel", (201, 201, 201), {"body": lambda w, c: GATEWAY, **kept}),
        ("try_text_channel", (201, 404, 404), {**channel, **number}),
        ("end_text_channel", OWN_ONLY, channel),
        ("list_case_messages", SHARED, case),
        ("list_case_replies", SHARED, case),
        ("ask_to_call", (201, 409, 404), {**case, "before": "writable"}),
        ("list_message_permissions", SHARED, case),
        (
            "permit_messages",
            (201, 201, 404),
            {
                **case,
                "body": lambda w, c: {
                    "contact_id": str(w.text_contact_id),
                    "language": "en",
                    "way": "in_person",
                },
            },
        ),
        ("end_messages", OWN_ONLY, permission),
        ("ask_by_message", (409, 409, 404), {"path": ids("visit_id")}),
    ]

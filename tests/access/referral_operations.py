"""The operations about referrals for the access matrix: Nora sends, `participant` is who is asked."""

READ = (200, 200, 200)
BY_SENDER = (201, 404, 404)
BY_RECEIVER = (403, 201, 404)


def told(**values):
    return lambda world, caller: values


def draft(world, caller):
    return {"referral_id": world.draft_referral_id}


SENT = told(fields_told=["name"], necessity="To expect him", basis="public_interest")


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    case, one = {"path": ids("case_id")}, {"path": ids("referral_id")}
    opened, taken_on = {**one, "before": "opened"}, {**one, "before": "taken_on"}
    return [
        ("list_case_referrals", (200, 200, 404), case),
        (
            "refer",
            (201, 201, 404),
            {**case, "body": lambda w, c: {"service_id": str(w.open_service_id), "need": "shelter"}},
        ),
        ("list_sent_referrals", READ, {}),
        ("list_received_referrals", READ, {}),
        ("view_referral_figures", READ, {}),
        ("view_referral", (200, 200, 404), one),
        ("list_referral_steps", (200, 200, 404), one),
        ("view_what_was_told", (200, 200, 404), opened),
        ("send_referral", BY_SENDER, {"path": draft, "body": SENT}),
        ("recall_referral", (201, 403, 404), {**one, "body": told(reason="no_longer_needed")}),
        ("open_referral", BY_RECEIVER, one),
        ("accept_referral", BY_RECEIVER, {**opened, "body": told()}),
        ("decline_referral", BY_RECEIVER, {**opened, "body": told(reason="no_capacity")}),
        ("waitlist_referral", BY_RECEIVER, {**opened, "body": told()}),
        ("start_referral", BY_RECEIVER, {**taken_on, "body": told()}),
        ("complete_referral", BY_RECEIVER, {**taken_on, "body": told(outcome="received")}),
        ("list_referral_confirmations", (200, 200, 404), taken_on),
        (
            "confirm_referral",
            (201, 403, 404),
            {**taken_on, "body": told(confirmed="as_said", on="2026-06-01")},
        ),
    ]

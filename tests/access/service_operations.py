"""The operations about services for the access matrix: the directory is the same for every partner."""

from homeward.access.roles import Role

READ, MADE = (200, 200, 200), (201, 201, 201)
OWN_ONLY = (201, 403, 403)


def told(**values):
    return lambda world, caller: values


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    one, seen = ids("service_id"), {"path": lambda w, c: {"service_id": w.open_service_id}}
    kept = {"path": lambda w, c: {"service_id": w.own_service_id}, "role": Role.ADMINISTRATOR}
    count = told(unit="Bed", total=4, available=1)
    return [
        ("list_services", READ, {"role": Role.FIELD_OFFICER}),
        ("match_services", READ, {"body": told(need="shelter"), "role": Role.FIELD_OFFICER}),
        ("view_service", READ, {**seen, "role": Role.FIELD_OFFICER}),
        ("list_service_places", READ, {**seen, "role": Role.FIELD_OFFICER}),
        ("list_service_room", READ, {**seen, "role": Role.FIELD_OFFICER}),
        ("open_service_place", MADE, {"path": one, "body": told(reason="emergency")}),
        ("count_service_room", MADE, {"path": one, "body": count}),
        ("verify_service", OWN_ONLY, kept),
        ("propose_service_change", MADE, {"path": one, "body": told(words="It moved.")}),
        ("say_service_feedback", MADE, {"path": one, "body": told(rating=4)}),
    ]

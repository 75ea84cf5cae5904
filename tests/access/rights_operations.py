"""The operations of a data protection officer's programs for the access matrix."""

from homeward.access.roles import Role

OFFICER = {"role": Role.DATA_PROTECTION_OFFICER}
EVERYWHERE, MADE = (200, 200, 200), (201, 201, 201)
OWN, OWN_MADE = (200, 404, 404), (201, 404, 404)
WHY = "A court asks for these records."
LAW = {"bases": ["adequacy"], "to_countries": ["XM"], "source": "The law on transfers"}


def told(**values):
    return lambda world, caller: values


def about(**values):
    return lambda world, caller: {"person_id": world.person_id, **values}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    person = {"path": ids("person_id"), **OFFICER}
    rule = {"path": lambda w, c: {"rule_id": w.transfer_rule_id}, **OFFICER}
    kept = {"path": lambda w, c: {"rule_id": w.retention_rule_id}, **OFFICER}
    notice = {"path": lambda w, c: {"notice_id": w.correction_id}}
    because = {"body": told(because="The court decided.")}
    years = {"record_class": "travelled", "months": 60, "because": "The law on public records"}
    return [
        ("list_holds", EVERYWHERE, OFFICER),
        ("set_hold", (201, 201, 404), {"body": about(reason=WHY, review_on="2090-01-01"), **OFFICER}),
        ("release_hold", OWN_MADE, {"path": ids("hold_id"), **because, **OFFICER}),
        ("list_restrictions", EVERYWHERE, OFFICER),
        ("restrict_use", (201, 201, 404), {"body": about(reason=WHY), **OFFICER}),
        ("lift_restriction", OWN_MADE, {"path": ids("restriction_id"), **because, **OFFICER}),
        ("list_retention_rules", EVERYWHERE, OFFICER),
        ("set_retention_rule", MADE, {"body": told(**years), **OFFICER}),
        ("end_retention_rule", OWN, kept),
        ("list_copies", (200, 200, 404), person),
        ("list_corrections_told", (200, 200, 404), person),
        ("tell_correction", (201, 409, 404), {"body": told(words="Born in May, not in March"), **person}),
        ("list_corrections_received", EVERYWHERE, {}),
        ("take_note_of_correction", (404, 201, 404), {"body": told(words="Put right"), **notice}),
        ("list_disclosures", EVERYWHERE, OFFICER),
        ("list_transfer_rules", EVERYWHERE, OFFICER),
        ("add_transfer_rule", MADE, {"body": told(**LAW), **OFFICER}),
        ("change_transfer_rule", OWN_MADE, {"body": told(why="A new law", **LAW), **rule}),
        ("end_transfer_rule", OWN_MADE, {"body": told(why="Repealed"), **rule}),
    ]

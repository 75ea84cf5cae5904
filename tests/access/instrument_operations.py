"""The operations about instruments for the access matrix: what is asked is known to every partner."""

from homeward.access.roles import Role

READ = (200, 200, 200)
NO_WORKBOOK = (422, 422, 422)  # the matrix sends a picture
OWN_ONLY = (201, 404, 404)


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    about, published = ids("instrument_id"), {"path": lambda w, c: {"version_id": w.form_id}}
    draft = {"path": lambda w, c: {"version_id": w.draft_form_id}}
    kept = {"role": Role.ADMINISTRATOR}
    return [
        ("list_instruments", READ, {"role": Role.FIELD_OFFICER}),
        ("add_instrument", NO_WORKBOOK, {"body": lambda w, c: {}, "form": True, **kept}),
        ("list_forms", READ, {"path": about, "role": Role.FIELD_OFFICER}),
        (
            "upload_form",
            (422, 404, 404),
            {"path": about, "body": lambda w, c: {}, "form": True, **kept},
        ),
        ("view_form", READ, {**published, "role": Role.FIELD_OFFICER}),
        ("publish_form", OWN_ONLY, {**draft, "body": lambda w, c: {"expected_version": 1}, **kept}),
        ("export_answers", READ, {**published, **kept}),
        ("retire_form", OWN_ONLY, {**published, **kept}),
    ]

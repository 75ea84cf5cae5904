"""The operations about consent, the person's own page and packages for the access matrix."""

from homeward.access.roles import Role

OFFICER = {"role": Role.DATA_PROTECTION_OFFICER}
SAID = {"title": "Working together", "body": "What this is about.", "question": "Do you agree?"}
EVERYWHERE, MADE, CREATED = (200, 200, 200), (201, 201, 201), (201, 201, 404)


def told(**values):
    return lambda world, caller: values


def a_no(world, caller):
    return {
        "is_given": False,
        "purpose": "referral",
        "recipient_id": str(world.clinic_id),
        "categories": ["identity"],
        "notice_id": str(world.notice_id),
        "language": "ar",
        "way": "witnessed",
        "given_on": "2026-03-02",
    }


def looked_at(world, caller):
    return {"organisation_id": str(world.harbour_id), "fields_shown": ["comes_from"]}


def sent(world, caller):
    return {
        **looked_at(world, caller),
        "purpose": "referral",
        "basis": "public_interest",
        "necessity": "A check-up",
        "digest": world.digest,
    }


def package(world, caller):
    return {"package_id": world.package_id}


def package_line(world, caller):
    """Nothing is sealed in this one; `test_sealed_in_packages.py` opens what is."""
    return {"package_id": world.package_id, "code": "comes_from"}


def witnessed(world, caller):
    return {"case_id": world.case_id, "consent_id": world.consent_id, "whose": "witness"}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    case = {"path": ids("case_id")}
    consent = {"path": ids("case_id", "consent_id")}
    question = {"path": lambda w, c: {"case_id": w.case_id, "question_id": w.own_question_id}}
    in_words = dict.fromkeys(("en", "fr", "ar"), SAID)
    return [
        ("list_notices", EVERYWHERE, {}),
        ("publish_notice", MADE, {"body": told(purpose="referral", texts=in_words), **OFFICER}),
        ("list_consents", (200, 200, 404), case),
        ("record_consent", (201, 422, 404), {"body": a_no, **case}),
        ("withdraw_consent", CREATED, {"body": told(how="by_phone"), **consent}),
        ("view_consent_receipt", (200, 200, 404), consent),
        ("open_consent_name", (200, 404, 404), {"body": told(reason="asked"), "path": witnessed}),
        ("list_own_pages", (200, 200, 404), case),
        ("offer_own_page", (201, 409, 404), {"body": told(language="en"), **case}),
        ("end_own_page", (200, 404, 404), {"path": ids("case_id", "link_id")}),
        ("list_questions", (200, 200, 404), case),
        ("answer_question", CREATED, {"body": told(answer="In May"), **question}),
        ("list_package_fields", EVERYWHERE, {}),
        ("list_packages", (200, 200, 404), case),
        ("preview_package", (200, 200, 404), {"body": looked_at, **case}),
        ("send_package", (201, 422, 404), {"body": sent, **case}),
        ("recall_package", (200, 404, 404), {"path": ids("case_id", "package_id")}),
        ("list_received_packages", EVERYWHERE, {}),
        ("open_package", (404, 200, 404), {"path": package}),
        ("open_package_line", (404, 404, 404), {"path": package_line, "body": told(reason="casework")}),
        ("confirm_package_receipt", (404, 201, 404), {"path": package}),
    ]

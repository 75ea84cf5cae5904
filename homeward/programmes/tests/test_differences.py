from homeward.programmes.differences import Change, differences
from homeward.programmes.terms import parse
from homeward.programmes.tests.samples import TERMS, changed

OLD = parse(TERMS)


def test_the_same_terms_have_no_difference():
    assert differences(OLD, parse(TERMS)) == ()


def test_a_changed_amount_is_named_with_before_and_after():
    [found] = differences(OLD, parse(changed("packages.0.amount_minor", 70000)))
    assert (found.part, found.change, found.label.en) == ("packages", Change.CHANGED, "First needs")
    [field] = found.fields
    assert (field.name, field.before, field.after) == ("amount_minor", 61500, 70000)


def test_what_came_and_what_went_is_told_apart_by_its_code():
    renamed = differences(OLD, parse(changed("eligibility.0.code", "of_age")))
    assert [(one.part, one.change) for one in renamed] == [
        ("eligibility", Change.ADDED),
        ("eligibility", Change.REMOVED),
    ]


def test_parts_without_a_code_are_known_by_their_place():
    found = differences(OLD, parse(changed("approvals.0.from_minor", 0)))
    assert [(one.part, one.change, one.place) for one in found] == [("approvals", Change.CHANGED, 1)]
    [general] = differences(OLD, parse(changed("currency", "USD")))
    assert (general.part, general.fields[0].after) == ("general", "USD")

"""What a version asks otherwise, and what stays comparable."""

from homeward.surveys.forms.comparing import Aspect, Change, Comparable, differences
from homeward.surveys.forms.questions import Option, Question
from homeward.surveys.rules import Kind

WORK = Question(
    "work", "work", Kind.ONE, labels={"en": "Work?"}, choices=(Option("yes", {}), Option("no", {}))
)
AGE = Question("age", "age", Kind.WHOLE, labels={"en": "Age"})


def only(old, new):
    (found,) = differences([old], [new])
    return found


def test_the_same_form_has_no_differences():
    assert differences([WORK, AGE], [WORK, AGE]) == []


def test_new_and_removed_questions_are_told():
    told = differences([WORK], [AGE])
    assert [(one.change, one.question.name) for one in told] == [
        (Change.ADDED, "age"),
        (Change.REMOVED, "work"),
    ]


def test_another_kind_of_answer_is_not_comparable():
    found = only(AGE, Question("age", "age", Kind.ONE, labels={"en": "Age"}))
    assert (found.aspects, found.comparable) == ((Aspect.KIND,), Comparable.NO)


def test_a_choice_taken_away_is_not_comparable_and_one_added_is_with_care():
    less = Question("work", "work", Kind.ONE, labels={"en": "Work?"}, choices=(Option("yes", {}),))
    assert only(WORK, less).comparable == Comparable.NO
    assert only(less, WORK).comparable == Comparable.WITH_CARE


def test_a_new_translation_changes_nothing_that_is_compared():
    more = Question("age", "age", Kind.WHOLE, labels={"en": "Age", "fr": "Âge"})
    assert (only(AGE, more).aspects, only(AGE, more).comparable) == ((Aspect.TRANSLATION,), Comparable.YES)


def test_other_words_and_other_people_asked_are_compared_with_care():
    found = only(
        AGE, Question("age", "age", Kind.WHOLE, labels={"en": "Your age"}, relevant="${work} = 'yes'")
    )
    assert found.aspects == (Aspect.WORDS, Aspect.WHO_IS_ASKED)
    assert found.comparable == Comparable.WITH_CARE

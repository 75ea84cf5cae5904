import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands.counselling import record_counselling
from homeward.cases.journey_rules import Decision, Interpreting, Topic
from homeward.cases.models import Case, Counselling
from homeward.cases.queries import get_case, timeline_of
from homeward.cases.rules import EventKind, Stage
from homeward.cases.tests.journeys import COUNSELLED, OPENED, counsel, counselled, enquiry
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.privacy.sealing import open_text, place_of
from tests.cast import jonas, salma, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
GIVEN = {"held_on": COUNSELLED, "topics": [Topic.OPTIONS]}


def test_a_coordinator_does_not_counsel():
    case = enquiry()
    for actor in (vera, salma):
        with pytest.raises(Refused):
            record_counselling(actor, case_id=case.id, **GIVEN)


def test_a_stranger_cannot_tell_that_the_case_exists():
    with pytest.raises(NotFound):
        record_counselling(stranger, case_id=enquiry().id, **GIVEN)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"topics": []}, "topics"),
        ({"topics": ["weather"]}, "topics"),
        ({"is_informed": True}, "is_informed"),
        (
            {"decision": Decision.RETURN, "is_informed": True, "interpreting": Interpreting.MISSING},
            "is_informed",
        ),
        ({"held_on": COUNSELLED.replace(year=2990)}, "held_on"),
        ({"is_suited_to_age": True}, "child_heard_by"),
        ({"child_heard_by": "Jonas"}, "child_heard_by"),  # who is of age is not spoken with as a child
    ],
)
def test_what_cannot_be_is_refused_at_its_field(wrong, field):
    case = enquiry()
    with pytest.raises(Invalid) as problem:
        counsel(case_id=case.id, **wrong)
    assert list(problem.value.fields) == [field]
    with acting_as(jonas):
        assert not Counselling.objects.exists()


def test_a_first_session_moves_the_case_to_counselling():
    case = enquiry()
    counsel(case_id=case.id)
    with acting_as(jonas):
        case = get_case(jonas, case.id)
        assert (case.stage, case.counselled_on) == (Stage.COUNSELLING, COUNSELLED)
        assert case.last_contact_on == COUNSELLED


def test_an_earlier_session_told_later_moves_the_beginning_back():
    case = enquiry()
    counsel(case_id=case.id)
    counsel(case_id=case.id, held_on=OPENED)
    with acting_as(jonas):
        assert Case.objects.get(id=case.id).counselled_on == OPENED


def test_the_summary_is_sealed_under_the_persons_key(past_policies):
    case = enquiry()
    session = counsel(case_id=case.id, summary="She fears her uncle")
    stored = past_policies("SELECT encode(summary, 'escape') AS summary FROM cases_counselling")
    assert "uncle" not in stored[0]["summary"]
    with acting_as(jonas):
        session.refresh_from_db()
        assert (
            open_text(case.person_id, place_of(session, "summary"), session.summary) == "She fears her uncle"
        )


def test_to_stay_is_a_decision_and_the_timeline_says_so():
    case = counselled(decision=Decision.STAY)
    with acting_as(jonas):
        kinds = [event.kind for event in timeline_of(jonas, case.id)]
    assert EventKind.DECIDED_TO_STAY in kinds
    assert case.stage == Stage.COUNSELLING

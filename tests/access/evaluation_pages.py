"""Pages of evaluation for the access matrix: name, method, answers, what they are about."""

from homeward.evaluation.likeness.tests.published import comparable
from homeward.evaluation.tests.asked import a_question, an_extract, evaluator
from homeward.reports.tests.test_drawings import a_drawing
from tests.sami import samis_case

ASKING = "mira vera rosa"
HERE = {ASKING: 200, "others": 403}
LIKE = {"nora rosa": 200, "jonas tarek vera lina stranger": 404, "others": 403}


def samis():
    return {"case_id": samis_case().id}


def a_plan():
    return {"question_id": a_question(evaluator).id}


def a_figure():
    return {"drawing_id": a_drawing().id}


def a_ready_extract():
    return {"extract_id": an_extract(evaluator).id}


def a_comparison():
    return {"comparison_id": comparable().id}


def nothing():
    return {}


PAGES = [
    ("questions", "get", HERE, nothing),
    ("new_question", "get", HERE, nothing),
    ("new_question", "post", {ASKING: 422, "others": 403}, nothing),
    # the evaluator of this organisation wears another hat in the cast
    ("question", "get", {"rosa": 200, "mira vera": 404, "others": 403}, a_plan),
    ("figure", "get", {"rosa": 200, "mira vera": 404, "others": 403}, a_figure),
    ("people_like_this", "get", LIKE, samis),
    ("people_like_this", "post", LIKE, samis),
    ("publish_comparison", "post", {"mira": 404, "others": 403}, a_ready_extract),
    ("withdraw_comparison", "post", {"rosa ines": 302, "vera mira": 404, "others": 403}, a_comparison),
]

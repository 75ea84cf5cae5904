"""Pages of evaluation for the access matrix: name, method, answers, what they are about."""

from homeward.evaluation.tests.asked import a_question, evaluator
from homeward.reports.tests.test_drawings import a_drawing

ASKING = "mira vera rosa"
HERE = {ASKING: 200, "others": 403}


def a_plan():
    return {"question_id": a_question(evaluator).id}


def a_figure():
    return {"drawing_id": a_drawing().id}


def nothing():
    return {}


PAGES = [
    ("questions", "get", HERE, nothing),
    ("new_question", "get", HERE, nothing),
    ("new_question", "post", {ASKING: 422, "others": 403}, nothing),
    # the evaluator of this organisation wears another hat in the cast
    ("question", "get", {"rosa": 200, "mira vera": 404, "others": 403}, a_plan),
    ("figure", "get", {"rosa": 200, "mira vera": 404, "others": 403}, a_figure),
]

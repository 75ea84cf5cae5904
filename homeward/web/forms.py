"""Putting what the domain refused beside the questions of a form."""

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from homeward.lib.problems import Problem


def put_problem(form: BaseForm, problem: Problem) -> None:
    """Show a problem on the form that caused it: at its fields where it names them, else on top."""
    form.is_valid()  # errors can only be added to a form that was checked
    known = {name: text for name, text in problem.fields.items() if name in form.fields}
    for name, text in known.items():
        form.add_error(name, str(text))
    if len(known) < max(len(problem.fields), 1):
        form.add_error(None, str(problem))


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty answer is an answer too."""
    return request.POST if request.method == "POST" else None

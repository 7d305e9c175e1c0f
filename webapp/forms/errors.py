"""The list of what is wrong, above the form: each line leads to the first box that needs another look."""

from wtforms import Field
from wtforms.form import BaseForm

from webapp.forms.fields import Day

Problem = dict[str, str]
"""text and href."""


def summary(form: BaseForm) -> list[Problem]:
    """The complaints of a form, in the order of the page."""
    return [problem(field) for field in form if field.errors and field.type != "CSRFTokenField"]


def problem(field: Field, about: str = "") -> Problem:
    """The complaint about a field. `about` names its row."""
    said = str(field.errors[0])
    box = field.first_bad_id if isinstance(field, Day) else field.id
    return {"text": f"{about}: {said}" if about else said, "href": f"#{box}"}


def complain(field: Field, sentence: str) -> None:
    """Say what is wrong with a field, after what was said before."""
    field.errors = [*field.errors, sentence]

"""To whom a step of the queue is given."""

from collections.abc import Sequence

from wtforms.validators import InputRequired

from webapp.forms.base import Form
from webapp.forms.fields import Person


class AssignForm(Form):
    """One of the people of the trust."""

    person = Person("Who should do this step?", validators=[InputRequired("Choose a person.")])

    def __init__(self, people: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.person.offer([("", "Choose a person"), *((str(person), name) for person, name in people)])

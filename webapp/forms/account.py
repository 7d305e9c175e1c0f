"""The forms of one's own account, and of a forgotten password."""

from collections.abc import Mapping

from wtforms import PasswordField
from wtforms.validators import InputRequired

from webapp.forms import widgets
from webapp.forms.base import Form
from webapp.forms.fields import Choice, Text
from workflows.domain.passwords import SHORTEST
from workflows.people.accounts import MAIL

HINT = f"At least {SHORTEST} characters. Three or four words that do not belong together are strong and easy to keep."


def new_password(label: str) -> PasswordField:
    """A box for a password to be."""
    return PasswordField(
        label,
        description=HINT,
        validators=[InputRequired("Enter a new password.")],
        widget=widgets.Password(autocomplete="new-password"),
    )


class Complaining(Form):
    """A form that can be told what a rule found wrong."""

    def complain(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong, box by box; what is about no box stands with the first."""
        boxes = {box.short_name: box for box in self if box.short_name != "csrf_token"}
        for name, sentence in problems.items():
            box = boxes.get(name) or next(iter(boxes.values()))
            box.errors = [*box.errors, sentence]


class MailForm(Complaining):
    """How e-mail reaches somebody."""

    mail = Choice("How should e-mail reach you?", offered=MAIL.items())


class ChangePasswordForm(Complaining):
    """The password as it is, and as it is to be."""

    current = PasswordField(
        "Your password now",
        validators=[InputRequired("Enter the password that you have now.")],
        widget=widgets.Password(autocomplete="current-password"),
    )
    password = new_password("Your new password")


class ForgottenForm(Complaining):
    """Where to send a link."""

    email = Text(
        "E-mail address",
        validators=[InputRequired("Enter your e-mail address.")],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": False, "width": 30},
    )


class ChooseForm(Complaining):
    """The password that a link lets somebody choose."""

    password = new_password("Your new password")

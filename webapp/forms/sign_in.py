"""The sign-in form."""

from wtforms import PasswordField
from wtforms.validators import InputRequired

from webapp.forms import widgets
from webapp.forms.base import Form
from webapp.forms.fields import Text


class SignInForm(Form):
    """An e-mail address and a password."""

    email = Text(
        "E-mail address",
        validators=[InputRequired("Enter your e-mail address.")],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": False, "width": 30},
    )
    password = PasswordField(
        "Password",
        validators=[InputRequired("Enter your password.")],
        widget=widgets.Password(autocomplete="current-password"),
    )

    def refuse(self) -> None:
        """Say that these do not fit, without saying which of the two is wrong."""
        self.complain("No account has this e-mail address and password. Check both and try again.")

    def complain(self, sentence: str) -> None:
        """Say what stands in the way."""
        self.email.errors = [sentence]

"""Withdrawing a case: why it was a mistake."""

from wtforms.validators import InputRequired

from webapp.forms.base import Form
from webapp.forms.errors import complain
from webapp.forms.fields import LongText


class WithdrawForm(Form):
    """The reason."""

    reason = LongText(
        "Why was it a mistake?",
        validators=[InputRequired("Say why: whoever opens the case later has to know.")],
        description="Those who may read the history of the case read it.",
        render_kw={"rows": 3},
    )

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with it."""
        complain(self.reason, sentence)

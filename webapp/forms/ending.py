"""Ending a dispute: why it is withdrawn, and whether a settlement is agreed to."""

from wtforms.validators import InputRequired

from webapp.forms.base import Form
from webapp.forms.errors import complain
from webapp.forms.fields import LongText, YesNo


class WithdrawDisputeForm(Form):
    """The reason."""

    reason = LongText(
        "Why do you withdraw it?",
        validators=[InputRequired("Say why: the other side has to know.")],
        description="The other side and those who may read the history of the case read it.",
        render_kw={"rows": 3},
    )

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with it."""
        complain(self.reason, sentence)


class AnswerForm(Form):
    """Yes or no to what the other side proposes."""

    accept = YesNo(
        "Do you agree to this?",
        validators=[InputRequired("Say whether you agree.")],
        description="If you do, the dispute ends with it. If not, the dispute goes on as it was.",
    )

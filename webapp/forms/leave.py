"""What is asked about leave."""

from webapp.forms.people import DAY_HINT, Values, sent
from workflows.domain.fields import Field
from workflows.domain.plan.parts import LEAVE_KINDS
from workflows.people import Leave

__all__ = ["LEAVE", "PERIOD", "Values", "leave", "sent"]

PERIOD = (
    Field("first", "date", "First day of leave", hint=DAY_HINT, required=True),
    Field("last", "date", "Last day of leave", hint="The same day for a single day of leave.", required=True),
)
LEAVE = (
    Field("kind", "choice", "What is it for?", required=True, options=LEAVE_KINDS),
    *PERIOD,
    Field(
        "in_uk",
        "yes_no",
        "Is it spent in the United Kingdom?",
        hint="Of professional and study leave, days in the United Kingdom have a quota in three years.",
        required=True,
    ),
)


def leave(values: Values) -> Leave:
    """What was typed of leave."""
    return Leave(**values)

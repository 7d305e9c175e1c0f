"""Starting a case: a planning round, an interim plan for a new starter, a review during the year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from webapp.forms.answers import Named
from webapp.forms.asked import Asked
from webapp.forms.fields import Choice, Select
from webapp.forms.rows import Typed
from workflows.domain.fields import Field

Offered = Sequence[tuple[Any, str]]

LABELS: Mapping[str, Field] = {
    field.key: field
    for field in (
        Field("care_group", "choice", "Which care group?", required=True),
        Field("year", "choice", "Which planning year?", required=True),
        Field("subject", "choice", "Who is it about?", required=True),
        Field(
            "employment_start_date",
            "date",
            "When do they start, or when did they?",
            hint="For example, 1 4 2027.",
            required=True,
        ),
        Field(
            "change_reason",
            "long_text",
            "What has changed?",
            hint="For example, new duties, other hours, a change in the service. Everybody in the case reads this.",
            required=True,
        ),
        Field("change_scope", "choice", "What does it alter?", required=True),
        Field(
            "change_significant",
            "yes_no",
            "Is it a significant change in working practice?",
            hint="Then the days are counted from today until the review has been held.",
            required=True,
        ),
        Field(
            "progression_date",
            "date",
            "When does the next threshold of pay fall due?",
            hint="Leave empty if none falls due within a year.",
        ),
        Field(
            "failure_to_agree_date",
            "date",
            "On what date were you told of the decision?",
            hint="The time to take it further runs from this date.",
            required=True,
            latest="today",
        ),
        Field("objection", "long_text", "What do you object to, and why?", required=True),
    )
}
ASKED = {
    "round": ("care_group", "year"),
    "interim": ("subject", "employment_start_date"),
    "review": ("subject", "change_reason", "change_scope", "change_significant"),
    "progression": ("subject", "progression_date"),
    "standards": ("subject",),
    "report": ("subject",),
    "issue": ("care_group",),
    "help": (),
    "extra": ("subject",),
    "pay": ("subject", "failure_to_agree_date", "objection"),
}
"""What each kind of start asks."""


class StartForm(Asked):
    """The questions of one kind of start. `offered` are the options of those that offer a choice."""

    def __init__(self, kind: str, offered: Mapping[str, Offered], typed: Typed) -> None:
        options = {key: tuple((str(value), text) for value, text in of) for key, of in offered.items()}
        only = {key: of[0][0] for key, of in options.items() if len(of) == 1}
        asked = [replace(LABELS[key], options=options.get(key, ())) for key in ASKED[kind]]
        super().__init__(asked, typed, prefix="start", given=only)

    def box(self, field: Field, offered: Named) -> Any:
        """One of several is chosen by a button while they are few; a single one is chosen already."""
        if field.type != "choice":
            return super().box(field, offered)
        if len(field.options) <= 6:
            return Choice(field.label, offered=field.options)
        return Select(field.label, offered=[("", "Choose one"), *field.options])

"""Starting a case: a planning round, an interim plan for a new starter, a review during the year."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.forms.base import Part
from webapp.forms.errors import Problem, complain, summary
from webapp.forms.fields import Choice, Day, LongText, Select
from webapp.forms.rows import Typed
from workflows.domain.errors import BadValues
from workflows.domain.fields import Field, check_values

Offered = Sequence[tuple[Any, str]]

LABELS: Mapping[str, Field] = {
    field.key: field
    for field in (
        Field("care_group", "choice", "Which care group?", required=True),
        Field("year", "choice", "Which planning year?", required=True),
        Field("subject", "choice", "Who is it about?", required=True),
        Field("employment_start_date", "date", "When do they start, or when did they?", required=True),
        Field(
            "change_reason",
            "long_text",
            "What has changed?",
            hint="For example, new duties, other hours, a change in the service. Everybody in the case reads this.",
            required=True,
        ),
    )
}
ASKED = {
    "round": ("care_group", "year"),
    "interim": ("subject", "employment_start_date"),
    "review": ("subject", "change_reason"),
    "issue": ("care_group",),
    "help": (),
}
"""What each kind of start asks."""


class StartForm(Part):
    """The questions of one kind of start. `offered` are the options of those that offer a choice."""

    def __init__(self, kind: str, offered: Mapping[str, Offered], typed: Typed) -> None:
        self.asked = [LABELS[key] for key in ASKED[kind]]
        self.options = {key: tuple((str(value), text) for value, text in of) for key, of in offered.items()}
        super().__init__({field.key: self._box(field) for field in self.asked}, prefix="start")
        only = {key: of[0][0] for key, of in self.options.items() if len(of) == 1}
        self.process(typed, data=only)

    def valid(self) -> bool:
        """Whether every question has an answer that can be read."""
        self.validate()
        asked = [self._with_options(field) for field in self.asked]
        try:
            check_values(asked, self.values())
        except BadValues as bad:
            for key, sentence in bad.problems.items():
                if not self[key].errors:
                    complain(self[key], sentence)
        return not self.errors

    def values(self) -> dict[str, Any]:
        """The answers by key; what is chosen is the text of its option's value."""
        return {key: field.data for key, field in self._fields.items()}

    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page."""
        return summary(self)

    def _with_options(self, field: Field) -> Field:
        options = self.options.get(field.key, ())
        return Field(field.key, field.type, field.label, required=field.required, options=options)

    def _box(self, field: Field) -> Any:
        if field.type == "date":
            return Day(field.label, description="For example, 1 4 2027.")
        if field.type == "long_text":
            return LongText(field.label, description=field.hint)
        options = self.options.get(field.key, ())
        if len(options) <= 6:
            return Choice(field.label, offered=options)
        return Select(field.label, offered=[("", "Choose one"), *options])

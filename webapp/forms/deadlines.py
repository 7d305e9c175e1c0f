"""Changing the date of a deadline: the new date, and why."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.base import Part
from webapp.forms.errors import Problem, complain, summary
from webapp.forms.fields import Day, LongText
from webapp.forms.rows import Typed
from workflows.domain.errors import BadValues
from workflows.domain.fields import Field, check_values

SURE = "sure"
"""What the button sends that follows after the consequences have been read."""
ASKED: Mapping[str, Field] = {
    "to_on": Field("to_on", "date", "The new last day", required=True),
    "reason": Field("reason", "long_text", "Why?", required=True),
}
OF_A_VERB: Mapping[str, tuple[str, ...]] = {
    "extend": ("to_on", "reason"),
    "pause": ("reason",),
    "resume": (),
    "take_back": (),
}
"""What is asked for each change."""
HINTS = {
    "to_on": "For example, 15 3 2027. It is due by the end of that day.",
    "reason": "Whoever may open this case reads it beside the date. Leave out what is private, such as an illness.",
}


class ChangeForm(Part):
    """The questions of one change."""

    def __init__(self, verb: str, typed: Typed) -> None:
        self.asked = [ASKED[key] for key in OF_A_VERB[verb]]
        super().__init__({field.key: _box(field) for field in self.asked}, prefix="change")
        self.process(typed)

    def valid(self) -> bool:
        """Whether every question has an answer that can be read."""
        self.validate()
        try:
            check_values(self.asked, self.values())
        except BadValues as bad:
            for key, sentence in bad.problems.items():
                if not self[key].errors:
                    complain(self[key], sentence)
        return not self.errors

    def values(self) -> dict[str, Any]:
        """The answers by key."""
        return {key: field.data for key, field in self._fields.items()}

    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page."""
        return summary(self)

    def hidden(self) -> list[tuple[str, str]]:
        """What was typed, to be sent once more: pairs of name and value."""
        found = []
        for field in self:
            if isinstance(field, Day):
                found += [(f"{field.name}-{part}", typed) for part, typed in field.parts.items()]
            else:
                found.append((field.name, field.data or ""))
        return found


def _box(field: Field) -> Any:
    if field.type == "date":
        return Day(field.label, description=HINTS[field.key])
    return LongText(field.label, description=HINTS[field.key], render_kw={"rows": 3})

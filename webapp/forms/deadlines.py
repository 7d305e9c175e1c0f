"""Changing the date of a deadline: the new date, and why."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.answers import Named
from webapp.forms.asked import Asked
from webapp.forms.fields import Day, LongText
from webapp.forms.rows import Typed
from workflows.domain.fields import Field

SURE = "sure"
"""What the button sends that follows after the consequences have been read."""
ASKED: Mapping[str, Field] = {
    "to_on": Field(
        "to_on",
        "date",
        "The new last day",
        hint="For example, 15 3 2027. It is due by the end of that day.",
        required=True,
    ),
    "reason": Field(
        "reason",
        "long_text",
        "Why?",
        hint="Whoever may open this case reads it beside the date. Leave out what is private, such as an illness.",
        required=True,
    ),
}
OF_A_VERB: Mapping[str, tuple[str, ...]] = {
    "extend": ("to_on", "reason"),
    "pause": ("reason",),
    "resume": (),
    "take_back": (),
}
"""What is asked for each change."""


class ChangeForm(Asked):
    """The questions of one change."""

    def __init__(self, verb: str, typed: Typed) -> None:
        super().__init__([ASKED[key] for key in OF_A_VERB[verb]], typed, prefix="change")

    def box(self, field: Field, offered: Named) -> Any:
        """A reason takes a few lines."""
        if field.type == "long_text":
            return LongText(field.label, description=field.hint, render_kw={"rows": 3})
        return super().box(field, offered)

    def hidden(self) -> list[tuple[str, str]]:
        """What was typed, to be sent once more: pairs of name and value."""
        found = []
        for field in self:
            if isinstance(field, Day):
                found += [(f"{field.name}-{part}", typed) for part, typed in field.parts.items()]
            else:
                found.append((field.name, field.data or ""))
        return found

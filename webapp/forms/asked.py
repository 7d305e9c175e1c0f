"""Questions on a page of their own, away from the steps of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from webapp.forms.answers import PREFIX, RADIOS_AT_MOST, Answers, Named
from webapp.forms.errors import Problem, summary
from webapp.forms.lines import Lines
from webapp.forms.rows import Typed
from workflows.domain.fields import Field


class Asked(Answers):
    """Questions that are answered together; `given` fills them in before anything was typed."""

    revealed: Mapping[str, Field] = MappingProxyType({})
    """Questions that stand below an answer to another, by key."""
    lines: Sequence[Lines] = ()
    """Lines that come and go below a question. Whoever gives a form some says what they may hold."""

    def __init__(
        self,
        fields: Sequence[Field],
        typed: Typed,
        *,
        people: Named = (),
        given: Mapping[str, Any] | None = None,
        prefix: str = PREFIX,
    ) -> None:
        super().__init__(fields, people, prefix=prefix)
        self.process(typed, data=dict(given or {}))

    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page: what is asked once, then what is asked line by line."""
        return [*summary(self), *(one for lines in self.lines for one in lines.wrong())]

    def turned(self, button: str) -> bool:
        """Do what a button of its lines says; whether it was one."""
        return any(lines.turned(button) for lines in self.lines)


class Revealing(Asked):
    """The same, where what is needed with one answer alone stands below that answer."""

    def __init__(self, fields: Sequence[Field], typed: Typed, *, given: Mapping[str, Any] | None = None) -> None:
        few = {field.key for field in fields if field.type == "choice" and len(field.options) <= RADIOS_AT_MOST}
        self.revealed = {field.key: field for field in fields if field.when[0] in few and len(field.when[1]) == 1}
        super().__init__(fields, typed, given=given)
        for key, field in self.revealed.items():
            other, (answer,) = field.when
            asked: Any = self[other]
            asked.reveals = {**asked.reveals, answer: (*asked.reveals.get(answer, ()), self[key])}

    def box(self, field: Field, offered: Named) -> Any:
        """Where it stands says when it is needed, so its label does not."""
        return super().box(replace(field, required=True) if field.key in self.revealed else field, offered)

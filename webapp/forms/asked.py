"""Questions on a page of their own, away from the steps of a case."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.forms.answers import PREFIX, Answers, Named
from webapp.forms.errors import Problem, summary
from webapp.forms.rows import Typed
from workflows.domain.fields import Field


class Asked(Answers):
    """Questions that are answered together; `given` fills them in before anything was typed."""

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
        """What is wrong, in the order of the page."""
        return summary(self)

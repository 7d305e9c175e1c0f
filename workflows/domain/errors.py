"""Broken rules. One class a fact; the docstring of a class is the sentence that people read."""

import inspect
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from workflows.domain.roles import Role

PLAIN: Mapping[str, str] = MappingProxyType({role.value: role.value.replace("_", " ") for role in Role})
"""The roles where no trust is there to say what it calls them."""


class Broken(Exception):
    """A rule of job planning does not allow this."""

    def __init__(self, **facts: object) -> None:
        """The facts fill the braces of the docstring and can be read as attributes. A missing one is a KeyError; where
        the key of a role stands in braces, readers are told its title."""
        self.facts = facts
        self.sentence = self.said(PLAIN)
        super().__init__(self.sentence)

    def said(self, titles: Mapping[str, str]) -> str:
        """The sentence in the words of a trust, which has titles for the roles."""
        words = " ".join((inspect.getdoc(type(self)) or "").split())
        return words.format(**{**PLAIN, **titles, **self.facts})

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None


class NotFound(Broken):
    """This does not exist, or you may not see it."""


class NotAllowed(Broken):
    """You may not do this."""


class BadValues(Broken):
    """Some answers need another look. {sentences}"""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """`problems` holds one sentence for each key of a field that is wrong."""
        self.problems = dict(problems)
        super().__init__(sentences=" ".join(self.problems.values()))


class Unsound(Broken):
    """There is a fault in the process definition."""

    case_id: int | None = None
    """The case that the fault stopped, if one was moving; the engine's runner fills it in."""
    at: datetime | None = None
    """When it was stopped."""
    step_id: int | None = None
    """The step that a person was completing, if one was."""

    def __init__(self, *, element: str = "", **facts: object) -> None:
        """`element` is the id of the element of the diagram, or the key of the policy, that is at fault."""
        self.element = element
        super().__init__(element=element, **facts)

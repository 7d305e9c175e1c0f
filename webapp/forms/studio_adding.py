"""What is asked where a draft begins a process, and what was typed."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import choice, text, words
from workflows.domain.fields import Field
from workflows.domain.roles import Role
from workflows.domain.studio import LONGEST_DOCUMENTATION, LONGEST_NAME
from workflows.studio.adding import NewStep

__all__ = ["Values", "sent"]


def fields(titles: Mapping[str, str]) -> tuple[Field, ...]:
    """What a process needs to begin with: one step, and its end."""
    roles = tuple((role.value, titles[role]) for role in Role if role in titles)

    def line(key: str, label: str, example: str) -> Field:
        return Field(key, "text", label, hint=f"For example, {example}.", required=True, limit=LONGEST_NAME)

    return (
        line("title", "What is the process called?", "Study leave"),
        Field(
            "about", "long_text", "What is it about?", required=True, limit=LONGEST_DOCUMENTATION,
            hint="Two or three sentences: who does what, and how it ends.",
        ),
        line("step", "What is its first step called?", "Ask for leave"),
        words("What is the person asked to do?"),
        choice("role", "Who does it?", roles),
        line("end", "How does it end?", "Leave asked for"),
    )  # fmt: skip


def said(values: Values) -> dict[str, Any]:
    """What was typed, as the verb takes it."""
    step = NewStep(text(values, "step"), text(values, "role"), text(values, "documentation"))
    return {"title": text(values, "title"), "about": text(values, "about"), "end": text(values, "end"), "step": step}

"""What is asked where a letter is begun, and what was typed in it."""

from collections.abc import Mapping
from typing import Any

from flask import request

from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import version
from workflows.domain.fields import Field
from workflows.domain.roles import Role

__all__ = ["Values", "sent", "version"]


def text() -> str:
    """The words in the box, with the ends of lines as they are kept."""
    return request.form.get("text", "").replace("\r\n", "\n")


def new_fields(titles: Mapping[str, str]) -> tuple[Field, ...]:
    """What a letter needs before its words."""
    roles = tuple((role.value, titles[role]) for role in Role if role in titles)
    return (
        Field("title", "text", "What is it called?", hint="For example, The decision after mediation.", required=True),
        Field(
            "key", "text", "The name of its file", required=True,
            hint="Small letters, digits and low lines, such as settlement. It does not change any more.",
        ),
        Field("to", "several", "Who gets it?", required=True, options=roles),
    )  # fmt: skip


def new_said(values: Values) -> dict[str, Any]:
    """What was typed."""
    title = " ".join(str(values["title"]).split()).replace("{", "").replace("}", "")
    return {"key": str(values["key"]).strip(), "title": title, "to": " ".join(values["to"])}

"""What is asked where a diagram is brought into a draft and mended, and what was typed."""

from typing import Any

from flask import request

from webapp.forms.people import Values, sent
from workflows.domain.fields import Field
from workflows.domain.studio import LONGEST_NAME
from workflows.studio.importing import Found

__all__ = ["fields", "sent", "taken"]


def taken() -> dict[str, Any]:
    """What was typed beside the file: another name, and whether it takes the place of a process that is there."""
    return {
        "title": request.form.get("title", "").strip()[:LONGEST_NAME],
        "replace": request.form.get("replace") == "yes",
    }


def fields(found: Found) -> tuple[Field, ...]:
    """What a repair asks. Keys of forms are names, so each question is called by its place."""
    return tuple(
        Field(
            f"q{place}", "choice" if asked.options else "long_text", asked.label, required=True, options=asked.options
        )
        for place, asked in enumerate(found.asks)
    )


def given(found: Found) -> dict[str, str]:
    """What is suggested, or was sent already."""
    return {f"q{place}": asked.suggested for place, asked in enumerate(found.asks)}


def answers(found: Found, values: Values) -> dict[str, str]:
    """What was answered, by the repair's own keys."""
    return {asked.key: str(values.get(f"q{place}") or "") for place, asked in enumerate(found.asks)}

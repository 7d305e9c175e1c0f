"""What is asked in the studio: names of drafts, change notes, decisions, choices between two versions of a file."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.people import Values, sent
from workflows.domain.fields import Field
from workflows.domain.studio import LONGEST_DRAFT_NAME
from workflows.studio.updating import BOTH, OURS, THEIRS, Update

__all__ = ["Values", "sent"]

APPROVE, RETURN = "approve", "return"
NAME = (
    Field(
        "name",
        "text",
        "What is this draft about?",
        hint="For example, A calmer mediation.",
        required=True,
        limit=LONGEST_DRAFT_NAME,
    ),
)
NOTE = (
    Field(
        "words",
        "long_text",
        "What changes, and why?",
        hint="Whoever approves it reads this, and so does everybody who looks at the release later.",
        required=True,
    ),
)
AGAIN = (
    Field(
        "words",
        "long_text",
        "Why is it published again?",
        hint="Whoever approves it reads this, and so does everybody who looks at the release later.",
        required=True,
    ),
)
DECISION = (
    Field(
        "decision",
        "choice",
        "What do you decide?",
        required=True,
        options=((APPROVE, "Approve it: it can be published as it stands"), (RETURN, "Return it, with reasons")),
    ),
    Field(
        "words",
        "long_text",
        "What do you want to say?",
        hint="Reasons are needed where you return it. Whoever changed it reads them.",
        when=("decision", (RETURN,)),
    ),
)


def read(form: Mapping[str, Any]) -> str:
    """The content that the page showed."""
    return str(form.get("content", ""))[:64]


def number(form: Mapping[str, Any]) -> int:
    """The number of the edit that the page showed; 0 for none."""
    said = str(form.get("number", ""))
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def choices(update: Update) -> tuple[Field, ...]:
    """Which version of each file that was changed on both sides the draft goes on with; named by its place."""
    words = {
        BOTH: "Put both together",
        OURS: "Keep the draft’s",
        THEIRS: f"Take that of release {update.number}",
    }
    return tuple(
        Field(
            f"file_{place}",
            "choice",
            f"Which “{line.title}” goes on?",
            required=True,
            options=tuple((key, words[key]) for key in update.offered(line.path)),
        )
        for place, line in enumerate(update.both)
    )


def chosen(update: Update, values: Values) -> dict[str, str]:
    """The choices by path."""
    return {line.path: values[f"file_{place}"] for place, line in enumerate(update.both)}

"""What is asked of whoever replaces the mediator of a dispute or a member of its panel."""

from workflows.domain.fields import Field
from workflows.inbox.panel_seats import Replacing

ASKED = (("yes", "Yes: they had no part in this before, and can come in"),)


def fields(found: Replacing) -> tuple[Field, ...]:
    """Whom, for whom, and why."""
    third = any(one.seat == "third" for one in found.sitting)
    hint = "Somebody from outside is first added under People."
    if third:
        hint = f"Leave this empty for the member from the panel register: {register(found)} {hint}"
    return (
        Field(
            "seat",
            "choice",
            "Whom do you replace?",
            required=True,
            options=tuple((one.seat, f"{one.name}, {lower(one.title)}") for one in found.sitting),
        ),
        Field("person", "person", "Who comes in?", hint=hint, when=("seat", ("mediator", "chair", "nominee"))),
        Field(
            "reason",
            "long_text",
            "Why are they replaced?",
            hint="Nobody but those who replace people reads it. Health needs no details: “ill” is enough.",
            required=True,
        ),
        Field("can_sit", "choice", "Have you asked whoever comes in?", required=True, options=ASKED),
    )


def register(found: Replacing) -> str:
    """Whose turn it is on the register."""
    return f"{found.next_third} is next on it." if found.next_third else "nobody is left on it."


def lower(title: str) -> str:
    """A title within a sentence."""
    return title[:1].lower() + title[1:]

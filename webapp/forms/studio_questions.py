"""What is asked of a question of a step, by the kind of its answer, and what was typed as the verbs take it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from webapp.forms.answers import PREFIX
from webapp.forms.people import Values
from webapp.forms.studio_boxes import Options, choice, text
from workflows.domain.fields import FIELD_TYPES, Field
from workflows.domain.studio import LONGEST_HINT, LONGEST_LABEL
from workflows.studio.editing import DrawnField
from workflows.studio.offering import Offer

NEW_OPTIONS = 3
FOLDED = ("visible",)
"""What is asked behind a fold: most questions do without."""
YES_NO = (("yes", "Yes"), ("no", "No"))
LIMITS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "number": (("min", "Smallest number", ""), ("max", "Largest number", "")),
    "date": (
        ("min", "Earliest date", "The word today, or a date such as 2027-03-31."),
        ("max", "Latest date", "The word today, or a date such as 2027-03-31."),
    ),
}
"""The limits that an answer may have, by its kind: key, label, hint."""


def kind_fields(offer: Offer) -> tuple[Field, ...]:
    """What kind of answer a question wants: all else depends on it."""
    return (choice("type", "What kind of answer?", offer.field_types),)


def chosen_kind(now: Field | None) -> str:
    """The kind of answer that was chosen on the page before, else the one that the question has; "" where none was
    chosen yet, or is to be chosen anew."""
    said = request.args.get(f"{PREFIX}-type", now.type if now else "")
    return said if said in FIELD_TYPES else ""


def question_fields(offer: Offer, kind: str, now: Field | None, others: Sequence[Field]) -> tuple[Field, ...]:
    """What is asked of a question with this kind of answer. Its options come one a box, with a few empty ones."""
    boxes = [Field(f"option_{place}", "text", f"Option {place + 1}") for place in range(_places(kind, now))]
    return (
        Field("label", "text", "Question", required=True, limit=LONGEST_LABEL),
        Field("hint", "text", "Hint", hint="What stands below the question, in small letters.", limit=LONGEST_HINT),
        choice("needed", "Must it be answered?", needs(others)),
        *boxes,
        *(Field(key, "text", label, hint=hint) for key, label, hint in LIMITS.get(kind, ())),
        Field(
            "visible", "several", "Who sees the answer?", options=offer.roles,
            hint="Nobody ticked: the parties of the case, and whoever has a step of it.",
        ),
    )  # fmt: skip


def _places(kind: str, now: Field | None) -> int:
    return len(now.options if now else ()) + NEW_OPTIONS if kind in ("choice", "several") else 0


def needs(others: Sequence[Field]) -> Options:
    """When a question must be answered: never, always, or with an answer to another of the step."""
    with_answers = tuple(
        (f"{other.key}: {key}", f"If “{other.label}” is answered “{label}”")
        for other in others
        for key, label in (other.options if other.type == "choice" else YES_NO if other.type == "yes_no" else ())
    )
    return (("no", "No"), ("yes", "Yes, always"), *with_answers)


def question_given(now: Field | None, drawn: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a question as it is. `drawn`: its limits as they are written."""
    if now is None:
        return {"needed": "no"}
    other, answers = now.when
    needed = f"{other}: {' '.join(answers)}" if other else "yes" if now.required else "no"
    given = {"label": now.label, "hint": now.hint, "needed": needed, "visible": list(now.visible)}
    return given | dict(drawn) | {f"option_{place}": label for place, (_, label) in enumerate(now.options)}


def question(values: Values, kind: str, now: Field | None) -> DrawnField:
    """The question that was typed. An option keeps its key while it keeps its place."""
    keys = [key for key, _ in now.options] if now else []
    typed = [text(values, f"option_{place}") for place in range(_places(kind, now))]
    needed = values.get("needed") or "no"
    return DrawnField(
        label=text(values, "label"),
        type=kind,
        hint=text(values, "hint"),
        required=needed == "yes",
        options=[(keys[at] if at < len(keys) else "", label) for at, label in enumerate(typed) if label],
        min=text(values, "min"),
        max=text(values, "max"),
        visible=list(values.get("visible") or ()),
        when=needed if ":" in needed else "",
    )

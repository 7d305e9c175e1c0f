"""What is asked where a diagram is changed as a list, and what was typed as the verbs take it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request

from webapp.forms.answers import PREFIX
from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import NONE, Options, choice, or_none, text, version
from workflows.domain.fields import Field
from workflows.studio.editing import ENDS, CannotChange, DrawnField, NewStep, Picked, Way, comparisons, picked, written
from workflows.studio.listing import ListPage
from workflows.studio.offering import FactOffered, Offer

__all__ = ["NONE", "Values", "sent", "version"]

TYPED = "typed"
STEP, OTHER, END = "step", "other", "end"
NEW_OPTIONS = 3


# ---------------------------------------------------------------------------------------------------------------- steps


KINDS: Options = (
    ("userTask", "A step for a person"),
    ("notify", "Tell people something by e-mail and notice"),
    ("callActivity", "Go through another process"),
    ("businessRuleTask", "Ask a decision table"),
    ("serviceTask", "Let Accord do something else"),
)


def new_step_fields(page: ListPage) -> tuple[Field, ...]:
    """What is asked of a step to add."""
    return (
        choice("kind", "What is added?", KINDS),
        Field("name", "text", "Name", hint="Such as Check the plan. Of a message, its subject.", required=True),
        Field(
            "documentation", "long_text", "What is the person asked to do, or what is the message?",
            hint="In plain words. A process that is gone through needs none.",
        ),
        Field("role", "choice", "Who does it, or who is told?", required=True, options=page.offer.roles),
        Field(
            "called", "choice", "Which process?", options=or_none("None", page.offer.stages),
            when=("kind", ("callActivity",)),
        ),
        Field(
            "decision", "choice", "Which table?", options=or_none("None", page.offer.decisions),
            when=("kind", ("businessRuleTask",)),
        ),
        Field(
            "action", "choice", "What is done?", options=or_none("None", page.offer.actions),
            hint="What it needs besides is asked where it is changed.", when=("kind", ("serviceTask",)),
        ),
    )  # fmt: skip


def new_step(values: Values, beside: str) -> NewStep:
    """The step that was typed. A message stands in the lane of the step before it, and names whom it goes to."""
    name, words, role = text(values, "name"), text(values, "documentation"), text(values, "role")
    kind = text(values, "kind") or "userTask"
    if kind == "notify":
        return NewStep(name, beside, words, "serviceTask", {"action": "notify", "to": role})
    if kind == "callActivity":
        return NewStep(name, role, words, kind, {"calledElement": text(values, "called")})
    if kind in ("businessRuleTask", "serviceTask"):
        what = "decision" if kind == "businessRuleTask" else "action"
        return NewStep(name, beside, words, kind, {what: text(values, what)})
    return NewStep(name, role, words)


# ---------------------------------------------------------------------------------------------------------------- ways


def fact_fields(offer: Offer) -> tuple[Field, ...]:
    """Which answer a condition looks at."""
    options = tuple((fact.key, fact.label) for fact in offer.facts)
    return (choice("fact", "Which answer decides?", ((TYPED, "I write the condition myself"), *options)),)


def chosen_fact() -> str:
    """Which answer was chosen on the page before: its key, TYPED, or "" where none was yet."""
    return request.args.get(f"{PREFIX}-fact", "")


def condition_fields(fact: FactOffered | None) -> tuple[Field, ...]:
    """How that answer compares, or the condition itself where it is typed."""
    if fact is None:
        return (
            Field(
                "condition", "long_text", "When does the case go this way?", required=True,
                hint='As in the diagram, such as case.answer == "yes" and case.kind != "interim".',
            ),
        )  # fmt: skip
    compared = Field(
        "comparison", "choice", f"“{fact.label}”…", required=True, options=tuple(comparisons(fact.type).items())
    )
    if fact.options:
        value = Field("value", "choice", "Which answer?", hint="Not needed for “has an answer”.", options=fact.options)
    else:
        hints = {
            "number": "A number, such as 10 or 2.5.",
            "date": "A date such as 2027-03-31.",
            "time": "A time such as 09:30.",
        }
        value = Field(
            "value", "text", "Compared with what?", hint=hints.get(fact.type, "Not needed for “has an answer”.")
        )
    return (compared, value)


def condition_given(condition: str) -> dict[str, Any]:
    """What the form shows of a condition as it is."""
    found = picked(condition) if condition else None
    given = {"condition": condition}
    return given | ({"comparison": found.comparison, "value": found.value} if found else {"comparison": "is"})


def fact_of(condition: str) -> str:
    """Which answer a condition looks at; `typed` where it could not have been picked."""
    found = picked(condition) if condition else None
    return found.fact if found else TYPED if condition else ""


def condition(values: Values, fact: FactOffered | None) -> str:
    """The condition that was picked or typed. Raises CannotChange and Refused."""
    if fact is None:
        return text(values, "condition")
    return written(Picked(fact.key, text(values, "comparison"), text(values, "value")), fact.type)


THEN: Options = (
    (STEP, "A new step, then on as the others do"),
    (OTHER, "Another step that is there already"),
    (END, "The process ends"),
)


def choice_fields(page: ListPage, fact: FactOffered | None, *, adds_way: bool) -> tuple[Field, ...]:
    """What is asked of a choice, or of another way of one."""
    question = () if adds_way else (
        Field("question", "text", "What is decided here?", hint="For example, Is everybody agreed?", required=True),
    )  # fmt: skip
    others = (
        () if adds_way else (Field("otherwise", "text", "What are the other cases called?", hint="For example, No."),)
    )
    return (
        *question,
        *condition_fields(fact),
        Field("way", "text", "What are these cases called?", hint="For example, Yes."),
        Field("then", "choice", "What happens then?", required=True, options=THEN),
        Field("step_name", "text", "Name of the new step", when=("then", (STEP,))),
        Field("step_words", "long_text", "What is the person asked to do?", when=("then", (STEP,))),
        Field(
            "step_role",
            "choice",
            "Who does it?",
            options=or_none("Choose one", page.offer.roles),
            when=("then", (STEP,)),
        ),
        Field("to", "choice", "Which step?", options=or_none("Choose one", targets(page)), when=("then", (OTHER,))),
        Field("end", "text", "What is this end called?", hint="For example, Stopped.", when=("then", (END,))),
        *others,
    )


def way(values: Values, fact: FactOffered | None) -> Way:
    """The way that was typed. Raises CannotChange and Refused."""
    said, then, name = condition(values, fact), text(values, "then"), text(values, "way")
    if then == STEP:
        if not text(values, "step_role"):
            raise CannotChange("Choose who does the new step.")
        return Way(
            said,
            name,
            step=NewStep(text(values, "step_name"), text(values, "step_role"), text(values, "step_words")),
        )
    if then == OTHER:
        if not text(values, "to"):
            raise CannotChange("Choose the step that the case goes to.")
        return Way(said, name, to=text(values, "to"))
    return Way(said, name, end=text(values, "end"))


def targets(page: ListPage, but: Iterable[str] = ()) -> Options:
    """The elements that a way can lead to, with their numbers in the list."""
    return tuple(
        (line.node.id, f"{line.number}. {line.node.name or line.node.id}")
        for line in page.lines
        if line.node.type != "startEvent" and line.node.id not in but
    )


def way_fields(page: ListPage, fact: FactOffered | None, *, default: bool) -> tuple[Field, ...]:
    """What is asked of a way that is there."""
    return (
        Field("name", "text", "What are these cases called?"),
        *(() if default else condition_fields(fact)),
        choice("to", "Where does the case go then?", ((ENDS, "Nowhere: the process ends"), *targets(page))),
    )


def time_fields(page: ListPage) -> tuple[Field, ...]:
    """What is asked of a deadline that ends a step."""
    then = ((END, "The process ends"), (OTHER, "It goes to a step that is there already"))
    return (
        choice("deadline", "Which deadline?", page.offer.deadlines),
        choice("then", "What happens when the time is up?", then),
        Field("end", "text", "What is this end called?", hint="For example, Too late.", when=("then", (END,))),
        Field("to", "choice", "Which step?", options=or_none("Choose one", targets(page)), when=("then", (OTHER,))),
    )


def time_said(values: Values) -> dict[str, str]:
    """The deadline that was chosen, and where the case goes. Raises CannotChange."""
    then = text(values, "then")
    if then == OTHER and not text(values, "to"):
        raise CannotChange("Choose the step that the case goes to.")
    return {
        "deadline": text(values, "deadline"),
        "to": text(values, "to") if then == OTHER else "",
        "end": text(values, "end") if then == END else "",
    }


# ------------------------------------------------------------------------------------------------------------ questions


def question_fields(page: ListPage, now: Field | None, others: Sequence[Field]) -> tuple[Field, ...]:
    """What is asked of a question of a step. Its options come one a box, with a few empty ones for more."""
    options = now.options if now else ()
    boxes = [Field(f"option_{place}", "text", f"Option {place + 1}") for place in range(len(options) + NEW_OPTIONS)]
    return (
        Field("label", "text", "Question", required=True),
        Field("hint", "text", "Hint", hint="What stands below the question, in small letters."),
        choice("type", "What kind of answer?", page.offer.field_types),
        choice("needed", "Must it be answered?", needs(others)),
        *boxes,
        Field("min", "text", "Smallest number, or earliest date", hint="Of a date: today, or such as 2027-03-31."),
        Field("max", "text", "Largest number, or latest date"),
        Field(
            "visible", "several", "Who sees the answer?", options=page.offer.roles,
            hint="Nobody ticked: the parties of the case, and whoever has a step of it.",
        ),
    )  # fmt: skip


def needs(others: Sequence[Field]) -> Options:
    """When a question must be answered: never, always, or with an answer to another of the step."""
    with_answers = tuple(
        (f"{other.key}: {key}", f"If “{other.label}” is answered “{label}”")
        for other in others
        for key, label in (other.options if other.type == "choice" else YES_NO if other.type == "yes_no" else ())
    )
    return (("no", "No"), ("yes", "Yes, always"), *with_answers)


YES_NO = (("yes", "Yes"), ("no", "No"))


def question_given(now: Field | None, drawn: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a question as it is. `drawn`: its limits as they are written."""
    if now is None:
        return {"type": "text", "needed": "no"}
    other, answers = now.when
    needed = f"{other}: {' '.join(answers)}" if other else "yes" if now.required else "no"
    given = {"label": now.label, "hint": now.hint, "type": now.type, "needed": needed, "visible": list(now.visible)}
    return given | dict(drawn) | {f"option_{place}": label for place, (_, label) in enumerate(now.options)}


def question(values: Values, now: Field | None) -> DrawnField:
    """The question that was typed. An option keeps its key while it keeps its place."""
    known = now.options if now else ()
    keys = [key for key, _ in known]
    typed = [text(values, f"option_{place}") for place in range(len(known) + NEW_OPTIONS)]
    chooses = text(values, "type") in ("choice", "several")
    limited = text(values, "type") in ("number", "date")
    needed = values.get("needed") or "no"
    return DrawnField(
        label=text(values, "label"),
        type=text(values, "type"),
        hint=text(values, "hint"),
        required=needed == "yes",
        options=[(keys[at] if at < len(keys) else "", label) for at, label in enumerate(typed) if label]
        if chooses
        else [],
        min=text(values, "min") if limited else "",
        max=text(values, "max") if limited else "",
        visible=list(values.get("visible") or ()),
        when=needed if ":" in needed else "",
    )

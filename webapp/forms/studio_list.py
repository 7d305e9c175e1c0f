"""What is asked where a diagram is changed as a list, and what was typed as the verbs take it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask import request

from webapp.forms.answers import PREFIX
from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import Options, choice, named, text, version, words
from webapp.presenters.studio_list import called
from workflows.domain.fields import Field
from workflows.domain.studio import LONGEST_NAME
from workflows.studio.editing import ENDS, NewStep, Picked, Wait, Way, comparisons, picked, written
from workflows.studio.listing import ListPage
from workflows.studio.offering import FactOffered, Offer

__all__ = ["Values", "sent", "version"]

TYPED = "typed"
STEP, OTHER, END = "step", "other", "end"


# ---------------------------------------------------------------------------------------------------------------- steps


class Kind(NamedTuple):
    """A kind of step to add: what its page and its button are called, and what leads to it."""

    title: str
    words: str


KINDS: Mapping[str, Kind] = {
    "userTask": Kind("Add a step", "A step for a person"),
    "notify": Kind("Add a message", "A message: people are told something by e-mail and notice"),
    "callActivity": Kind("Add another process", "Another process that the case goes through here"),
    "businessRuleTask": Kind("Ask a decision table", "A decision table that is asked"),
    "serviceTask": Kind("Add work of Accord", "Something else that Accord does by itself"),
}


def chosen_kind() -> str:
    """Which kind of step is to be added; one for a person unless the address says another."""
    said = request.args.get(f"{PREFIX}-kind", "")
    return said if said in KINDS else "userTask"


def new_step_fields(page: ListPage, kind: str) -> tuple[Field, ...]:
    """What is asked of a step to add: no more than its kind needs."""
    offer = page.offer
    told = choice("role", "Who is told?", offer.roles)
    needs: Mapping[str, tuple[Field, ...]] = {
        "userTask": (words("What is the person asked to do?"), choice("role", "Who does it?", offer.roles)),
        "notify": (words("What does the message say?"), told),
        "callActivity": (choice("called", "Which process?", offer.stages),),
        "businessRuleTask": (choice("decision", "Which table?", offer.decisions),),
        "serviceTask": (
            choice("action", "What is done?", offer.actions, "What it needs besides is asked where it is changed."),
        ),
    }
    examples = {"userTask": "For example, Check the plan.", "notify": "It is the subject of the message."}
    name = Field("name", "text", "Name", hint=examples.get(kind, ""), required=True, limit=LONGEST_NAME)
    return (name, *needs[kind])


def new_step(values: Values, kind: str, beside: str) -> NewStep:
    """The step that was typed. What nobody does by hand stands in the lane of the step before it; a message names whom
    it goes to."""
    name, said, role = text(values, "name"), text(values, "documentation"), text(values, "role")
    if kind == "userTask":
        return NewStep(name, role, said)
    if kind == "notify":
        return NewStep(name, beside, said, "serviceTask", {"action": "notify", "to": role})
    what = {"callActivity": "called", "businessRuleTask": "decision", "serviceTask": "action"}[kind]
    return NewStep(name, beside, "", kind, {"calledElement" if what == "called" else what: text(values, what)})


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
        Field(
            "question", "text", "What is decided here?", hint="For example, Is everybody agreed?", required=True,
            limit=LONGEST_NAME,
        ),
    )  # fmt: skip
    others = () if adds_way else (named("otherwise", "What are the other cases called?", "For example, No."),)
    return (
        *question,
        *condition_fields(fact),
        named("way", "What are these cases called?", "For example, Yes."),
        choice("then", "What happens then?", THEN),
        named("step_name", "Name of the new step", when=("then", (STEP,))),
        words("What is the person asked to do?", "step_words", when=("then", (STEP,))),
        Field("step_role", "choice", "Who does it?", options=page.offer.roles, when=("then", (STEP,))),
        Field("to", "choice", "Which step?", options=targets(page), when=("then", (OTHER,))),
        named("end", "What is this end called?", "For example, Stopped.", when=("then", (END,))),
        *others,
    )


def way(values: Values, fact: FactOffered | None) -> Way:
    """The way that was typed. Raises CannotChange and Refused."""
    said, then, name = condition(values, fact), text(values, "then"), text(values, "way")
    if then == STEP:
        return Way(
            said,
            name,
            step=NewStep(text(values, "step_name"), text(values, "step_role"), text(values, "step_words")),
        )
    if then == OTHER:
        return Way(said, name, to=text(values, "to"))
    return Way(said, name, end=text(values, "end"))


def targets(page: ListPage, but: Iterable[str] = ()) -> Options:
    """The elements that a way can lead to, with their numbers in the list."""
    return tuple(
        (line.node.id, f"{line.number}. {called(line)}")
        for line in page.lines
        if line.node.type != "startEvent" and line.node.id not in but
    )


def way_fields(page: ListPage, fact: FactOffered | None, *, default: bool) -> tuple[Field, ...]:
    """What is asked of a way that is there."""
    return (
        named("name", "What are these cases called?"),
        *(() if default else condition_fields(fact)),
        choice("to", "Where does the case go then?", ((ENDS, "Nowhere: the process ends"), *targets(page))),
    )


def time_fields(page: ListPage) -> tuple[Field, ...]:
    """What is asked of a deadline that ends a step."""
    then = ((END, "The process ends"), (OTHER, "It goes to a step that is there already"))
    return (
        choice("deadline", "Which deadline?", page.offer.deadlines),
        choice("then", "What happens when the time is up?", then),
        named("end", "What is this end called?", "For example, Too late.", when=("then", (END,))),
        Field("to", "choice", "Which step?", options=targets(page), when=("then", (OTHER,))),
    )


WAITED = (
    ("on", "The case goes on here"),
    (OTHER, "It goes to a step that is there already"),
    (END, "The process ends"),
)
DAY, WORD = "day:", "word:"
"""Before the key of a deadline, and of a message."""


def wait_fields(page: ListPage, number: int, label: str) -> tuple[Field, ...]:
    """What is asked of one thing that is waited for: a day, or word that something has happened."""
    days = tuple((f"{DAY}{key}", f"The day of “{title}”") for key, title in page.offer.deadlines)
    word = tuple((f"{WORD}{key}", f"Word that {said}") for key, said in page.offer.messages)
    then = f"then_{number}"
    return (
        choice(f"wait_{number}", label, (*word, *days)),
        choice(then, "What happens then?", WAITED),
        Field(f"to_{number}", "choice", "Which step?", options=targets(page), when=(then, (OTHER,))),
        named(f"end_{number}", "What is this end called?", "For example, Withdrawn.", when=(then, (END,))),
    )


def wait(values: Values, number: int) -> Wait:
    """What is to be waited for, as it was chosen. What it is called, the verb knows."""
    chosen, then = text(values, f"wait_{number}"), text(values, f"then_{number}")
    return Wait(
        "",
        deadline=chosen.removeprefix(DAY) if chosen.startswith(DAY) else "",
        message=chosen.removeprefix(WORD) if chosen.startswith(WORD) else "",
        to=text(values, f"to_{number}") if then == OTHER else "",
        end=(text(values, f"end_{number}") or "Done") if then == END else "",
    )


def time_said(values: Values) -> dict[str, str]:
    """The deadline that was chosen, and where the case goes."""
    then = text(values, "then")
    return {
        "deadline": text(values, "deadline"),
        "to": text(values, "to") if then == OTHER else "",
        "end": text(values, "end") if then == END else "",
    }


TIME_TYPED = ("then", "end", "to")


def time_typed(typed: Mapping[str, str]) -> dict[str, str]:
    """What else was typed of it, for the address: whoever has no deadline to choose yet comes back to it."""
    named = {f"{PREFIX}-{key}": typed.get(f"{PREFIX}-{key}", "")[:LONGEST_NAME] for key in TIME_TYPED}
    return {name: value for name, value in named.items() if value}


def time_given() -> dict[str, str]:
    """What was typed before somebody went to add the deadline."""
    return {name.removeprefix(f"{PREFIX}-"): value for name, value in time_typed(request.args).items()}

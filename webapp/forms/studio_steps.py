"""What an element of a diagram says about itself, asked as a form: a step of a person, work of the system, a decision
table, a stage."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from webapp.forms.answers import NONE
from webapp.forms.people import Values
from webapp.forms.studio_boxes import Options, choice, or_none_now, text
from workflows.domain.fields import Field
from workflows.domain.studio import LONGEST_DOCUMENTATION, LONGEST_NAME
from workflows.domain.vocabulary import ACTIONS, OUTCOMES
from workflows.studio.editing import said_now
from workflows.studio.listing import ListPage
from workflows.studio.offering import Offer

Now = Callable[[str], str]
"""What the element says now, by name."""
CLAUSE = Field(
    "clause", "text", "Which clauses of the policy?", hint="As the list of clauses names them, with spaces between."
)
NEW_DEADLINE = "new-deadline"
"""What the button sends that leads to a deadline that the policy does not have yet."""
TICKED = frozenset({"roles", "to"})
"""What is said as a list of roles."""


def step_fields(page: ListPage, element: str) -> tuple[Field, ...]:
    """What an element says about itself; of an event or a gateway, its name."""
    line = page.numbered(element)
    kind = line.node.type if line else ""
    is_step = kind == "userTask"
    name = Field("name", "text", "Name", hint="What people read in their lists.", required=is_step, limit=LONGEST_NAME)
    if not (kind.endswith("Task") or kind == "callActivity"):
        return (name,)
    asked = "What is the person asked to do?" if is_step else "Words"
    words = Field("documentation", "long_text", asked, required=is_step, limit=LONGEST_DOCUMENTATION)
    role = Field(
        "role", "choice", "Who does it?" if is_step else "In whose lane?", required=True, options=page.offer.roles
    )

    def now(key: str) -> str:
        return said_now(line.node, key) if line else ""

    more = ASKED[kind](page.offer, now) if kind in ASKED else ()
    return (name, words, role, *more, CLAUSE)


def _of_a_step(offer: Offer, now: Now) -> tuple[Field, ...]:
    each = tuple((key, f"Each of: {words}") for key, words in offer.lists)
    return (
        choice("deadline", "By when?", or_none_now("No deadline of its own", offer.deadlines, now("deadline"))),
        choice("screen", "Which page?", or_none_now("A form made of its questions", offer.screens, now("screen"))),
        choice("for_each", "For how many people?", or_none_now("One", each, now("for_each"))),
        Field(
            "until", "text", "If it is for several: when is it over before all have answered?",
            hint="A condition, such as count(case.all.vote, 'yes') >= 2. Empty: all answer.",
        ),
        choice("letter", "Which letter goes out then?", or_none_now("No letter", offer.letters, now("letter"))),
        Field("roles", "several", "Who else may do it?", options=offer.roles),
    )  # fmt: skip


def _of_work(offer: Offer, now: Now) -> tuple[Field, ...]:
    """What is done, and what each kind of work needs besides."""
    needs: dict[str, tuple[str, ...]] = {}
    for key, action in ACTIONS.items():
        for attribute in action.attributes:
            needs[attribute] = (*needs.get(attribute, ()), key)

    def one(key: str, label: str, options: Options) -> Field:
        allowed = or_none_now("None", options, now(key))
        return Field(key, "choice", label, options=allowed, when=("action", needs.get(key, ())))

    return (
        choice("action", "What is done?", or_none_now("Nothing yet", offer.actions, now("action"))),
        Field("to", "several", "Who is told?", options=offer.roles, when=("action", needs.get("to", ()))),
        one("process", "Which process is started?", offer.stages),
        one("for_each", "For each of which?", offer.lists),
        choice("letter", "Which letter goes out?", or_none_now("No letter", offer.letters, now("letter"))),
        one("outcome", "How does the dispute end?", tuple(OUTCOMES.items())),
    )


def _of_a_table(offer: Offer, now: Now) -> tuple[Field, ...]:
    return (choice("decision", "Which table?", or_none_now("No table yet", offer.decisions, now("decision"))),)


def _of_a_stage(offer: Offer, now: Now) -> tuple[Field, ...]:
    return (
        choice("calledElement", "Which process?", or_none_now("No process yet", offer.stages, now("calledElement"))),
    )


ASKED: Mapping[str, Callable[[Offer, Now], tuple[Field, ...]]] = {
    "userTask": _of_a_step,
    "serviceTask": _of_work,
    "businessRuleTask": _of_a_table,
    "callActivity": _of_a_stage,
}
"""What is asked of each kind of element besides its name, its words and its lane."""


def step_given(page: ListPage, element: str) -> dict[str, Any]:
    """What the form shows of an element as it is."""
    line = page.numbered(element)
    if line is None:
        return {}
    fields = step_fields(page, element)
    said = {field.key: said_now(line.node, field.key) for field in fields}
    return {
        field.key: [role for role in said[field.key].split() if role != line.node.lane or field.key == "to"]
        if field.key in TICKED
        else said[field.key] or (NONE if field.type == "choice" else "")
        for field in fields
    }


def chosen_deadline(page: ListPage) -> dict[str, str]:
    """The deadline with which somebody comes back who went to add it to the policy."""
    chosen = request.args.get("deadline", "")
    return {"deadline": chosen} if chosen in dict(page.offer.deadlines) else {}


def wants_deadline() -> bool:
    """Whether the form was sent by the button for a deadline that the policy does not have."""
    return request.form.get("press") == NEW_DEADLINE


def step_said(values: Values) -> dict[str, str]:
    """What was typed about an element."""
    said = {key: " ".join(values[key] or ()) if key in TICKED else text(values, key) for key in values}
    return said | ({"roles": f"{said['role']} {said['roles']}"} if said.get("roles") else {})

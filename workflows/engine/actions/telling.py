"""Actions that tell others: start cases, distribute the plan, notify roles."""

from collections.abc import Iterable, Mapping

from workflows.domain.calendars import in_words
from workflows.domain.plan import waits
from workflows.domain.vocabulary import ANY_CASE, HANDED_DOWN, ITEM_FACT, START_FACTS
from workflows.engine import outbox
from workflows.engine.drawings import Node
from workflows.engine.expressions import FUNCTIONS, read
from workflows.engine.ledger import as_date
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.store.models import Json, PlanVersion

DISTRIBUTION = ("practitioner", "clinical_manager", "medical_directorate", "hr_workforce", "finance")
"""CPFT 7.6.7; a trust's policy may say otherwise under `distribution`."""
IN_FORCE = "in force"
AGREED = "The plan is signed and checked. It comes into force on {day}; what was agreed before applies until then."


def start_cases(move: Move, node: Node) -> None:
    """Start a case for each item, or one about the same doctor where the drawing names no list."""
    process = node.attributes["process"]
    item_fact = ITEM_FACT.get(process)
    for item in items_of(move, node):
        facts = handed_down(move, process, str(item))
        if item is not None and item_fact:
            facts[item_fact] = item
        outbox.start_case(move, process=process, item=str(item), facts=facts)


def items_of(move: Move, node: Node) -> Iterable[Json]:
    """The items of `accord:for_each`; a single None where there is no list."""
    if not node.for_each:
        return [None]
    expression = read(node.for_each)
    return expression.evaluate(move.known, move.loaded.policy.values, {}, FUNCTIONS) or []


def handed_down(move: Move, process: str, item: str) -> dict[str, Json]:
    """The facts that a child starts with, as far as this case knows them: of what each of several people was asked, the
    answer of the one whom the child is about."""
    columns: Mapping[str, Json] = {
        "team": move.case.team_id,
        "care_group": move.case.care_group_id,
        "subject": move.case.subject_id,
        "year": move.case.year,
    }
    keys = dict.fromkeys((*START_FACTS.get(process, ANY_CASE), *HANDED_DOWN))
    known = {key: columns.get(key) or move.known.by_item(key).get(item, move.known[key]) for key in keys}
    return {key: value for key, value in known.items() if value is not None}


def distribute(move: Move, node: Node) -> None:
    """Tell everybody who gets a copy of the plan that it is in force, or from when it will be (CPFT 7.6.7)."""
    roles = recipients(move)
    starts = as_date(move.known["in_force_from"])
    if starts is not None and waits(starts, today=move.today):
        subject, words = f"agreed, in force from {in_words(starts)}", AGREED.format(day=in_words(starts))
    else:
        subject, words = IN_FORCE, ""
    tell_roles(move, node, roles, subject=f"{move.case.title}: {subject}", words=words)
    move.write({"distributed_on": move.today.isoformat()}, {"distributed_on": "date"})
    move.record("distributed", roles=roles)


def tell_of_first_day(move: Move, version: PlanVersion) -> None:
    """An agreed plan has come into force: its recipients are told what they would have been told at once. Nobody is
    where the case's diagrams distribute nothing."""
    drawn = (node for drawing in move.loaded.diagrams.drawings.values() for node in drawing.nodes.values())
    for node in [one for one in drawn if one.action == "distribute"][:1]:
        tell(
            move,
            move.bench.told(recipients(move)),
            key=f"in_force:{version.id}",
            kind=node.action,
            subject=f"{move.case.title}: {IN_FORCE}",
            words=move.loaded.policy.worded(node.documentation),
        )


def recipients(move: Move) -> list[str]:
    """The roles that get a copy of the plan."""
    return list(move.loaded.policy.values.get("distribution", DISTRIBUTION))


def notify(move: Move, node: Node) -> None:
    """Send the words of the element's documentation to the roles of `accord:to`."""
    tell_roles(move, node, node.attributes["to"].split(), subject=f"{move.case.title}: {node.name}")


def tell_roles(move: Move, node: Node, roles: Iterable[str], *, subject: str, words: str = "") -> None:
    """A notice to each holder of the roles, or whoever stands in for a vacant one; once, however many they hold."""
    tell(
        move,
        move.bench.told(roles),
        key=f"{move.case.id}:{move.case.version}:{node.id}",
        kind=node.action,
        subject=subject,
        words=words or move.loaded.policy.worded(node.documentation),
    )

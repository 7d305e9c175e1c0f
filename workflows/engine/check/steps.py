"""Steps of people: whose lane, which screen, which deadline, which clause, which fields."""

import keyword
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from workflows.domain.fields import Field, faults
from workflows.domain.roles import Role
from workflows.domain.vocabulary import ACTIONS, MESSAGES, SCREENS, START_FACTS
from workflows.engine.check.library import Library
from workflows.engine.check.paths import walk
from workflows.engine.check.problems import Problem, guess, no_clause, short
from workflows.engine.check.sheet import B, Rule, Sheet
from workflows.engine.drawings import Node, day, number, words
from workflows.engine.xml import ACCORD, Element

A = f"{{{ACCORD}}}"
ROLES = frozenset(role.value for role in Role)
OF_EVERY_CASE = frozenset({"year", "kind", "subject", "team", "care_group"})
"""What a case is about. A field that wrote one of these anew would turn it into another case."""
SUPPLIED = frozenset(
    key
    for facts in (
        *(action.supplies for action in ACTIONS.values()),
        *(screen.supplies for screen in SCREENS.values()),
        *MESSAGES.values(),
    )
    for key in facts
) - {"team_session_date"}
"""What actions, screens and messages write: a field of that name would let a person write it. The date of the team
session alone is entered in the team's case and found again from a doctor's."""
RESERVED = OF_EVERY_CASE | SUPPLIED | {"all", "case", "policy", "item", "csrf_token", "version"} | set(keyword.kwlist)
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")

FIELD_ATTRIBUTES = frozenset({"key", "type", "label", "hint", "required", "options", "min", "max", "visible", "when"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "userTask": frozenset({"screen", "deadline", "clause", "roles", "for_each", "until", "letter"}),
    "businessRuleTask": frozenset({"decision", "clause"}),
}
"""The accord attributes that an element may carry; any other element may name its clause."""
_CLAUSE = frozenset({"clause"})


def lanes_are_roles(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Every lane is named by a role key, and no element stands in two lanes."""
    seen: set[str] = set()
    for lane in sheet.process.iter(f"{B}lane"):
        if lane.find(f"{B}childLaneSet") is not None:
            yield sheet.at(lane, "A lane inside a lane is not supported. Draw one lane for each role.")
        name = lane.get("name", "")
        if not name:
            yield sheet.at(lane, "The lane has no name. Name it by the key of a role, such as clinical_manager.")
        elif name not in ROLES:
            yield sheet.at(lane, f"“{short(name)}” is not a role that a lane can have.{guess(name, ROLES)}")
        for ref in lane.iterchildren(f"{B}flowNodeRef"):
            key = (ref.text or "").strip()
            if key in seen:
                yield sheet.at(ref, f"“{short(key)}” stands in two lanes.")
            seen.add(key)


def people_know_what_to_do(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """A user task has a lane, a name and an explanation; its roles and its screen exist."""
    for node in _people(sheet):
        if not node.lane:
            yield sheet.of(node, "The step is in no lane, so nobody would get it.")
        if not node.name.strip():
            yield sheet.of(node, "The step has no name.")
        if not node.documentation:
            yield sheet.of(node, "The step has no documentation. Say in plain words what the person is asked to do.")
        for role in node.roles:
            if role not in ROLES and role != node.lane:
                yield sheet.of(node, f"“{short(role)}” is not a role.{guess(role, ROLES)}")
        if node.screen and node.screen not in SCREENS:
            yield sheet.of(node, f"There is no screen “{short(node.screen)}”.{guess(node.screen, SCREENS)}")
        if node.until and not node.for_each:
            yield sheet.of(node, "accord:until ends a step for each person of a list, but accord:for_each is missing.")


def deadlines_and_clauses_exist(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """Every deadline is in every policy, and every clause in the list of clauses."""
    named: dict[str, list[Node]] = {}
    for node in sheet.drawing.nodes.values():
        named.setdefault(node.deadline, []).append(node)
    for name, nodes in named.items():
        if name and (fault := library.deadline_fault(name)):
            yield sheet.once(nodes, fault)
    for node in sheet.drawing.nodes.values():
        for clause in words(node.clause):
            if library.clauses is not None and clause not in library.clauses:
                yield sheet.of(node, no_clause(clause, library.clauses))


def fields_can_be_asked(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """Every field has a key of its own, a known type, a label and, where it offers a choice, options."""
    types: dict[str, tuple[str, int]] = {}
    cases = walk([sheet.drawing.process], library.callers)
    taken = RESERVED.union(*(START_FACTS.get(process, ()) for process in cases))
    for node in _people(sheet):
        drawn = list(_drawn_fields(sheet, node))
        keys: set[str] = set()
        for element, field in zip(drawn, node.fields, strict=True):
            for fault in chain(faults(field), _written(element, field), _needed_when(field, node.fields)):
                yield sheet.at(element, fault)
            if field.key in taken:
                yield sheet.at(element, f"The field key “{field.key}” has a meaning of its own. Choose another.")
            if field.key in keys:
                yield sheet.at(element, f"The step has two fields with the key “{short(field.key)}”.")
            keys.add(field.key)
            kind, line = types.setdefault(field.key, (field.type, element.sourceline))
            if kind != field.type:
                yield sheet.at(
                    element, f"The fact “{short(field.key)}” is {field.type} here, but {kind} in line {line}."
                )


def _needed_when(field: Field, others: tuple[Field, ...]) -> Iterator[str]:
    """A field that is needed only with certain answers names another field of the step, and answers that it offers."""
    key, answers = field.when
    if not key:
        return
    other = next((each for each in others if each.key == key and each is not field), None)
    if other is None or other.type not in ("choice", "yes_no"):
        yield f"“{short(key)}” in “when” of the field “{short(field.key)}” is no choice or yes/no field of this step."
        return
    offered = {"yes", "no"} if other.type == "yes_no" else {option for option, _ in other.options}
    if not answers or not offered.issuperset(answers):
        known = ", ".join(sorted(offered))
        yield f"“when” of the field “{short(field.key)}” must name answers to “{short(key)}”: {known}."


def _written(element: Element, field: Field) -> Iterator[str]:
    """What reading a field could not make sense of."""
    for name in set(element.attrib) - FIELD_ATTRIBUTES:
        yield f"A field has no “{short(name)}”.{guess(name, FIELD_ATTRIBUTES)}"
    if field.key.isidentifier() and not KEY.fullmatch(field.key):
        yield f"The field key “{short(field.key)}” must be up to 60 plain letters, digits and underscores."
    if element.get("required", "false") not in ("true", "false"):
        yield "“required” must be true or false."
    for limit in ("min", "max"):
        drawn = element.get(limit, "")
        if drawn and field.type == "date" and not day(drawn):
            yield f"“{limit}” of the field “{short(field.key)}” must be today, or a date such as 2027-03-31."
        elif drawn and field.type != "date" and number(drawn) is None:
            yield f"“{limit}” of the field “{short(field.key)}” is not a number."
    yield from _written_lists(field)


def _written_lists(field: Field) -> Iterator[str]:
    for key, label in field.options:
        if not key.isidentifier() or not label:
            yield f"The option “{short(key)}” must be written as key: Label, with a semicolon before the next."
    for role in field.visible:
        if role not in ROLES:
            yield f"“{short(role)}” in “visible” is not a role.{guess(role, ROLES)}"


def accord_words_are_known(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Attributes and elements of our own namespace mean something where they stand: most that do not are misspelt."""
    for element in sheet.root.iter():
        if element.tag.startswith(A):
            yield from _our_element(sheet, element)
            continue
        for name in element.attrib:
            if name.startswith(A):
                yield from _our_attribute(sheet, element, name.removeprefix(A))


def _our_element(sheet: Sheet, element: Element) -> Iterator[Problem]:
    name = element.tag.removeprefix(A)
    holder = element.getparent()
    step = holder.getparent() if holder is not None else None
    if name != "field":
        yield sheet.at(element, f"accord:{short(name)} means nothing here.{guess(name, ['field'])}")
    elif step is None or step.tag != f"{B}userTask":
        yield sheet.at(element, "A field can only be asked for in a user task.")


def _our_attribute(sheet: Sheet, element: Element, name: str) -> Iterator[Problem]:
    kind = element.tag.removeprefix(B)
    if kind == "serviceTask":
        action = ACTIONS.get(element.get(f"{A}action", ""))
        allowed = {"action", "clause", "letter"} | set(action.attributes if action else [name])
    else:
        allowed = set(ATTRIBUTES.get(kind, _CLAUSE))
    if name not in allowed:
        where = {
            "for_each": " Only a user task, or a service task that starts cases, can do something for each of a list."
        }
        yield sheet.at(element, f"accord:{short(name)} means nothing here.{where.get(name) or guess(name, allowed)}")


def _people(sheet: Sheet) -> Iterator[Node]:
    return (node for node in sheet.drawing.nodes.values() if node.type == "userTask")


def _drawn_fields(sheet: Sheet, node: Node) -> Iterator[Element]:
    holder = sheet.elements[node.id].find(f"{B}extensionElements")
    return holder.iterchildren(f"{A}field") if holder is not None else iter(())


RULES: tuple[Rule, ...] = (
    lanes_are_roles,
    people_know_what_to_do,
    deadlines_and_clauses_exist,
    fields_can_be_asked,
    accord_words_are_known,
)

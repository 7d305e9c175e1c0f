"""Steps of people: whose lane, which screen, which deadline, which clause, which fields."""

import keyword
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from workflows.domain.fields import FIELD_TYPES, Field, asked, faults
from workflows.domain.roles import ROLE_WORDS, Role
from workflows.domain.vocabulary import ACTIONS, MESSAGES, SCREENS, START_FACTS
from workflows.domain.wording import code
from workflows.engine.called import called
from workflows.engine.check.library import Library
from workflows.engine.check.paths import walk
from workflows.engine.check.problems import Problem, guess, no_clause
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
SCREEN_WORDS: Mapping[str, str] = {key: screen.title for key, screen in SCREENS.items()}
LIMITS: Mapping[str, str] = {"min": "At least", "max": "At most"}
"""What the limits of an answer are called where they are typed."""


def lanes_are_roles(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Every lane is named by a role key, and no element stands in two lanes."""
    seen: set[str] = set()
    for lane in sheet.process.iter(f"{B}lane"):
        if lane.find(f"{B}childLaneSet") is not None:
            yield sheet.at(lane, "A lane inside a lane is not supported. Draw one lane for each role.")
        name = lane.get("name", "")
        if not name:
            yield sheet.at(
                lane,
                "The lane is nobody’s. Choose whose lane it is: in a modeller, its name is the key of a role, such as"
                " `practitioner`.",
            )
        elif name not in ROLES:
            yield sheet.at(lane, f"{code(name)} is no role that a lane can have.{guess(name, ROLES, ROLE_WORDS)}")
        for ref in lane.iterchildren(f"{B}flowNodeRef"):
            key = (ref.text or "").strip()
            if key in seen:
                yield sheet.at(ref, f"{called(sheet.drawing, key)} stands in two lanes.")
            seen.add(key)


def people_know_what_to_do(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """A user task has a lane, a name and an explanation; its roles and its screen exist."""
    for node in _people(sheet):
        if not node.lane:
            yield sheet.of(node, "The step is in no lane, so nobody would get it.")
        if not node.name.strip():
            yield sheet.of(node, "The step has no name.")
        if not node.documentation:
            yield sheet.of(node, "Nothing is said under “What the person is asked to do”. Say it in plain words.")
        for role in node.roles:
            if role not in ROLES and role != node.lane:
                yield sheet.of(node, f"{code(role)} is no role.{guess(role, ROLES, ROLE_WORDS)}")
        if node.screen and node.screen not in SCREENS:
            yield sheet.of(
                node,
                f"There is no page {code(node.screen)} made for a step.{guess(node.screen, SCREENS, SCREEN_WORDS)}",
            )
        if node.until and not node.for_each:
            yield sheet.of(
                node,
                "It is said when this is over before all have answered, but it is a step for one. Choose for each of"
                " whom it is.",
            )


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
                yield sheet.at(
                    element,
                    f"{asked(field)} needs another name in conditions and letters: {code(field.key)} has a meaning of"
                    " its own.",
                )
            if field.key in keys:
                yield sheet.at(
                    element,
                    f"Two questions of the step have the same name in conditions and letters: {code(field.key)}.",
                )
            keys.add(field.key)
            kind, line = types.setdefault(field.key, (field.type, element.sourceline))
            if kind != field.type:
                yield sheet.at(
                    element,
                    f"{asked(field)} wants {_kind(field.type)} here, but {_kind(kind)} in line {line}, under the same"
                    f" name {code(field.key)}.",
                )


def _kind(kind: str) -> str:
    """What kind of answer, in words."""
    return FIELD_TYPES.get(kind, code(kind))


def _needed_when(field: Field, others: tuple[Field, ...]) -> Iterator[str]:
    """A field that is needed only with certain answers names another field of the step, and answers that it offers."""
    key, answers = field.when
    if not key:
        return
    other = next((each for each in others if each.key == key and each is not field), None)
    if other is None or other.type not in ("choice", "yes_no"):
        yield f"{asked(field)} is needed only with answers to {code(key)}, which is no choice or yes/no question here."
        return
    offered = {"yes": "yes", "no": "no"} if other.type == "yes_no" else dict(other.options)
    if not answers or not offered.keys() >= set(answers):
        known = ", ".join(f"{label} ({code(answer)})" for answer, label in sorted(offered.items()))
        yield f"{asked(field)} is needed only with answers to {asked(other)} that it does not offer. It offers {known}."


def _written(element: Element, field: Field) -> Iterator[str]:
    """What reading a field could not make sense of."""
    for name in set(element.attrib) - FIELD_ATTRIBUTES:
        yield f"A question has no {code(name)}.{guess(name, FIELD_ATTRIBUTES)}"
    if field.key.isidentifier() and not KEY.fullmatch(field.key):
        yield f"{asked(field)} needs a name in conditions of up to 60 plain letters, digits and underscores."
    if element.get("required", "false") not in ("true", "false"):
        yield "Whether an answer is needed must be `true` or `false`."
    for limit in ("min", "max"):
        drawn = element.get(limit, "")
        if drawn and field.type == "date" and not day(drawn):
            yield f"“{LIMITS[limit]}” of {asked(field)} must be today, or a date such as 2027-03-31."
        elif drawn and field.type != "date" and number(drawn) is None:
            yield f"“{LIMITS[limit]}” of {asked(field)} is not a number."
    yield from _written_lists(field)


def _written_lists(field: Field) -> Iterator[str]:
    for key, label in field.options:
        if not key.isidentifier() or not label:
            said = "must be written as `key: Label`, with a semicolon before the next"
            yield f"The answer {code(key)} of {asked(field)} {said}."
    for role in field.visible:
        if role not in ROLES:
            yield f"{asked(field)} is to be seen by {code(role)}, which is no role.{guess(role, ROLES, ROLE_WORDS)}"


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
        yield sheet.at(element, f"{code(f'accord:{name}')} means nothing here.{guess(name, ['field'])}")
    elif step is None or step.tag != f"{B}userTask":
        yield sheet.at(element, "A question can only be asked in a step for a person.")


def _our_attribute(sheet: Sheet, element: Element, name: str) -> Iterator[Problem]:
    kind = element.tag.removeprefix(B)
    if kind == "serviceTask":
        action = ACTIONS.get(element.get(f"{A}action", ""))
        allowed = {"action", "clause", "letter"} | set(action.attributes if action else [name])
    else:
        allowed = set(ATTRIBUTES.get(kind, _CLAUSE))
    if name not in allowed:
        where = {"for_each": " Only a step for a person, or work that starts cases, can be done for each of a list."}
        yield sheet.at(
            element, f"{code(f'accord:{name}')} means nothing here.{where.get(name) or guess(name, allowed)}"
        )


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

"""What happens without people: actions, decisions, calls, messages, timers, and events on the edge of a step."""

from collections.abc import Iterator, Mapping

from workflows.domain.calculations import CALCULATIONS
from workflows.domain.roles import ROLE_WORDS
from workflows.domain.vocabulary import ACTIONS, MESSAGE_WORDS, MESSAGES, PROCESSES, START_FACTS
from workflows.domain.wording import code
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem, guess
from workflows.engine.check.sheet import B, Rule, Sheet
from workflows.engine.check.steps import RESERVED, ROLES
from workflows.engine.drawings import Node, words
from workflows.engine.expressions import deadline_of
from workflows.engine.xml import Element

MOST_STAGES = 100
"""Calls that may come of one call, those of the called ones included; the most that ship is 3."""
ACTION_WORDS: Mapping[str, str] = {key: action.words for key, action in ACTIONS.items()}
NEEDED: Mapping[str, str] = {
    "process": "which process is started (`accord:process`).",
    "for_each": "for each of whom (`accord:for_each`).",
    "to": "who is told (`accord:to`).",
    "letter": "which letter goes out (`accord:letter`).",
    "outcome": "how the dispute ends (`accord:outcome`).",
}
"""What work may need to be told, by attribute."""
RAISED: Mapping[str, str] = {"error": "failure (error)", "escalation": "sign (escalation)"}
WAITING_HOSTS = frozenset({"userTask", "receiveTask", "callActivity"})
TIMER_KINDS = frozenset({"timeDate", "timeDuration", "timeCycle"})


def service_work_is_known(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """A service task names an action and gives what it needs."""
    for node in sheet.drawing.nodes.values():
        if node.type != "serviceTask":
            continue
        action = ACTIONS.get(node.action)
        if action is None:
            what = (
                f"There is no work {code(node.action)}."
                if node.action
                else "Nothing says what is done here. Choose it."
            )
            yield sheet.of(node, f"{what}{guess(node.action, ACTIONS, ACTION_WORDS)}")
            continue
        given = {**node.attributes, "for_each": node.for_each, "letter": node.letter}
        for name in action.attributes:
            if not given.get(name, "").strip():
                yield sheet.of(node, f"“{action.words}” needs more to be said: {NEEDED[name]}")
        yield from _details(sheet, node, library)


def _details(sheet: Sheet, node: Node, library: Library) -> Iterator[Problem]:
    process = node.attributes.get("process", "")
    known = PROCESSES.keys() | library.drawings.keys()
    if process and node.action == "start_cases" and process not in known:
        titles = {key: library.title(key) for key in known}
        yield sheet.of(node, f"There is no process {code(process)} to start.{guess(process, known, titles)}")
    elif node.action == "start_cases" and process not in START_FACTS and process in {*PROCESSES, *library.callers}:
        yield sheet.of(
            node, f"“{library.title(process)}” is a stage that other processes call, and is never started by itself."
        )
    if node.action != "notify":
        return
    for role in words(node.attributes.get("to", "")):
        if role not in ROLES:
            yield sheet.of(node, f"{code(role)} is no role that can be told.{guess(role, ROLES, ROLE_WORDS)}")
    if not node.name.strip() or not node.documentation:
        yield sheet.of(node, "The message needs a name, which is its subject, and words.")


def decisions_and_calls_exist(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """A business rule task names a decision table, a call a process, and no process ends up calling itself."""
    tables = {key: asked.table.name or key for key, asked in library.tables.items()}
    for node in sheet.drawing.nodes.values():
        if node.type == "businessRuleTask" and node.decision not in library.tables:
            what = (
                f"There is no decision table {code(node.decision)}." if node.decision else "Choose which table decides."
            )
            yield sheet.of(node, f"{what}{guess(node.decision, library.tables, tables)}")
        elif node.type == "businessRuleTask" and node.decision in CALCULATIONS:
            yield sheet.of(
                node, f"The table “{tables[node.decision]}” belongs to the arithmetic of job plans, not to a case."
            )
        elif node.type == "businessRuleTask":
            for key in sorted(library.tables[node.decision].outputs & RESERVED):
                yield sheet.of(
                    node,
                    f"The table answers under the name {code(key)}, which has a meaning of its own. Choose another.",
                )
        if node.type == "callActivity":
            yield from _call(sheet, node, library)


def _call(sheet: Sheet, node: Node, library: Library) -> Iterator[Problem]:
    if node.called not in library.drawings:
        titles = {key: library.title(key) for key in library.drawings}
        what = (
            f"There is no process {code(node.called)} to call."
            if node.called
            else "Choose which process this stage is."
        )
        yield sheet.of(node, f"{what}{guess(node.called, library.drawings, titles)}")
    elif way := _way_back(library, node.called, sheet.drawing.process):
        names = [f"“{library.title(each)}”" for each in (sheet.drawing.process, *way)]
        yield sheet.of(node, f"The process would call itself without end: {' calls '.join(names)}.")
    elif library.stages_of(node.called) > MOST_STAGES:
        yield sheet.of(
            node, f"A case would go through more than {MOST_STAGES} stages here. Let stages call fewer others."
        )


def _way_back(library: Library, called: str, process: str) -> list[str]:
    """The calls that lead from a called process back to the one that calls it, as process ids; [] if none do."""
    came_from = {called: ""}
    waiting = [called]
    while waiting:
        here = waiting.pop(0)
        if here == process:
            way = [here]
            while came_from[way[-1]]:
                way.append(came_from[way[-1]])
            return way[::-1]
        for following in sorted(library.calls.get(here, ())):
            if following not in came_from:
                came_from[following] = here
                waiting.append(following)
    return []


def messages_are_known(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Who waits for a message says which, and has a name that the case page can show."""
    for node in sheet.drawing.nodes.values():
        if node.type != "receiveTask" and "message" not in node.events:
            continue
        if node.type in ("startEvent", "endEvent", "intermediateThrowEvent"):
            continue  # refused already, whatever the message
        if not node.message:
            yield sheet.of(node, "This waits for a message, but does not say for which.")
        elif node.message not in MESSAGES:
            yield sheet.of(
                node, f"There is no message {code(node.message)}.{guess(node.message, MESSAGES, MESSAGE_WORDS)}"
            )
        if not node.name.strip():
            yield sheet.of(node, "This has no name, so that nobody could read what the case waits for.")


def errors_are_declared(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """An error or an escalation that an event refers to is declared in the file."""
    for kind in ("error", "escalation"):
        declared = {each.get("id", ""): each.get(f"{kind}Code", "") for each in sheet.root.iterfind(f"{B}{kind}")}
        for definition in sheet.process.iter(f"{B}{kind}EventDefinition"):
            ref = definition.get(f"{kind}Ref", "")
            if ref and not declared.get(ref):
                yield sheet.at(definition, f"The {RAISED[kind]} {code(ref)} is not declared with a code in this file.")
            elif not ref and not _on_an_edge(definition):
                yield sheet.at(definition, f"This does not say which {RAISED[kind]} it raises.")


def _on_an_edge(definition: Element) -> bool:
    event = definition.getparent()
    return event is not None and event.tag == f"{B}boundaryEvent"


def edges_can_interrupt(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """An event on the edge sits on something that takes time and can raise it."""
    nodes = sheet.drawing.nodes
    for node in nodes.values():
        if node.type != "boundaryEvent":
            continue
        host = nodes.get(node.attached_to)
        if host is None:
            yield sheet.of(node, f"This sits on {code(node.attached_to)}, which is not in this process.")
        elif host.type not in WAITING_HOSTS:
            yield sheet.of(node, "This sits on something that takes no time, so it would never happen.")
        elif host.type != "callActivity" and {"error", "escalation"} & set(node.events):
            yield sheet.of(node, "Only a stage can tell of a failure (an error) or give a sign (an escalation).")


def timers_name_a_deadline(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """The only text of a timer is due("name"), and the policies have a deadline of that name."""
    for definition in sheet.process.iter(f"{B}timerEventDefinition"):
        event = definition.getparent()
        if event is None or event.tag == f"{B}startEvent":
            continue  # refused already
        kinds = [child.tag.removeprefix(B) for child in definition if child.tag.removeprefix(B) in TIMER_KINDS]
        text = " ".join("".join(definition.itertext()).split())
        if (
            kinds == ["timeCycle"]
            and event.get("cancelActivity", "true") == "true"
            and event.tag == f"{B}boundaryEvent"
        ):
            yield sheet.at(definition, "A repeating timer ends nothing. Reminders are said in the policy.")
        elif kinds == ["timeCycle"]:
            yield sheet.at(definition, "A repeating timer is not supported. Reminders are said in the policy.")
        elif not text:
            yield sheet.at(definition, "This does not say which deadline it waits for. Choose one.")
        elif kinds != ["timeDate"] or not deadline_of(text):
            yield sheet.at(
                definition,
                f'The timer says {code(text)}. Choose a deadline, in the file as `due("name of the deadline")`.',
            )
        elif fault := library.deadline_fault(deadline_of(text)):
            yield sheet.at(definition, fault)


RULES: tuple[Rule, ...] = (
    service_work_is_known,
    decisions_and_calls_exist,
    messages_are_known,
    errors_are_declared,
    edges_can_interrupt,
    timers_name_a_deadline,
)

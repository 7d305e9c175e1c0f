"""A diagram as a list, in words."""

from collections.abc import Mapping

from webapp.presenters import words
from workflows.domain.fields import Field
from workflows.domain.wording import code
from workflows.studio.listing import Line, ListPage
from workflows.studio.offering import Pairs

KINDS: Mapping[str, str] = {
    "startEvent": "Beginning",
    "endEvent": "End",
    "userTask": "Step",
    "serviceTask": "Done by Accord",
    "businessRuleTask": "Decided by a table",
    "scriptTask": "Worked out",
    "receiveTask": "Waits for a message",
    "callActivity": "Another process",
    "exclusiveGateway": "Choice",
    "inclusiveGateway": "Choice of several",
    "parallelGateway": "At the same time",
    "eventBasedGateway": "Whatever comes first",
    "intermediateCatchEvent": "Waits",
    "intermediateThrowEvent": "Note",
}


FIRST = "The case waits here. Once one of them has come it goes on from there, and waits for the others no longer."


def kind(line: Line) -> str:
    """What an element is."""
    return KINDS.get(line.node.type, "Not supported")


def name(page: ListPage, element: str) -> str:
    """An element as the list calls it: its number and its name."""
    line = page.numbered(element)
    return f"{line.number}. {called(line)}" if line else "nowhere"


def called(line: Line) -> str:
    """The name of an element; for one without, what it is."""
    if line.node.name:
        return line.node.name
    return "Ways come together" if len(line.ways) < 2 and "Gateway" in line.node.type else kind(line)


def at_once(line: Line) -> str:
    """At the same time as what something is to be done."""
    return "what is done there" if line.node.type == "parallelGateway" else f"“{called(line)}”"


def not_yet(page: ListPage, deadline: str, button: str) -> str:
    """What is said of a deadline with which somebody has come back; "" for none."""
    title = dict(page.offer.deadlines).get(deadline)
    return f"“{title}” is chosen below, and not saved yet. Press “{button}” to save it." if title else ""


def facts(page: ListPage, line: Line) -> list[tuple[str, str]]:
    """What a line says about its element: pairs of what and the words."""
    node, offer = line.node, page.offer
    found = [
        (
            "Who",
            " or ".join(_title(offer.roles, role) for role in node.roles) if node.type == "userTask" else "",
        ),
        ("By when", _title(offer.deadlines, node.deadline)),
        ("For each of", dict(offer.lists).get(node.for_each) or page.in_words(node.for_each)),
        ("Page", _title(offer.screens, node.screen)),
        ("Does", _title(offer.actions, node.action)),
        ("Tells", _told(page, line)),
        ("Table", _title(offer.decisions, node.decision)),
        ("Process", _title(offer.stages, node.called)),
        ("Waits until", _title(offer.messages, node.message) or _day(page, line.until)),
        ("Letter", _title(offer.letters, node.letter)),
        ("Questions", words.count(len(node.fields), "question") if node.fields else ""),
    ]
    return [(what, said) for what, said in found if said]


def _title(offered: Pairs, key: str) -> str:
    """What a key is called; one that means nothing is shown as it is typed."""
    return dict(offered).get(key) or (code(key) if key else "")


def _day(page: ListPage, deadline: str) -> str:
    return f"the day of “{_title(page.offer.deadlines, deadline)}”" if deadline else ""


def _told(page: ListPage, line: Line) -> str:
    to = line.node.attributes.get("to", "").split()
    return " and ".join(_title(page.offer.roles, role) for role in to)


def question(page: ListPage, field: Field) -> str:
    """What kind of answer a question wants, and whether it must be given."""
    asked = dict(page.offer.field_types).get(field.type, field.type)
    needed = ", must be answered" if field.required else ", must be answered sometimes" if field.when[0] else ""
    options = f": {'; '.join(label for _, label in field.options)}" if field.options else ""
    return f"{asked[:1].upper()}{asked[1:]}{needed}{options}"


def answer(page: ListPage, kind: str) -> str:
    """What kind of answer a question is to have."""
    return f"The answer is {dict(page.offer.field_types).get(kind, kind)}."


def summary(page: ListPage) -> str:
    """How many lines, and how many problems."""
    found = len(page.loose) + sum(
        len(line.problems)
        + sum(len(way.problems) for way in line.ways)
        + sum(len(time.problems) for time in line.times)
        for line in page.lines
    )
    told = (
        f"{words.count(found, 'problem')} to mend before it can be published"
        if found
        else "The check finds nothing to mend"
    )
    return f"{words.count(len(page.lines), 'line')}. {told}."


def problems(page: ListPage) -> list[dict[str, str]]:
    """Every problem with a link to its line."""
    found = []
    for line in page.lines:
        places = {
            line.node.id: line.problems,
            **{way.id: way.problems for way in line.ways},
            **{time.id: time.problems for time in line.times},
        }
        for key, said in places.items():
            found += [{"text": f"{line.number}. {called(line)}: {one}", "href": f"#line-{key}"} for one in said]
    return found


def thing(page: ListPage, element: str) -> str:
    """What is to be removed, or added to: a step, a way or a deadline; "" for what is not there."""
    if line := page.numbered(element):
        return f"“{called(line)}”"
    if element in page.drawing.attached:
        return f"the deadline of {name(page, page.drawing.attached[element])}"
    flow = next((each for each in page.drawing.flows if each.id == element), None)
    return f"the way from {name(page, flow.source)} to {name(page, flow.target)}" if flow else ""


def before(page: ListPage, element: str) -> str:
    """The line to go back to when one was removed: that of its step or choice, else the one above."""
    if element in page.drawing.attached:
        return page.drawing.attached[element]
    if flow := next((each for each in page.drawing.flows if each.id == element), None):
        return flow.source
    line = page.numbered(element)
    return page.lines[line.number - 2].node.id if line and line.number > 1 else ""


def deadline(page: ListPage, key: str) -> str:
    """A deadline as the policy calls it."""
    return dict(page.offer.deadlines).get(key, key)

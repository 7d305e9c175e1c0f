"""A diagram of a draft as an ordered list: what each line shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.studio import CLOSED, Permission
from workflows.engine.drawings import Drawing, Flow, Node, read
from workflows.engine.editing.conditions import Facts, Known
from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.offers import Deed, Offers, offers, refusal
from workflows.engine.editing.telling import in_words, named
from workflows.engine.expressions import deadline_of
from workflows.engine.xml import NotAcceptable
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import releases as release_rows
from workflows.studio import drafts, pages
from workflows.studio.drafts import DraftFile
from workflows.studio.drawing import drawn_in
from workflows.studio.offering import Offer, offer
from workflows.studio.pages import DraftPage, FileLine, Problem

__all__ = ["Deed", "Line", "ListPage", "TimeLine", "WayLine", "facts_of", "limits", "list_page"]


NOTHING: frozenset[Deed] = frozenset()


@dataclass(frozen=True)
class WayLine:
    """A way out of a choice. `when` in words, "" for the one that is taken otherwise or always; `may`: what can be done
    to it."""

    id: str
    name: str
    when: str
    default: bool
    target: str
    problems: tuple[str, ...] = ()
    may: frozenset[Deed] = frozenset()


@dataclass(frozen=True)
class TimeLine:
    """A deadline that ends a step: the event on its edge, the deadline's key, and where the case goes then."""

    id: str
    name: str
    deadline: str
    target: str
    problems: tuple[str, ...] = ()
    may: frozenset[Deed] = frozenset()


@dataclass(frozen=True)
class Line:
    """An element of the diagram. `ways` are those of a choice, `next` where anything else leads if that is not the line
    below; `may`: what can be done to it."""

    number: int
    node: Node
    ways: tuple[WayLine, ...]
    times: tuple[TimeLine, ...]
    next: str
    problems: tuple[str, ...]
    may: frozenset[Deed]
    way: str = ""
    """The id of its only way out."""
    until: str = ""
    """The deadline for whose day it waits."""


@dataclass(frozen=True)
class ListPage:
    """A diagram of a draft as a list. `loose` are the checker's problems that belong to no line; `unreadable` says why
    there are no lines."""

    draft: DraftPage
    line: FileLine
    file: DraftFile
    offer: Offer
    drawing: Drawing
    lines: tuple[Line, ...]
    loose: tuple[Problem, ...]
    may_edit: bool
    unreadable: str = ""

    def check(self, element: str, deed: Deed) -> None:
        """Raises CannotChange, with its sentence, where something cannot be done whatever else is said."""
        if why := refusal(self.file.text, element, deed):
            raise CannotChange(why, element=element)

    @property
    def repairable(self) -> bool:
        """Whether repairs should be looked for: something is wrong, or the diagram cannot be shown as it is."""
        found = (*self.loose, *(each for line in self.lines for each in line.problems))
        return bool(found or self.unreadable)

    def in_words(self, expression: str) -> str:
        """What an expression of the diagram stands for; "" for none."""
        return named(expression, facts_of(self.offer)).replace("“", "").replace("”", "") if expression else ""

    def numbered(self, element: str) -> Line | None:
        """The line of an element."""
        return next((line for line in self.lines if line.node.id == element), None)


def list_page(session: Session, *, viewer: Viewer, draft_id: int, process: str, now: datetime) -> ListPage:
    """A diagram of a draft as a list. Raises NotYourStudio, NoSuchDraft, NoSuchProcess."""
    page = pages.draft_page(session, viewer=viewer, draft_id=draft_id, now=now)
    files = drafts.files(session, draft_id=draft_id)
    line = drawn_in(files, process)
    base = release_rows.by_id(session, release_id=page.base.id)
    offered = offer(files, process=process, policy=base.policy if base else "")
    file = drafts.file(session, viewer=viewer, draft_id=draft_id, path=line.path)
    found = tuple(problem for problem in page.problems if problem.file == line.path)
    drawing, unreadable = Drawing(process, line.title, line.path), ""
    try:
        drawing = read(file.text, line.path)
        if not all((*drawing.nodes, *(flow.id for flow in drawing.flows))):
            unreadable = "Some steps or ways have no id, so that nothing here could name them. Look for repairs first."
            drawing = Drawing(process, line.title, line.path)
    except NotAcceptable as fault:
        unreadable = fault.sentence
    may = offers(file.text) if drawing.nodes else {}
    lines = tuple(_lines(drawing, may, found, facts_of(offered)))
    known = {each for line in lines for each in _parts(line)}
    may_edit = Permission.EDIT in page.may and page.status not in CLOSED and not unreadable
    loose = tuple(problem for problem in found if problem.element not in known)
    return ListPage(page, line, file, offered, drawing, lines, loose, may_edit, unreadable)


def facts_of(offered: Offer) -> Facts:
    """What conditions may read, for telling them in words."""
    return {fact.key: Known(fact.label, fact.type, fact.options) for fact in offered.facts}


def _parts(line: Line) -> Iterator[str]:
    yield line.node.id
    yield from (way.id for way in line.ways)
    yield from (time.id for time in line.times)


def _lines(drawing: Drawing, may: Offers, problems: tuple[Problem, ...], facts: Facts) -> Iterator[Line]:
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.element, []).append(problem.sentence)
    listed = [key for key in drawing.order if not drawing.nodes[key].attached_to]
    for place, key in enumerate(listed):
        node, ways = drawing.nodes[key], drawing.outgoing.get(key, ())
        following = listed[place + 1] if place + 1 < len(listed) else ""
        several = len(ways) > 1 or (bool(ways) and bool(ways[0].condition))
        onward = ways[0].target if len(ways) == 1 and ways[0].target != following else ""
        own = [*said.get(key, ()), *(each for way in ways if not several for each in said.get(way.id, ()))]
        yield Line(
            number=place + 1,
            node=node,
            ways=tuple(_way(way, node, facts, said, may) for way in ways) if several else (),
            times=tuple(_times(drawing, key, said, may)),
            next="" if several else onward,
            problems=tuple(dict.fromkeys(own)),
            may=may.get(key, NOTHING),
            way=ways[0].id if len(ways) == 1 and not several else "",
            until=deadline_of(node.timer),
        )


def _way(way: Flow, node: Node, facts: Facts, said: Mapping[str, list[str]], may: Offers) -> WayLine:
    told, own = in_words(way.condition, facts) if way.condition else "", tuple(said.get(way.id, ()))
    return WayLine(way.id, way.name, told, node.default == way.id, way.target, own, may.get(way.id, NOTHING))


def _times(drawing: Drawing, key: str, said: Mapping[str, list[str]], may: Offers) -> Iterator[TimeLine]:
    for event, host in drawing.attached.items():
        if host == key:
            node, ways = drawing.nodes[event], drawing.outgoing.get(event, ())
            own = [*said.get(event, ()), *(each for way in ways for each in said.get(way.id, ()))]
            target = ways[0].target if ways else ""
            told, done = tuple(dict.fromkeys(own)), may.get(event, NOTHING)
            yield TimeLine(event, node.name, deadline_of(node.timer), target, told, done)


def limits(text: str, step: str, key: str) -> dict[str, str]:
    """The limits of a question as they are written: min and max, "" for none."""
    node = Diagram(text).node(step)
    drawn = next((each for each in node.iter("{*}field") if each.get("key") == key), None)
    return {name: (drawn.get(name) or "") if drawn is not None else "" for name in ("min", "max")}

"""How a process goes, for whoever looks after processes: cases at each step, how long steps take, where cases wait."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflows import releases
from workflows.domain.calendars import at_hour, civil_day, end_of_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.domain.studio import permissions
from workflows.domain.vocabulary import PROCESSES
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import reach
from workflows.releases import Drawing, Loaded
from workflows.store import process_figures as rows
from workflows.store.process_figures import FigureSight, Span, Took, Waited

__all__ = [
    "DATES",
    "PERIODS",
    "READERS",
    "FigureFilters",
    "Figures",
    "ProcessLine",
    "StepFigure",
    "figures",
    "processes",
]

READERS = frozenset({Role.AMD, Role.MEDICAL_DIRECTOR, Role.MEDICAL_DIRECTORATE})
"""Who reads the figures besides whoever has a part in the studio: an AMD those of the care groups, the others all."""
PERIODS: Mapping[str, int | None] = {"30": 30, "90": 90, "365": 365, "all": None}
"""How many days back is looked, by the key in the address."""
USUAL = "90"
DATES = "dates"
HOTTEST = 5


class NoFigures(NotAllowed):
    """The figures of processes are for those who look after the processes, the {medical_directorate} team, the
    {medical_director} and, for their care groups, the {amd}."""


class NoSuchProcess(NotFound):
    """There is no such process in your trust."""


@dataclass(frozen=True)
class FigureFilters:
    """A key of PERIODS, or DATES with the first and the last day (None: from the beginning; until today); and the
    number of a release (None: the cases of all)."""

    period: str = USUAL
    release: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class ProcessLine:
    """A process in the list, with how many cases wait at a step of it now."""

    process: str
    title: str
    cases: int


@dataclass(frozen=True)
class StepFigure:
    """A step: the cases that wait there now, how often it was done, the days within which half and 9 in 10 of them were
    (None: none was done), its share of all waiting, and its heat from 1 to 5 (0: nothing waited)."""

    element: str
    name: str
    role: str
    drawn: bool
    cases: int
    done: int
    half: float | None
    nine_in_ten: float | None
    share: float
    heat: int


@dataclass(frozen=True)
class Figures:
    """A process with its figures, over the drawing of `number`. `stages` are the processes that it calls."""

    process: str
    title: str
    number: int
    filters: FigureFilters
    steps: tuple[StepFigure, ...]
    stages: tuple[ProcessLine, ...]
    releases: tuple[int, ...]
    drawn: bool
    whole_trust: bool
    over: bool
    """Whether the period has ended, so that its end is not now."""


def processes(session: Session, *, viewer: Viewer, now: datetime) -> tuple[ProcessLine, ...]:
    """Every process that the trust has published, by title. Raises NoFigures."""
    loaded, sight = _sight(session, viewer, now)
    return _lines(loaded.diagrams.drawings, rows.running(session, sight=sight))


def figures(session: Session, *, viewer: Viewer, process: str, filters: FigureFilters, now: datetime) -> Figures:
    """The figures of a process, in a fixed number of statements. Raises NoFigures, NoSuchProcess."""
    published, sight = _sight(session, viewer, now)
    numbers = {number: release_id for release_id, number in rows.releases(session, trust_id=viewer.trust_id)}
    if filters.release is not None and filters.release not in numbers:
        filters = replace(filters, release=None)
    chosen = numbers.get(filters.release) if filters.release is not None else None
    loaded = _drawn_in(session, process, published, chosen)
    span = _span(process, filters, now, chosen)
    drawing = loaded.diagrams.drawings.get(process)
    found = rows.waited(session, sight=sight, span=span)
    if drawing is None and not found:
        raise NoSuchProcess
    called = [node.called for node in drawing.nodes.values() if node.called] if drawing else []
    drawings = {key: loaded.diagrams.drawings[key] for key in called if key in loaded.diagrams.drawings}
    return Figures(
        process=process,
        title=_title(process, drawing),
        number=loaded.number,
        filters=filters,
        steps=_steps(drawing, found, rows.took(session, sight=sight, span=span)),
        stages=_lines(drawings, rows.running(session, sight=sight) if drawings else {}),
        releases=tuple(numbers),
        drawn=drawing is not None,
        whole_trust=sight.led is None,
        over=span.until < now,
    )


def _span(process: str, filters: FigureFilters, now: datetime, release_id: int | None) -> Span:
    """What is looked at: whole civil days, where they were chosen by their dates."""
    if filters.period != DATES:
        days = PERIODS[filters.period]
        return Span(process, now - timedelta(days=days) if days else None, now, release_id)
    since = at_hour(filters.first, 0) if filters.first else None
    over = filters.last is not None and filters.last < civil_day(now)
    return Span(process, since, end_of_day(filters.last) if filters.last and over else now, release_id)


def drawing(session: Session, *, viewer: Viewer, process: str, number: int | None, now: datetime) -> str:
    """The drawing behind the figures, in BPMN XML. Raises NoFigures, NoSuchProcess."""
    published, _ = _sight(session, viewer, now)
    numbers = {each: release_id for release_id, each in rows.releases(session, trust_id=viewer.trust_id)}
    loaded = _drawn_in(session, process, published, numbers.get(number) if number is not None else None)
    if process not in loaded.diagrams.drawings:
        raise NoSuchProcess
    return loaded.policy.titled(loaded.xml(process))


def _sight(session: Session, viewer: Viewer, now: datetime) -> tuple[Loaded, FigureSight]:
    """The published release, and whose cases count for the viewer."""
    try:
        loaded = releases.published(session, trust_id=viewer.trust_id)
    except releases.NoRelease:
        raise NoFigures from None
    if permissions(loaded.policy.studio, viewer.roles):
        return loaded, FigureSight(viewer.trust_id)
    sees = reach(session, viewer=viewer, now=now)
    if sees.whole_trust:
        return loaded, FigureSight(viewer.trust_id)
    led = frozenset(post.care_group_id for post in sees.held if post.role == Role.AMD and post.care_group_id)
    if not led:
        raise NoFigures
    return loaded, FigureSight(viewer.trust_id, led)


def _drawn_in(session: Session, process: str, published: Loaded, release_id: int | None) -> Loaded:
    """The release whose drawing is shown: the chosen one, if the process is drawn there."""
    if release_id is None:
        return published
    chosen = releases.of(session, release_id=release_id)
    return chosen if process in chosen.diagrams.drawings else published


def _lines(drawings: Mapping[str, Drawing], running: Mapping[str, int]) -> tuple[ProcessLine, ...]:
    lines = [ProcessLine(key, _title(key, drawing), running.get(key, 0)) for key, drawing in drawings.items()]
    return tuple(sorted(lines, key=lambda line: line.title))


def _title(process: str, drawing: Drawing | None) -> str:
    return PROCESSES.get(process) or (drawing.name if drawing else "") or process


def _steps(drawing: Drawing | None, waited: list[Waited], took: list[Took]) -> tuple[StepFigure, ...]:
    """The steps of the drawing in reading order, then what is not drawn any more."""
    waits, done = {one.element: one for one in waited}, {one.element: one for one in took}
    nodes = {key: drawing.nodes[key] for key in drawing.order if key in drawing.nodes} if drawing else {}
    people = [key for key, node in nodes.items() if node.type == "userTask"]
    whole, most = sum(one.seconds for one in waited), max((one.seconds for one in waited), default=0.0)
    found = []
    for key in [*people, *(one.element for one in waited if one.element not in people)]:
        wait, usual = waits.get(key, Waited(key, key, 0, 0.0)), done.get(key)
        node = nodes.get(key)
        found.append(
            StepFigure(
                element=key,
                name=node.name if node else wait.name,
                role=next((role for role in (node.roles if node else ()) if role in set(Role)), ""),
                drawn=node is not None,
                cases=wait.cases,
                done=usual.done if usual else 0,
                half=_days(usual.half) if usual else None,
                nine_in_ten=_days(usual.nine_in_ten) if usual else None,
                share=wait.seconds / whole if whole else 0.0,
                heat=min(int(HOTTEST * wait.seconds / most) + 1, HOTTEST) if wait.seconds > 0 else 0,
            )
        )
    return tuple(found)


def _days(seconds: float) -> float:
    return max(seconds, 0.0) / timedelta(days=1).total_seconds()

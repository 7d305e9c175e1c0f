"""Replaying: what a closed case would have done over other diagrams and another policy. Nothing is written.

What people answered, what came from other cases and what service work wrote is taken from the case's history; the
diagrams, decision tables and deadlines are those that are tried. The first step that differs ends the replay: what
people would have done after it, nobody knows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from workflows.domain.deadlines import DeadlineRule, Reckoning, reckon
from workflows.domain.errors import Unsound
from workflows.domain.policy import Policy
from workflows.domain.vocabulary import ACTIONS, ANY_CASE, MESSAGES, START_FACTS
from workflows.engine.bank_holidays import england
from workflows.engine.diagrams import Diagrams
from workflows.engine.drawings import Node
from workflows.engine.expressions import FUNCTIONS, deadline_of
from workflows.engine.known import Known
from workflows.engine.ledger import as_date, changes
from workflows.engine.process import Process, Waiting
from workflows.store.facts import KnownFact, NewFact
from workflows.store.models import Json
from workflows.store.replays import Happened, TakenStep, Told

MOST_NEW_STEPS = 50
LONG_AGO = datetime.min.replace(tzinfo=UTC)
SAME, ELSEWHERE, NOT_REPLAYED = "same", "elsewhere", "not_replayed"


class NotAnswered(Unsound):
    """“{step}” is new here, and which way the case goes hangs on it: nobody has answered it."""


@dataclass(frozen=True)
class OtherDay:
    """A deadline that would have been another day: its title, the day then and the day now (None: none at all)."""

    name: str
    title: str
    then: date
    now: date | None


@dataclass(frozen=True)
class Replayed:
    """What came of one case. `outcome`: same, elsewhere or not_replayed.

    then       where it went elsewhere: what happened in truth, in words; element: its id, at which instant
    would      what would have been instead, in words
    because    why it could not be replayed, as a sentence
    new_steps  steps that nobody was asked to do then, in the order in which they came up
    """

    reference: str
    process: str
    title: str
    outcome: str
    then: str = ""
    element: str = ""
    at: datetime | None = None
    would: str = ""
    because: str = ""
    new_steps: tuple[str, ...] = ()
    other_days: tuple[OtherDay, ...] = ()


class Parted(Exception):
    """The case would have gone elsewhere from here."""

    def __init__(self, then: str, would: str, element: str = "") -> None:
        self.then, self.would, self.element = then, would, element


@dataclass
class Recorded:
    """What surrounds a replayed process: the case's own facts, told in their time, and the days of the tried policy."""

    told: Told
    old: Diagrams
    diagrams: Diagrams
    rules: Policy
    case: Any = field(default_factory=lambda: _Known([]))
    days: dict[str, list[Reckoning]] = field(default_factory=dict)
    at: datetime = LONG_AGO
    used: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.policy: Mapping[str, Json] = self.rules.values
        self.functions: Mapping[str, Callable[..., Json]] = {**FUNCTIONS, "due": self._due}
        stages = self.diagrams.stages(self.told.case.process)
        nodes = [node for stage in stages for node in self.diagrams.drawing(stage).nodes.values()]
        drawn = {name for node in nodes for name in (node.deadline, deadline_of(node.timer)) if name}
        self.kept = [
            rule
            for rule in self.rules.deadlines.values()
            if (self.told.case.process in rule.processes if rule.processes else rule.key in drawn)
        ]
        tables = {name for node in nodes if node.decision for name in self.diagrams.tables[node.decision].outputs}
        self.claimed = {key for action in ACTIONS.values() for key in action.supplies} | tables
        self.claimed |= {key for facts in MESSAGES.values() for key in facts}

    def act(self, node: Node) -> None:
        """What the work wrote in its time, with whatever else was written in that move by no step."""
        supplies = ACTIONS[node.action].supplies
        taken = [row for key in supplies if (row := self._next(key))]
        for row in sorted([*taken, *(row for row in self._of_now() if row.key not in self.claimed)]):
            self.write(row)
        self._open_again()
        if not any(node.id in drawing.nodes for drawing in self.old.drawings.values()):
            self.leave_open(supplies, node.name or node.id)

    def _open_again(self) -> None:
        """Deadlines that the work let run anew, from another day than that of the fact which starts them."""
        so_far = Counter(
            str(each.details.get("deadline"))
            for each in self.told.happened
            if each.kind == "deadline_opened" and each.at <= self.at
        )
        for row in self.told.deadlines:
            rule = next((rule for rule in self.kept if rule.key == row.name), None)
            again = row.starts_on != as_date(self.case[row.started_by])
            if rule and again and len(self.days.get(row.name, ())) + 1 == row.occurrence <= so_far[row.name]:
                self._open(rule, row.starts_on)

    def leave_open(self, keys: Iterable[str], step: str) -> None:
        """Note facts that nobody has given, and whose they would be: the way must not hang on them."""
        for key in keys:
            if not self.case.occurrence(key):
                self.case.unknown.setdefault(key, step)

    def decided(self, node: Node, outputs: Mapping[str, Json]) -> None:  # noqa: ARG002 - whichever it was
        """What the tried table says."""
        for key, value in outputs.items():
            known = self.case.occurrence(key) + 1
            self._add(NewFact(0, key, known, "", value, "text", None, None, self.at), ("", "", known))

    def begin(self) -> None:
        """The facts that the case was started with: the first that were written, before any work was done."""
        kinds, seen = START_FACTS.get(self.told.case.process, ANY_CASE), set()
        for row in self._of_now():
            if row.key in seen or (row.key in self.claimed and row.key not in kinds):
                return
            seen.add(row.key)
            self.write(row)

    def message(self, name: str) -> None:
        """The facts that a message brought."""
        for key in MESSAGES.get(name, {}):
            if row := self._next(key):
                self.write(row)

    def step(self, step: TakenStep) -> None:
        """What was answered in a step."""
        for row in self.told.facts:
            if row.step_id == step.id:
                self.write(row)

    def write(self, row: KnownFact) -> None:
        """Let the case know a fact of its history."""
        self.used.add(row.id)
        self._add(NewFact(0, *row[1:6], row.step_id, row.writer_id, row.written_at), row.source)

    def _add(self, row: NewFact, source: tuple[str, str, int]) -> None:
        self.case.add(row, source)
        for rule in self.kept:
            if rule.start == row.key and (start := as_date(row.value)):
                self._open(rule, start)

    def _open(self, rule: DeadlineRule, start: date) -> None:
        rows = self.days.setdefault(rule.key, [])
        then = next(
            (row for row in self.told.deadlines if (row.name, row.occurrence) == (rule.key, len(rows) + 1)), None
        )
        rows.append(reckon(rule, start, "", england(start.year), changes(then.changes) if then else ()))

    def _due(self, name: str) -> Json:
        rows = self.days.get(name)
        return rows[-1].due_on.isoformat() if rows else None

    def past(self, deadline: str) -> bool:
        """Whether the day of a deadline has gone by."""
        rows = self.days.get(deadline, [])
        return bool(rows) and rows[-1].is_past(self.at)

    def _of_now(self) -> list[KnownFact]:
        """What was written in this move by no step, and has not been told yet."""
        return [
            row
            for row in self.told.facts
            if row.step_id is None and row.written_at == self.at and row.id not in self.used
        ]

    def _next(self, key: str) -> KnownFact | None:
        return next((row for row in self._of_now() if row.key == key), None)


class _Known(Known):
    """What the case knows, and what it cannot know: answers that nobody was asked for. By fact, whose they would be."""

    def __init__(self, rows: list[KnownFact]) -> None:
        super().__init__(rows)
        self.unknown: dict[str, str] = {}

    def add(self, row: NewFact, source: tuple[str, str, int]) -> None:
        self.unknown.pop(row.key, None)
        super().add(row, source)

    def __getitem__(self, key: str) -> Json:
        if key in self.unknown:
            raise NotAnswered(step=self.unknown[key])
        return super().__getitem__(key)


def replay(told: Told, old: Diagrams, diagrams: Diagrams, policy: Policy) -> Replayed:
    """Replay a case that followed the `old` diagrams over others."""
    case = told.case
    if case.process not in diagrams.drawings:
        because = "The process is no longer there."
        return Replayed(case.reference, case.process, case.title, NOT_REPLAYED, because=because)
    run = _Replay(told, old, Recorded(told, old, diagrams, policy))
    found: dict[str, Any] = {"outcome": SAME}
    try:
        run.through()
    except Parted as parted:
        found = {"outcome": ELSEWHERE, "then": parted.then, "would": parted.would, "element": parted.element}
        found["at"] = run.around.at
    except Unsound as fault:
        found = {"outcome": NOT_REPLAYED, "because": fault.sentence, "element": fault.element}
    days = tuple(_other_days(run.around, whole=found["outcome"] == SAME))
    return Replayed(case.reference, case.process, case.title, **found, new_steps=tuple(run.new_steps), other_days=days)


def _other_days(around: Recorded, *, whole: bool) -> Iterator[OtherDay]:
    """The deadlines of the case that would have been other days; of those after a parting nothing is known."""
    for row in around.told.deadlines:
        days = around.days.get(row.name, [])
        now = days[row.occurrence - 1].due_on if len(days) >= row.occurrence else None
        if now != row.due_on and (now is not None or whole):
            rule = around.rules.deadlines.get(row.name)
            yield OtherDay(row.name, rule.title if rule else row.name.replace("_", " "), row.due_on, now)


class _Replay:
    """One case on its way through the tried diagrams."""

    def __init__(self, told: Told, old: Diagrams, around: Recorded) -> None:
        self.told, self.old, self.around = told, old, around
        self.new_steps: list[str] = []
        self.fired: list[str] = []
        self.process: Process

    def through(self) -> None:
        """Everything that happened, in its order. Raises Parted, and Unsound where it cannot go on."""
        if not self.told.happened:
            raise NothingTold
        opened, *happened = [each for each in self.told.happened if each.kind in MOVES]
        self.around.at = opened.at
        self.around.begin()
        self.process = Process.start(self.around.diagrams, self.told.case.process, self.around)
        self.process.settle()
        for each in happened:
            self.around.at = each.at
            self._let_days_come()
            MOVES[each.kind](self, each)

    def _let_days_come(self) -> None:
        """Timers whose day has gone by fire before anything else can happen."""
        for _ in range(MOST_NEW_STEPS):
            late = [one for one in self._waiting("timer") if self.around.past(one.deadline)]
            if not late:
                return
            for one in late:
                if any(one.task == still.task for still in self.process.waiting()):
                    self.process.fire(one.task)
                    self.fired.append(one.element)
            self.process.settle()

    def _step(self, each: Happened) -> None:
        step = self.told.steps[each.details["step"]]
        one = self._find(lambda: self._waiting("step"), lambda one: _is_step(one, step))
        if one is None:
            raise Parted(f"“{step.name}” was done", self._instead(step.element), step.element)
        self.around.step(step)
        self.process.complete(one.task)
        self.process.settle()

    def _message(self, each: Happened) -> None:
        name, element = str(each.details.get("name", "")), str(each.details.get("element", ""))
        one = self._find(lambda: self._waiting("message"), lambda one: one.element == element)
        if one is None:
            raise Parted(f"a message was waited for ({name.replace('_', ' ')})", self._instead(element), element)
        self.around.message(one.message)
        self.process.receive(one.task)
        self.process.settle()

    def _timer(self, each: Happened) -> None:
        element = str(each.details.get("element", ""))
        if element in self.fired:
            self.fired.remove(element)
            return
        name = str(each.details.get("title") or each.details.get("deadline", ""))
        rows = self.around.days.get(str(each.details.get("deadline", "")), [])
        if rows and any(one.element == element for one in self._waiting("timer")):
            would = f"there would have been time until {rows[-1].due_on.isoformat()}"
        else:
            would = self._instead(element)
        raise Parted(f"the time was up: {name}", would, element)

    def _close(self, _: Happened) -> None:
        self._find(list, lambda one: False)  # noqa: ARG005 - only the new steps have to be passed
        if not self.process.finished:
            raise Parted("the case was closed", self._instead(""))

    def _waiting(self, kind: str) -> list[Waiting]:
        return [one for one in self.process.waiting() if one.kind == kind]

    def _find(self, among: Callable[[], Iterable[Waiting]], fits: Callable[[Waiting], bool]) -> Waiting | None:
        """What is looked for among what waits, past steps that are new here: those are noted, and left unanswered."""
        for _ in range(MOST_NEW_STEPS):
            found = next((one for one in among() if fits(one)), None)
            new = None if found else next((one for one in self.process.waiting() if self._is_new(one)), None)
            if found or new is None:
                return found
            self._pass(new)
        return None

    def _is_new(self, one: Waiting) -> bool:
        known = one.process in self.old.drawings and one.element in self.old.drawing(one.process).nodes
        return one.kind in ("step", "message") and not known

    def _pass(self, one: Waiting) -> None:
        node = self.around.diagrams.drawing(one.process).nodes[one.element]
        if one.name not in self.new_steps:
            self.new_steps.append(one.name or one.element)
        self.around.leave_open([drawn.key for drawn in node.fields], one.name or one.element)
        if one.kind == "step":
            self.process.complete(one.task)
        else:
            self.process.receive(one.task)
        self.process.settle()

    def _instead(self, element: str) -> str:
        """What is waited for in its place."""
        if self.process.finished:
            return "the case would have been closed"
        if element in self.around_timers():
            return "the time would have been up before"
        names = dict.fromkeys(one.name or one.element for one in self.process.waiting() if one.kind != "timer")
        listed = ", ".join(f"“{name}”" for name in names)
        return f"it would have been at {listed}" if listed else "it would have waited for a day"

    def around_timers(self) -> set[str]:
        """The steps that a timer has taken away which did not fire then."""
        drawings = self.around.diagrams.drawings.values()
        events = (node for drawing in drawings for node in drawing.nodes.values() if node.id in self.fired)
        return {node.attached_to for node in events if node.attached_to and node.interrupting}


class NothingTold(Unsound):
    """Nothing of its history is kept."""


def _is_step(one: Waiting, step: TakenStep) -> bool:
    return (one.process, one.element, one.item) == (step.process, step.element, step.item)


MOVES: Mapping[str, Callable[[_Replay, Happened], None]] = {
    "case_opened": lambda _replay, _each: None,
    "step_completed": _Replay._step,
    "message_received": _Replay._message,
    "timer_fired": _Replay._timer,
    "case_closed": _Replay._close,
}

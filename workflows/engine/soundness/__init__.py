"""Soundness: every situation that a diagram can come to is looked at, and what goes wrong is told with the way to it.

    explore(files, "mediation") -> Soundness(faults, states, whole, seconds)
    soundness_of(files) -> {"mediation": Soundness(...), ...}, each kept for as long as its files stay the same

A result that was bounded (`whole` false) never claims that a diagram is sound: it tells only what it has seen.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock

from workflows.domain.vocabulary import START_FACTS
from workflows.engine.check.library import Files, Library, library, text_of
from workflows.engine.check.paths import walk
from workflows.engine.soundness.faults import faults_of, unreached
from workflows.engine.soundness.limits import Limit
from workflows.engine.soundness.model import Model
from workflows.engine.soundness.search import search
from workflows.engine.soundness.ways import Answer, Fault, Turn

__all__ = ["Answer", "Fault", "Soundness", "Turn", "explore", "forget", "soundness_of"]

MOST_STATES = 20_000
SECONDS = 1.5
SECONDS_OF_ONE, SECONDS_OF_A_SET = 1.0, 1.5
"""Of work for one process of a set, and for all of them together: those for which none are left are looked at next
time. The largest that comes with Accord takes a fifth of a second."""
KEPT = 512


@dataclass(frozen=True)
class Soundness:
    """What looking at a process has found: its faults, in how many situations, whether these are all, how many
    seconds of work it took.

    `stages` are the processes that were looked at with it: itself and those that it calls.
    """

    faults: tuple[Fault, ...]
    states: int
    whole: bool
    seconds: float
    stages: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it is known that nothing goes wrong."""
        return self.whole and not self.faults

    @property
    def looked_at(self) -> str:
        """How much was looked at, in words."""
        if self.whole:
            return f"Looked at all {self.states:,} situations." if self.states != 1 else "Looked at the one situation."
        return f"Looked at {self.states:,} situations; not all."


@dataclass(frozen=True)
class _Looked:
    """What was found in one case: its soundness, and what it never came to, in its stages too; whether an idle machine
    would have looked at more."""

    soundness: Soundness
    unreached: tuple[Fault, ...]
    hurried: bool = False


def explore(files: Files, process: str, *, most_states: int = MOST_STATES, seconds: float = SECONDS) -> Soundness:
    """Look at every situation of a process, and of the stages that it calls, within a number and a time.

    `files`: a whole set of diagrams, tables and policies, as for `check`. Raises KeyError for a process that none of
    them draws. What the checker refuses may be missed here: run `check` too.
    """
    return _of_case(_look(library(files, {}), process, most_states, seconds), process)


def soundness_of(files: Files, only: Collection[str] | None = None) -> Mapping[str, Soundness]:
    """The soundness of every process that the files draw, or of some, by process.

    A stage, which is never a case of its own, is looked at inside of all that call it: what those give it is known.
    """
    looking = _Looking(library(files, {}), files, Limit(SECONDS_OF_A_SET))
    drawn = looking.books.drawings
    return {process: looking.at(process) for process in sorted(drawn if only is None else drawn.keys() & set(only))}


def _look(books: Library, process: str, most_states: int, seconds: float) -> _Looked:
    graph = search(Model(books, process), most_states, seconds)
    faults = faults_of(graph)
    return _Looked(
        Soundness(faults, len(graph.following), graph.whole, graph.seconds, tuple(graph.model.drawings)),
        unreached(graph, faults),
        graph.hurried,
    )


def _of_case(looked: _Looked, process: str) -> Soundness:
    own = tuple(fault for fault in looked.unreached if fault.process == process)
    return replace(looked.soundness, faults=looked.soundness.faults + own)


def is_stage(books: Library, process: str) -> bool:
    """Whether a process is only ever called by others."""
    return process not in START_FACTS and process in books.callers


_looked: OrderedDict[str, _Looked] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Forget what was found: the next look is a first one."""
    with _lock:
        _looked.clear()


@dataclass(frozen=True)
class _Looking:
    """Looking at the processes of one set until the time is up."""

    books: Library
    files: Files
    until: Limit

    def at(self, process: str) -> Soundness:
        """What a process has found as a case; a mere stage, what all cases that come through it have found in it."""
        cases = [process]
        if is_stage(self.books, process):
            callers = sorted(walk([process], self.books.callers) - {process})
            cases = [each for each in callers if not is_stage(self.books, each)] or cases
        each = [self._kept(case) for case in cases]
        return _of_case(each[0], process) if cases == [process] else _inside(each, process)

    def _kept(self, process: str) -> _Looked:
        """What was found in a case, kept by the texts that it hangs on, unless it was cut short for lack of time."""
        key = _key(self.books, self.files, process)
        with _lock:
            if key in _looked:
                _looked.move_to_end(key)
                return _looked[key]
        left = min(SECONDS_OF_ONE, self.until.left)
        if left <= 0:
            return _Looked(Soundness((), 0, whole=False, seconds=0.0, stages=(process,)), ())
        looked = _look(self.books, process, MOST_STATES, left)
        with _lock:
            if looked.soundness.whole or (left == SECONDS_OF_ONE and not looked.hurried):
                _looked[key] = looked
            while len(_looked) > KEPT:
                _looked.popitem(last=False)
        return looked


def _inside(each: list[_Looked], process: str) -> Soundness:
    """What several cases have found in a stage that they come through."""
    missed = [{fault.element for fault in one.unreached if fault.process == process} for one in each]
    never = set.intersection(*missed)
    found: dict[tuple[str, str], Fault] = {}
    for fault in (fault for one in each for fault in (*one.soundness.faults, *one.unreached)):
        if fault.process == process and (fault.kind != "unreached" or fault.element in never):
            known = found.setdefault((fault.kind, fault.element), fault)
            found[fault.kind, fault.element] = min(known, fault, key=lambda one: len(one.way))
    return Soundness(
        faults=tuple(found.values()),
        states=sum(one.soundness.states for one in each),
        whole=all(one.soundness.whole for one in each),
        seconds=sum(one.soundness.seconds for one in each),
        stages=(process,),
    )


def _key(books: Library, files: Files, process: str) -> str:
    """Stands for the texts that what is found in a case hangs on."""
    drawn = walk([process], books.calls) if not is_stage(books, process) else books.drawings.keys()
    paths = {books.drawings[each].path for each in drawn} | {path for path in files if path.endswith((".dmn", ".toml"))}
    digest = sha256(process.encode())
    for path in sorted(paths):
        digest.update(b"\0" + path.encode() + b"\0" + text_of(files[path]).encode())
    return digest.hexdigest()

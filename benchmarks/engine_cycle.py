"""One completion of a step as it is done for each request, load, complete, settle, save, over the same in memory."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measuring import Figure, Pairs, seconds
from workflows.domain.policy import Policy, read_policy
from workflows.engine.diagrams import Diagrams, read_release
from workflows.engine.drawings import Node
from workflows.engine.expressions import FUNCTIONS
from workflows.engine.process import Process

BPMN = Path(__file__).parent.parent / "bpmn"
PROCESS = "individual_planning"
ROUNDS = 150

WAY: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("prepare_review", {}),
    ("read_pack", {}),
    ("draft_plan", {}),
    ("book_meeting", {"meeting_booked_for": "2027-03-15"}),
    ("record_meeting", {"meeting_date": "2027-03-15"}),
    ("update_plan", {}),
    ("agree_plan", {"manager_answer": "agree"}),
)
"""The steps of an annual plan up to the doctor's own answer, each with the facts that gateways look at."""

MID = 3
"""From this step of the way on a case is mid-way: prepared for, and not yet in sign-off."""


class Around:
    """What surrounds the process: facts in a dict, service work that brings what the real one brings."""

    def __init__(self, policy: Policy) -> None:
        self.case: dict[str, Any] = {"kind": "annual", "subject": 1}
        self.policy: Mapping[str, Any] = policy.values
        self.functions: Mapping[str, Callable[..., Any]] = {**FUNCTIONS, "due": lambda _name: None}

    def act(self, node: Node) -> None:
        """The team plan is there."""
        if node.action == "find_team_plan":
            self.case |= {"team_plan": 1, "team_plan_number": 1, "team_session_date": "2027-03-01"}

    def decided(self, _node: Node, outputs: Mapping[str, Any]) -> None:
        """Keep what a table gave."""
        self.case.update(outputs)


def figures() -> list[Figure]:
    """The engine's two figures."""
    diagrams, policy = shipped()
    ours: dict[str, Pairs] = {element: Pairs() for element, _ in WAY[MID:]}
    sizes: list[int] = []
    for _ in range(ROUNDS):
        one_round(diagrams, policy, ours, sizes)
    cycle, memory = (
        sum(median(getattr(pairs, which)) for pairs in ours.values()) / len(ours) for which in ("ours", "floor")
    )
    words = ", ".join(f"{element} {pairs.ratio:.2f}" for element, pairs in ours.items())
    return [
        Figure(
            "engine_cycle_ratio",
            cycle / memory,
            2.5,
            f"{cycle * 1e6:.0f} over {memory * 1e6:.0f} µs a step: {words}",
        ),
        Figure("state_bytes_mid", max(sizes), 5000, f"the largest at {', '.join(ours)}; then {sizes[-1]}"),
    ]


def shipped() -> tuple[Diagrams, Policy]:
    """The diagrams as they ship, with Cumbria's policy."""
    texts = {
        file.relative_to(BPMN).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(BPMN.rglob("*"))
        if file.suffix in {".bpmn", ".dmn", ".toml"}
    }
    policies = {path: text for path, text in texts.items() if path.startswith("policies/")}
    return read_release(texts), read_policy("cumbria", policies)


def one_round(diagrams: Diagrams, policy: Policy, pairs: Mapping[str, Pairs], sizes: list[int]) -> None:
    """Walk one case that stays in memory, and one that is stored after every step, side by side."""
    kept_around, stored_around = Around(policy), Around(policy)
    kept, fresh = (Process.start(diagrams, PROCESS, around) for around in (kept_around, stored_around))
    kept.settle()
    fresh.settle()
    state = fresh.dump()
    for element, facts in WAY:
        kept_around.case.update(facts)
        stored_around.case.update(facts)
        cycle = Cycle(diagrams, stored_around, state, task_at(Process.load(state, diagrams, stored_around), element))
        memory = partial(complete, kept, task_at(kept, element))
        timed = seconds(cycle), seconds(memory)
        state = cycle.state
        if element in pairs:
            pairs[element].ours.append(timed[0])
            pairs[element].floor.append(timed[1])
            sizes.append(len(state))
    assert open_elements(kept) == open_elements(Process.load(state, diagrams, stored_around)) == ["answer_plan"]


class Cycle:
    """What a request does with the engine; `state` is the stored case before and after."""

    def __init__(self, diagrams: Diagrams, around: Around, state: bytes, task: str) -> None:
        self.diagrams, self.around, self.state, self.task = diagrams, around, state, task

    def __call__(self) -> None:
        process = Process.load(self.state, self.diagrams, self.around)
        complete(process, self.task)
        self.state = process.dump()


def complete(process: Process, task: str) -> None:
    """Complete one step and let the engine go on to the next."""
    process.complete(task)
    process.settle()


def task_at(process: Process, element: str) -> str:
    """The address of the step that waits at an element."""
    return next(one.task for one in process.waiting() if one.element == element)


def open_elements(process: Process) -> list[str]:
    """Where a process waits."""
    return [one.element for one in process.waiting()]

"""The diagrams that come with Accord: every place that a case comes to can be moved, and whatever may move goes on."""

from collections.abc import Callable
from random import Random

import pytest
from lxml import etree

from tests.engine.test_shipped_walks import DIAGRAMS, TEXTS, Walk
from tests.engine.trial import BPMN, begin, move
from workflows.domain.releases import content_hash
from workflows.engine import moving
from workflows.engine.check import check
from workflows.engine.diagrams import Diagrams
from workflows.engine.moving import CanMove, CannotMove
from workflows.engine.process import Process

PROCESSES = (
    *("planning_round", "team_planning", "individual_planning", "additional_pa", "disagreement", "pay_progression"),
)
KINDS = {"additional_pa": "extra_pa"}
ROUNDS = 30
B = f"{{{BPMN}}}"
SHIPPED = moving.side(TEXTS, "shipped")
TWIN = moving.side({**TEXTS, "note.txt": ""}, "shipped once more")


def stepped(process: Process, diagrams: Diagrams, around: Walk) -> None:
    """One of what waits is done, with answers by chance."""
    wait = around.chance.choice(process.waiting())
    around.answer(diagrams.drawing(wait.process).nodes[wait.element])
    move(process, f"{wait.element}/{wait.item}" if wait.item else wait.element)


def walker(process: str, seed: int) -> Walk:
    return Walk("cumbria", KINDS.get(process, "annual"), seed)


@pytest.mark.parametrize("process", PROCESSES)
def test_every_place_can_be_moved_to_the_same_diagrams_and_back(process: str) -> None:
    there, back = moving.between(SHIPPED, TWIN), moving.between(TWIN, SHIPPED)
    for seed in range(15):
        around = walker(process, seed)
        now = begin(DIAGRAMS, around, process)
        for _ in range(ROUNDS):
            state = now.dump()
            assert there.verdict(state) == CanMove()
            moved = there.moved(state)
            assert back.verdict(moved) == CanMove()
            assert back.moved(moved) == moved == state
            if now.finished:
                break
            stepped(now, DIAGRAMS, around)


def steps_of(process: etree._Element) -> list[etree._Element]:
    """The steps that are neither for each of a list nor have anything on their edge, with one way in and one out."""
    edged = {event.get("attachedToRef") for event in process.iter(f"{B}boundaryEvent")}
    return [
        step
        for step in process.iter(f"{B}userTask")
        if step.get("id") not in edged and len(ways(process, step)[0]) == 1
    ]


def ways(process: etree._Element, step: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    flows = list(process.iter(f"{B}sequenceFlow"))
    key = step.get("id")
    return [one for one in flows if one.get("targetRef") == key], [one for one in flows if one.get("sourceRef") == key]


def add(process: etree._Element, kind: str, key: str, **said: str) -> None:
    etree.SubElement(process, f"{B}{kind}", {"id": key, "name": key.capitalize(), **said})


def take_out(process: etree._Element, step: etree._Element) -> None:
    """A step goes; what led to it leads on."""
    [into], [out] = ways(process, step)
    into.set("targetRef", out.get("targetRef", ""))
    for gone in (step, out):
        process.remove(gone)


def put_behind(process: etree._Element, step: etree._Element) -> None:
    """A new step after a step."""
    _, [out] = ways(process, step)
    add(process, "userTask", "new_step")
    add(process, "sequenceFlow", "new_flow", sourceRef="new_step", targetRef=out.get("targetRef", ""))
    out.set("targetRef", "new_step")


def put_beside(process: etree._Element, step: etree._Element) -> None:
    """A new step beside a step: what follows waits for both."""
    [into], [out] = ways(process, step)
    key, onward = step.get("id", ""), out.get("targetRef", "")
    add(process, "userTask", "new_step")
    for gateway in ("new_fork", "new_join"):
        add(process, "parallelGateway", gateway)
    into.set("targetRef", "new_fork")
    out.set("targetRef", "new_join")
    pairs = (("new_fork", key), ("new_fork", "new_step"), ("new_step", "new_join"), ("new_join", onward))
    for source, target in pairs:
        add(process, "sequenceFlow", f"{source}_{target}", sourceRef=source, targetRef=target)


Edit = Callable[[etree._Element, etree._Element], None]


def edited(edit: Edit, path: str, chance: Random) -> dict[str, str]:
    """The shipped files with one edit somewhere in a diagram."""
    root = etree.fromstring(TEXTS[path].encode())
    process = root.find(f"{B}process")
    assert process is not None
    if steps := steps_of(process):
        edit(process, chance.choice(steps))
    return {**TEXTS, path: etree.tostring(root, encoding="unicode")}


def of_the_way(sentence: str) -> bool:
    """Whether a problem is one of the way through, or of what is known on it."""
    return any(word in sentence for word in ("case.", "wait for ever", "cannot be reached", "is used here", "due("))


@pytest.mark.slow
@pytest.mark.parametrize("edit", [take_out, put_behind, put_beside])
@pytest.mark.parametrize(
    "path", [f"processes/{one}.bpmn" for one in (*PROCESSES, "mediation", "appeal_panel", "sign_off")]
)
def test_whatever_may_move_goes_on_as_if_it_had_begun_there(path: str, edit: Edit) -> None:
    process = {"mediation": "disagreement", "appeal_panel": "disagreement", "sign_off": "individual_planning"}.get(
        name := path[10:-5], name
    )
    for seed in range(5):
        files = edited(edit, path, Random(seed))
        if any(of_the_way(one.sentence) for one in check(files, [path, f"processes/{process}.bpmn"])):
            continue  # such an edit is never published
        to = moving.side(files, content_hash(files))
        pair, around = moving.between(SHIPPED, to), walker(process, seed)
        now = begin(DIAGRAMS, around, process)
        for _ in range(around.chance.randint(0, 10)):
            if not now.finished:
                stepped(now, DIAGRAMS, around)
        verdict = pair.verdict(now.dump())
        if isinstance(verdict, CannotMove):
            assert verdict.because.endswith(".")
            continue
        after = Process.load(pair.moved(now.dump()), to.diagrams, around)
        for _ in range(ROUNDS):
            if not after.finished:
                stepped(after, to.diagrams, around)

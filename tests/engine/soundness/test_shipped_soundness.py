"""The diagrams that come with Accord: every situation of every one of them was looked at, and nothing goes wrong.

The real engine, walking by chance, never stands where exploring says that nobody can.
"""

from collections import Counter

import pytest

from tests.engine.soundness.test_agreement import waits
from tests.engine.test_shipped_walks import DIAGRAMS, TEXTS, Walk
from tests.engine.trial import begin, move
from workflows.domain.vocabulary import DISPUTE, PLAN_KINDS
from workflows.engine.check.library import library
from workflows.engine.soundness import soundness_of
from workflows.engine.soundness.model import Model
from workflows.engine.soundness.search import Graph, search

WALKS, ROUNDS = 4, 25


def test_every_shipped_process_was_looked_at_whole_and_is_sound() -> None:
    found = soundness_of(TEXTS)
    assert found.keys() == DIAGRAMS.drawings.keys()
    assert {process: each.faults for process, each in found.items() if each.faults} == {}
    assert [process for process, each in found.items() if not each.whole] == []
    assert all(each.sound and each.states > 1 for each in found.values())


@pytest.mark.parametrize("trust", ["cumbria", "blackpool"])
def test_the_release_of_one_trust_alone_is_sound_too(trust: str) -> None:
    """What its policy leaves unused is there for trusts that say otherwise, and no fault."""
    other = {"cumbria": "blackpool", "blackpool": "cumbria"}[trust]
    files = {path: text for path, text in TEXTS.items() if path != f"policies/{other}.toml"}
    assert {process: each.faults for process, each in soundness_of(files).items() if not each.sound} == {}


def counted(graph: Graph, number: int) -> frozenset[tuple[str, int]]:
    """What a situation waits for, a list of people as often as one of them."""
    return frozenset(dict(waits(graph, graph.states[number][0])).items() if graph.states[number][0] else ())


@pytest.mark.parametrize(
    ("process", "kinds"),
    [
        ("planning_round", ["annual"]),
        ("team_planning", ["annual"]),
        ("individual_planning", list(PLAN_KINDS)),
        (DISPUTE, ["annual", "pay_progression"]),
        ("additional_pa", ["extra_pa"]),
        ("pay_progression", ["annual"]),
    ],
)
def test_walks_by_chance_never_leave_what_was_explored(process: str, kinds: list[str]) -> None:
    graph = search(Model(library(TEXTS, {}), process), 20_000, 60.0)
    possible = {frozenset(element for element, _ in counted(graph, number)) for number in range(len(graph.states))}
    for seed in range(WALKS):
        for kind in kinds:
            around = Walk("cumbria", kind, seed)
            now = begin(DIAGRAMS, around, process)
            for _ in range(ROUNDS):
                waiting = Counter(wait.element for wait in now.waiting())
                assert frozenset(waiting) in possible
                if now.finished:
                    break
                wait = around.chance.choice(now.waiting())
                around.answer(DIAGRAMS.drawing(wait.process).nodes[wait.element])
                move(now, f"{wait.element}/{wait.item}" if wait.item else wait.element)

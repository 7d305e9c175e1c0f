"""Every path of the trial diagrams, in memory and with a save and a load between any two moves: always the same."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from tests.engine.trial import Trial, anonymous, been_through, begin, drawn, move, open_elements, restored
from workflows.engine.diagrams import Diagrams
from workflows.engine.process import Process

Move = tuple[str, Mapping[str, Any]]
"""What is completed, fired or received, and the facts that are written before it."""

ANSWERS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "answer": [{"answer": "agree"}, {"answer": "refuse"}],
    "vote/4": [{"all": {"vote": ["yes"]}}, {"all": {"vote": ["no"]}}],
    "meet": [{"papers": ["objectives", "support"]}, {"papers": ["support"]}, {"papers": None}],
    "minutes": [{"again": False}],
    "support": [{"again": False}, {"again": True}],
    "signature/7": [{"sign_answer": "sign"}, {"sign_answer": "refuse"}, {"sign_answer": "tell"}],
}
FACTS = {"members": [4, 7], "signatories": [4, 7]}
POLICY = {"limits": {"rounds": 2}}
MOST_MOVES = 16


def paths(diagrams: Diagrams, process: str, moves: tuple[Move, ...] = ()) -> Iterator[tuple[Move, ...]]:
    """Every row of moves that ends the process; a row that goes round for too long is given up."""
    now, _ = walk(diagrams, process, moves, save=True)
    if now.finished:
        yield moves
        return
    if len(moves) == MOST_MOVES:
        return
    for element in open_elements(now):
        for facts in ANSWERS.get(element, [{}]):
            again = facts.get("again") and any(each.get("again") for _, each in moves)
            if not again:
                yield from paths(diagrams, process, (*moves, (element, facts)))


def walk(diagrams: Diagrams, process: str, moves: Sequence[Move], *, save: bool) -> tuple[Process, Trial]:
    trial = Trial(FACTS, POLICY)
    now = begin(diagrams, trial, process)
    for element, facts in moves:
        if save:
            now = restored(now, diagrams, trial)
        trial.case.update(facts)
        move(now, element)
    return (restored(now, diagrams, trial) if save else now), trial


@pytest.mark.parametrize(
    ("process", "files", "ends", "least"),
    [
        ("review", ["review"], {"closed", "chased"}, 40),
        ("panel", ["panel"], {"announced", "lapsed"}, 4),
        ("whole", ["whole", "stage", "substage"], {"closed", "talked", "noted", "chased"}, 15),
        ("waits", ["waits"], {"replied", "unheard", "given_up"}, 3),
    ],
)
def test_every_path_ends_the_same_with_saving_and_without(
    process: str, files: list[str], ends: set[str], least: int
) -> None:
    diagrams = drawn(*files)
    reached: set[str] = set()
    count = 0
    for moves in paths(diagrams, process):
        saved, trial = walk(diagrams, process, moves, save=True)
        straight, other = walk(diagrams, process, moves, save=False)
        assert anonymous(saved.dump()) == anonymous(straight.dump())
        assert (trial.acted, trial.decisions, trial.case) == (other.acted, other.decisions, other.case)
        reached |= been_through(straight)
        count += 1
    assert count >= least
    assert ends <= reached
    assert "odd" not in reached


def test_joins_wait_for_all_that_still_comes_in_every_round() -> None:
    diagrams, rounds = drawn("branches"), set()
    for moves in paths(diagrams, "branches"):
        saved, _ = walk(diagrams, "branches", moves, save=True)
        straight, _ = walk(diagrams, "branches", moves, save=False)
        assert anonymous(saved.dump()) == anonymous(straight.dump())
        done: list[str] = []
        for element, facts in moves:
            if element == "meet":
                assert sorted(done) == ["doctor", "manager", "manager_checks"]
                done = [f"-{paper}" for paper in facts["papers"] or ["minutes"]]
            elif f"-{element}" in done:
                done.remove(f"-{element}")
            else:
                assert not [each for each in done if each.startswith("-")]
                done.append(element)
        assert done == []
        rounds.add(sum(element == "meet" for element, _ in moves))
    assert rounds == {1, 2}

"""Chance walks through the diagrams that come with Accord: whatever people answer, a case goes on or ends."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.engine.trial import Trial, anonymous, begin, move, restored
from workflows.domain.fields import Field
from workflows.domain.policy import read_policy
from workflows.domain.vocabulary import ACTIONS, MESSAGES, PLAN_KINDS, SCREENS
from workflows.engine.diagrams import Diagrams, read_release
from workflows.engine.drawings import Node
from workflows.engine.process import Process

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
TEXTS = {
    each.relative_to(BPMN).as_posix(): each.read_text(encoding="utf-8")
    for each in sorted(BPMN.rglob("*"))
    if each.suffix in {".bpmn", ".dmn", ".toml"}
}
DIAGRAMS: Diagrams = read_release(TEXTS)
ROUNDS = 40
"""Moves after which a walk has gone round long enough."""


class Walk(Trial):
    """A trial that answers by chance: fields, service work and messages bring values of their types."""

    def __init__(self, trust: str, kind: str, seed: int) -> None:
        chance = Random(seed)
        policies = {path: text for path, text in TEXTS.items() if path.endswith(".toml")}
        super().__init__(
            {"kind": kind, "year": "2027/28", "subject": 4, "team": 1}, read_policy(trust, policies).values
        )
        self.chance = chance

    def act(self, node: Node) -> None:
        super().act(node)
        self.write({key: self.value(kind) for key, kind in ACTIONS[node.action].supplies.items()})

    def write(self, facts: Mapping[str, Any]) -> None:
        self.case.update(facts)
        self.case["all"] = {key: [value] for key, value in self.case.items() if key != "all"}

    def answer(self, node: Node) -> None:
        """Fill in a step."""
        self.write({field.key: self.filled(field) for field in node.fields})
        if node.screen:
            self.write({key: self.value(kind) for key, kind in SCREENS[node.screen].supplies.items()})
        if node.message:
            self.write({key: self.value(kind) for key, kind in MESSAGES[node.message].items()})

    def filled(self, field: Field) -> Any:
        if field.options:
            chosen = self.chance.choice(field.options)[0]
            return [chosen] if field.type == "several" else chosen
        return self.value(field.type) if field.required or self.chance.random() < 0.7 else None

    def value(self, kind: str) -> Any:
        by_chance = {
            "date": f"2027-0{self.chance.randint(1, 9)}-1{self.chance.randint(0, 9)}",
            "number": self.chance.choice([0, 1, 7, 10.5]),
            "yes_no": self.chance.choice([True, False]),
            "person": 4,
            "people": self.chance.sample([4, 7, 9, 11], self.chance.randint(0, 4)),
            "teams": self.chance.sample([1, 2, 3], self.chance.randint(0, 3)),
            "list": self.chance.sample(["a", "b"], self.chance.randint(0, 2)),
            "rows": [],
            "mapping": {},
            "plan": 3,
            "time": "09:30",
        }
        return by_chance.get(kind, "words")


def walk(process: str, trust: str, kind: str, seed: int, *, save: bool) -> tuple[Process, Walk]:
    """One walk, the same for the same seed."""
    around = Walk(trust, kind, seed)
    now = begin(DIAGRAMS, around, process)
    for _ in range(ROUNDS):
        if now.finished:
            break
        if save:
            now = restored(now, DIAGRAMS, around)
        wait = around.chance.choice(now.waiting())
        around.answer(DIAGRAMS.drawing(wait.process).nodes[wait.element])
        move(now, f"{wait.element}/{wait.item}" if wait.item else wait.element)
    return now, around


@pytest.mark.parametrize("trust", ["cumbria", "blackpool"])
@pytest.mark.parametrize(
    ("process", "kind"),
    [
        ("planning_round", "annual"),
        ("team_planning", "annual"),
        ("additional_pa", "extra_pa"),
        *(("individual_planning", kind) for kind in PLAN_KINDS),
    ],
)
def test_a_case_goes_on_whatever_people_answer_and_is_the_same_saved_and_unsaved(
    process: str, kind: str, trust: str
) -> None:
    ended = 0
    for seed in range(25):
        saved, around = walk(process, trust, kind, seed, save=True)
        straight, other = walk(process, trust, kind, seed, save=False)
        assert anonymous(saved.dump()) == anonymous(straight.dump())
        assert (around.acted, around.decisions) == (other.acted, other.decisions)
        assert len(saved.dump()) < 8_000
        ended += saved.finished
    assert ended > 0

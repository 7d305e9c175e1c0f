"""What is shipped is sound, and diagrams, roles, deadlines and screens know each other both ways."""

from pathlib import Path

import pytest

from tests.engine.check.sound import BPMN
from workflows.domain.vocabulary import PROCESSES
from workflows.engine.check import check
from workflows.engine.check.facts import of_family
from workflows.engine.check.library import library
from workflows.engine.expressions import deadline_of

FILES = {
    str(path.relative_to(BPMN)): path.read_bytes()
    for path in sorted(BPMN.rglob("*"))
    if path.suffix in (".bpmn", ".dmn", ".toml", ".csv", ".md")
}
DRAWN = [path for path in FILES if path.endswith(".bpmn")]


@pytest.mark.parametrize("path", [path for path in FILES if not path.endswith(".csv")])
def test_a_shipped_file_is_sound(path: str) -> None:
    assert check(FILES, only=[path]) == []


@pytest.mark.parametrize("path", DRAWN)
def test_a_shipped_diagram_is_named_as_its_file(path: str) -> None:
    drawing = next(each for each in library(FILES, {}).drawings.values() if each.path == path)
    assert drawing.process == Path(path).stem
    assert drawing.process in PROCESSES


@pytest.mark.parametrize("path", DRAWN)
def test_every_deadline_of_a_shipped_diagram_can_start(path: str) -> None:
    books = library(FILES, {})
    drawing = next(each for each in books.drawings.values() if each.path == path)
    known = of_family(drawing.process, books)
    never = [
        (node.id, policy.key, rule.start)
        for node in drawing.nodes.values()
        for name in {node.deadline, deadline_of(node.timer)} - {""}
        for policy in books.policies
        if (rule := policy.deadlines[name]).start not in known
    ]
    assert never == []


@pytest.mark.parametrize("path", DRAWN)
def test_a_shipped_diagram_reads_from_its_start_to_its_ends(path: str) -> None:
    drawing = next(each for each in library(FILES, {}).drawings.values() if each.path == path)
    assert sorted(drawing.order) == sorted(drawing.nodes)
    assert drawing.order[0] == drawing.start
    assert drawing.nodes[drawing.order[-1]].type == "endEvent"

"""`accord check` tells what goes wrong on some way through a diagram, with the way to it."""

import json
from pathlib import Path

import pytest

from tests.engine.check.sound import BPMN
from workflows.studio.checking import Checked, checked
from workflows.studio.soundness import of_draft

MEDIATION = (BPMN / "processes" / "mediation.bpmn").read_text(encoding="utf-8")


def broken() -> str:
    """Mediation whose way to another meeting asks for an answer that nobody can give."""
    assert '"another_meeting"' in MEDIATION
    return MEDIATION.replace('case.mediation_result == "agreed"', 'case.mediation_result == "settled"')


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Checked]:
    mine = tmp_path_factory.mktemp("mine") / "mediation.bpmn"
    mine.write_text(broken(), encoding="utf-8")
    return mine, checked([mine], BPMN)


def test_a_step_that_no_answers_reach_is_a_problem_with_the_way_to_where_it_parts(told: tuple[Path, Checked]) -> None:
    mine, result = told
    assert result.exit_code == 1
    (line,) = result.lines
    assert line.startswith(f"{mine}:")
    assert ": mediation_agreed: No answers lead to “" in line
    assert "The way there: The case begins — Kind of case: something else → Choose how to go on — " in line


def test_machines_get_the_way_as_a_list(told: tuple[Path, Checked]) -> None:
    (problem,) = json.loads(told[1].json)["problems"]
    assert problem["element"] == "mediation_agreed"
    assert problem["way"][-1] == "Record the mediation — What came of it? We agree or We do not agree"
    assert len(problem["way"]) > 3


def test_the_shipped_diagrams_are_all_right() -> None:
    assert checked(sorted((BPMN / "processes").iterdir()), BPMN).lines == ["ok"]


def test_every_process_of_a_set_is_told_by_its_title_with_how_much_was_looked_at() -> None:
    files = {path.relative_to(BPMN).as_posix(): path.read_text(encoding="utf-8") for path in BPMN.rglob("*.*")}
    found = of_draft(files)
    assert [one.title for one in found] == sorted(one.title for one in found)
    assert {one.process: one.found.looked_at for one in found}["mediation"].startswith("Looked at all ")

"""The check command's core: given files over those that are shipped."""

import json
from pathlib import Path

import pytest

from tests.engine.check.sound import FILES, STAGE, TABLE, edited, line_of
from workflows.studio.checking import NoSuchFile, check_files, checked


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """The sound set in a folder, as bpmn/ would have it."""
    for path, text in FILES.items():
        file = tmp_path / "bpmn" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "bpmn"


def test_sound_files_are_ok(shipped: Path) -> None:
    result = checked([shipped / path for path in FILES], shipped)
    assert result.lines == ["ok"]
    assert result.exit_code == 0
    assert json.loads(result.json) == {"ok": True, "problems": [], "remarks": []}


def test_a_problem_is_one_line_under_the_path_as_it_was_given(shipped: Path) -> None:
    mine = shipped.parent / "mine.bpmn"
    text = edited(STAGE, (' name="Look closer"', ""))
    mine.write_text(text, encoding="utf-8")
    result = checked([str(mine)], shipped)
    line = line_of(text, "<userTask")
    assert result.lines == [f"{mine}:{line}: look: The step has no name."]
    assert result.exit_code == 1
    assert json.loads(result.json) == {
        "ok": False,
        "problems": [
            {
                "file": str(mine),
                "line": line,
                "element": "look",
                "sentence": "The step has no name.",
                "way": [],
                "also": [],
                "follows": False,
            }
        ],
        "remarks": [],
    }


def test_a_remark_is_marked_as_one_and_refuses_nothing(shipped: Path) -> None:
    trust = shipped / "policies" / "cumbria.toml"
    trust.write_text(trust.read_text(encoding="utf-8") + '[studio]\napprove = ["practitioner"]\n', encoding="utf-8")
    result = checked([trust], shipped)
    (first, remark) = result.lines
    assert (first, result.exit_code) == ("ok", 0)
    assert remark.startswith(f"remark: {trust}:")
    assert remark.endswith("in any case may approve changes of the processes. Is that meant?")


def test_a_problem_of_no_element_says_so(shipped: Path) -> None:
    mine = shipped.parent / "mine.bpmn"
    mine.write_text("<html/>", encoding="utf-8")
    assert checked([mine], shipped).lines == [f"{mine}:1: -: This file is not a BPMN drawing."]


def test_a_given_diagram_and_table_take_the_place_of_the_shipped_ones(shipped: Path) -> None:
    stage, table = shipped.parent / "other_name.bpmn", shipped.parent / "other_name.dmn"
    stage.write_text(STAGE, encoding="utf-8")
    table.write_text(TABLE, encoding="utf-8")
    review = shipped / "processes" / "review.bpmn"
    assert check_files([stage, table, review], shipped) == []


def test_a_shipped_file_is_not_its_own_rival_by_another_path(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shipped / "processes")
    assert check_files(["../processes/./review.bpmn"], shipped) == []


def test_two_given_diagrams_of_one_process_are_refused(shipped: Path) -> None:
    mine = shipped.parent / "mine.bpmn"
    mine.write_text(STAGE, encoding="utf-8")
    found = check_files([mine, shipped / "processes" / "closer_look.bpmn"], shipped)
    assert [each.element for each in found] == ["closer_look", "closer_look"]


def test_a_file_that_is_not_there_is_said_to_be_missing(shipped: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"There is no file .*ghost\.bpmn that can be read\."):
        check_files([shipped / "ghost.bpmn"], shipped)


def test_a_file_of_another_kind_is_refused(shipped: Path) -> None:
    letter = shipped.parent / "letter.txt"
    letter.write_text("Dear doctor", encoding="utf-8")
    assert [each.sentence for each in check_files([letter], shipped)] == [
        "Only diagrams (.bpmn), decision tables (.dmn), policies (.toml), letters (.md) and clauses.csv can be checked."
    ]


def test_a_fault_of_a_letter_is_one_line_with_its_file_and_line(shipped: Path) -> None:
    mine = shipped.parent / "report.md"
    mine.write_text("title: The report\nto: amd\n\nDear {boss},\n", encoding="utf-8")
    assert checked([mine], shipped).lines == [f"{mine}:4: report: `{{boss}}` stands for nothing."]

"""The marks that say which clause a test shows to be met name clauses that there are."""

from pathlib import Path

import pytest

from tests import clauses

MARKED = """
import pytest

pytestmark = pytest.mark.clause("CPFT-0")

@pytest.mark.clause("CPFT-1", "CPFT-nowhere")
@pytest.mark.parametrize("weeks", [pytest.param(4, marks=pytest.mark.clause("CPFT-7.5-a"))])
def test_something(weeks): ...
"""


def test_every_clause_that_a_test_names_is_in_the_list() -> None:
    known = clauses.clauses()
    assert [mark for mark in clauses.marks() if mark.clause not in known] == []


def test_marks_are_found_on_modules_tests_and_parameters(tmp_path: Path) -> None:
    (tmp_path / "test_marked.py").write_text(MARKED, encoding="utf-8")
    assert {mark.clause for mark in clauses.marks(tmp_path)} == {"CPFT-0", "CPFT-1", "CPFT-nowhere", "CPFT-7.5-a"}


def test_a_mark_that_names_no_clause_is_told_with_its_place_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_marked.py").write_text(MARKED, encoding="utf-8")
    monkeypatch.setattr(clauses, "ROOT", tmp_path)
    found = list(clauses.marks(tmp_path))
    monkeypatch.setattr(clauses, "marks", lambda: iter(found))
    assert clauses.main([]) == 1
    assert "test_marked.py:6: CPFT-nowhere: no such clause" in capsys.readouterr().out

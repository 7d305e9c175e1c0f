"""Whatever is done to a drawing in whatever order, it can be read, checked and looked at."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.editing.drawn import SHIPPED, edited_at_random, faults_of_the_picture
from workflows.engine.check import check
from workflows.engine.drawings import read

SMALL = [path for path in SHIPPED if path.stat().st_size < 20_000]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_edits_of_a_shipped_diagram_keep_its_picture_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = set(faults_of_the_picture(text))
    assert not [fault for fault in known if "line" not in fault]
    for made in edited_at_random(text, Random(path.stem), 3):
        assert set(faults_of_the_picture(made.text)) - known == set(), made.said


@settings(max_examples=12, deadline=None)
@given(st.integers(min_value=0, max_value=10**6), st.sampled_from(SMALL))
def test_any_sequence_of_edits_can_be_read_and_checked(seed: int, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for made in edited_at_random(text, Random(seed), 4):
        assert made.said.endswith(".")
        assert list(faults_of_the_picture(made.text)) == [], made.said
        drawing = read(made.text)
        assert drawing.process == read(text).process
        problems = check({path.name: made.text})
        assert not [each.sentence for each in problems if "BPMN standard" in each.sentence or not each.line], made.said
        assert not made.element or made.element in {*drawing.nodes, *(flow.id for flow in drawing.flows)}

"""The picture after an edit: what did not change stays where it was, and what is new has room."""

from itertools import pairwise

import pytest

from tests.engine.editing.drawn import SHIPPED, faults_of_the_picture
from workflows.engine.editing import repairs, steps
from workflows.engine.editing.diagram import Diagram
from workflows.engine.editing.picture import Box, Picture
from workflows.engine.editing.repairing import Offered
from workflows.engine.editing.routing import Around, Effort, route
from workflows.engine.editing.steps import NewStep

MEDIATION = next(path for path in SHIPPED if path.stem == "mediation").read_text(encoding="utf-8")
WITHOUT = MEDIATION[: MEDIATION.index("  <bpmndi:BPMNDiagram")] + "</bpmn:definitions>\n"


def picture(text: str) -> Picture:
    return Picture(Diagram(text))


def test_a_new_step_stands_level_between_its_neighbours_and_what_is_to_the_right_moves_on() -> None:
    made = steps.add_step(MEDIATION, NewStep("Talk again"), after="record_mediation")
    before, after = picture(MEDIATION).boxes(), picture(made.text).boxes()
    new = after["talk_again"]
    assert new.middle[1] == after["record_mediation"].middle[1] == after["agreement_reached"].middle[1]
    assert after["record_mediation"].right < new.x < new.right < after["agreement_reached"].x
    cut = before["record_mediation"].right
    moved = {after[key].x - box.x for key, box in before.items() if box.x >= cut}
    assert len(moved) == 1
    assert all(after[key] == box for key, box in before.items() if box.x < cut)


def test_a_line_that_nothing_touched_is_as_it_was_drawn() -> None:
    made = steps.add_step(MEDIATION, NewStep("Talk again"), after="decide_on_pay")
    before, after = picture(MEDIATION), picture(made.text)
    for key in ("mediation_opens_to_name_mediator", "agreement_reached_to_book_mediation", "about_pay_to_decide"):
        assert after.line(key) == before.line(key)


def test_a_step_of_a_new_role_gets_a_lane_below_and_the_pool_grows_around_it() -> None:
    text = steps.assign(MEDIATION, "decide", "finance").text
    after = picture(text)
    bands = after.bands()
    assert max(bands, key=lambda key: bands[key].y) == "lane_finance"
    assert bands["lane_finance"].holds(after.boxes()["decide"])
    pool = after.box(after.pool())
    assert pool is not None
    assert pool.bottom == bands["lane_finance"].bottom


def test_a_process_without_a_picture_gets_one() -> None:
    made = repairs.mend(WITHOUT, "picture", {}, Offered())
    assert not list(faults_of_the_picture(made.text))
    assert made.text.startswith(WITHOUT[: WITHOUT.index("</bpmn:process>")])


@pytest.mark.parametrize("effort", [Effort(10_000), Effort(0)])
def test_a_line_is_level_and_upright_whatever_it_may_cost(effort: Effort) -> None:
    one, other, between = Box(0, 0, 120, 80), Box(600, 300, 120, 80), Box(300, 100, 120, 200)
    line = route(one, other, Around([one, other, between]), effort)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line))
    assert one.touched(line[0])
    assert other.touched(line[-1])
    if effort.left:
        assert not any(between.crossed(a, b) for a, b in pairwise(line))

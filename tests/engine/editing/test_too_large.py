"""A diagram that nobody could read is not redrawn: it says so at once."""

import pytest

from tests.hostile.diagrams import flow, joined, round_trip
from workflows.engine.editing.diagram import CannotChange
from workflows.engine.editing.steps import NewStep, add_step


def test_a_step_is_not_added_to_a_diagram_of_more_elements_than_can_be_redrawn() -> None:
    ways = joined(flow(f"w{n}", "a", "e", "case.go == True") for n in range(495))
    text = str(round_trip(f'<exclusiveGateway id="a"/>{ways}').text)
    with pytest.raises(CannotChange, match="more than 500 elements, too many to be redrawn"):
        add_step(text, NewStep(name="One more", role="amd", documentation="Do it."), after="q")

"""What stops a draft from being published: first what has to be mended, then what may only follow from it."""

from tests.factories import shipped_files
from workflows.engine.editing.diagram import Diagram
from workflows.studio.faults import faults

PATH = "processes/appeal_panel.bpmn"


def test_a_round_without_an_end_is_told_below_the_choice_of_one_way_that_makes_it() -> None:
    diagram = Diagram(shipped_files()[PATH])
    diagram.drop_flow(diagram.flows["objected_to_third_there"])
    cause, consequence = faults({**shipped_files(), PATH: diagram.source.text()})
    assert cause.sentence == "This is the only way out, so it must not depend on a condition."
    assert consequence.sentence == "From here no end can be reached: the case would go round for ever."
    assert cause.line > consequence.line, "where they stand in the file is not what counts"

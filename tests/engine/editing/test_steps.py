"""Steps: added, given to a role, moved and removed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engine.editing.drawn import SHIPPED, faults_of_the_picture
from workflows.engine.called import called
from workflows.engine.check import check
from workflows.engine.drawings import Drawing, read
from workflows.engine.editing import branches, fields, removing, steps
from workflows.engine.editing.branches import Way
from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.steps import NewStep
from workflows.engine.expressions import Refused

ALL = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED}
MEDIATION, ISSUE = ALL["mediation"], ALL["compliance_issue"]
RELEASE = {
    str(path.relative_to(SHIPPED[0].parents[1])): path.read_text(encoding="utf-8")
    for path in Path(SHIPPED[0].parents[1]).rglob("*")
    if path.is_file()
}
ASK = NewStep("Ask the team", "service_manager", "Ask the team what they think.")


def meaning(text: str) -> Any:
    """A drawing without the lines and the order of its file."""
    drawing: Drawing = read(text)
    nodes = {key: replace(node, line=0) for key, node in drawing.nodes.items()}
    return nodes, {replace(flow, line=0) for flow in drawing.flows}, drawing.lanes


def sentences(text: str, process: str = "mediation") -> list[str]:
    path = f"processes/{process}.bpmn"
    return [problem.sentence for problem in check({**RELEASE, path: text}, only=[path])]


def test_a_step_added_after_another_comes_next_and_may_be_published() -> None:
    made = steps.add_step(MEDIATION, ASK, after="record_mediation")
    drawing = read(made.text)
    assert made.said == "Added the step “Ask the team” after “Record the mediation”."
    assert made.element == "ask_the_team"
    assert drawing.nodes["ask_the_team"].lane == "service_manager"
    assert [flow.target for flow in drawing.outgoing["record_mediation"]] == ["ask_the_team"]
    assert [flow.target for flow in drawing.outgoing["ask_the_team"]] == ["agreement_reached"]
    assert sentences(made.text) == []


def test_a_step_added_before_one_that_several_ways_lead_to_comes_first_on_all_of_them() -> None:
    drawing = read(steps.add_step(MEDIATION, ASK, before="answer_decision").text)
    assert {flow.source for flow in drawing.incoming["ask_the_team"]} == {"decide", "decide_on_pay"}
    assert [flow.source for flow in drawing.incoming["answer_decision"]] == ["ask_the_team"]


def test_a_step_of_no_named_role_stands_in_the_lane_of_the_one_before() -> None:
    drawing = read(steps.add_step(MEDIATION, NewStep("Note it"), after="record_mediation").text)
    assert drawing.nodes["note_it"].lane == "mediator"


def test_two_steps_of_one_name_have_two_ids() -> None:
    once = steps.add_step(MEDIATION, ASK, after="record_mediation").text
    assert steps.add_step(once, ASK, after="record_mediation").element == "ask_the_team_2"


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda text: steps.add_step(text, ASK, after="about_pay"), "Several ways leave “About pay progression"),
        (lambda text: steps.add_step(text, ASK, after="decision_stands"), "Nothing can follow “Decision stands”"),
        (lambda text: steps.add_step(text, ASK, before="mediation_opens"), "Nothing can come before"),
        (lambda text: steps.add_step(text, ASK, after="nowhere"), "There is no element “nowhere”"),
        (lambda text: steps.add_step(text, NewStep("  "), after="decide"), "Give the step a name"),
        (lambda text: steps.move_step(text, "answer_decision", up=True), "cannot change places"),
        (lambda text: removing.remove_step(text, "mediation_opens"), "A case needs its beginning"),
        (lambda text: removing.remove_step(text, "about_pay"), "Several ways leave"),
        (lambda text: branches.add_timer(text, "about_pay", "sign_off", end="Late"), "takes no time"),
        (lambda text: branches.set_default(text, "about_pay_to_decide"), "is the default already"),
        (
            lambda text: branches.set_condition(text, "about_pay_to_decide", "case.x == 1"),
            "Make another way the default",
        ),
        (lambda text: branches.lead_to(text, "decide_to_answer_decision", to="time_up_to_appeal"), "No way can lead"),
        (lambda text: steps.set_detail(text, "about_pay", "screen", "plan"), "Only a step of a person has a page"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(edit: Any, sentence: str) -> None:
    with pytest.raises(CannotChange, match=sentence):
        edit(MEDIATION)


def test_a_condition_that_cannot_be_read_is_refused_by_the_evaluator_itself() -> None:
    with pytest.raises(Refused, match="Only the functions that are listed can be called"):
        branches.set_condition(MEDIATION, "about_pay_to_recommend_on_pay", "(lambda: 1)()")


@pytest.mark.parametrize("name", ["mediation", "compliance_issue", "sign_off", "planning_round"])
def test_adding_a_step_and_removing_it_leaves_the_process_as_it_was(name: str) -> None:
    text = ALL[name]
    drawing = read(text)
    for node in drawing.nodes.values():
        if node.type == "userTask":
            there = steps.add_step(text, ASK, after=node.id)
            assert meaning(removing.remove_step(there.text, there.element).text) == meaning(text)


def test_moving_a_step_up_and_down_again_leaves_the_process_as_it_was() -> None:
    up = steps.move_step(MEDIATION, "record_mediation", up=True)
    assert up.said == "Moved “Record the mediation” before “Book the mediation meeting”."
    assert {flow.source for flow in read(up.text).incoming["record_mediation"]} == {
        "name_mediator",
        "agreement_reached",
    }
    assert meaning(steps.move_step(up.text, "record_mediation", up=False).text) == meaning(MEDIATION)
    assert not list(faults_of_the_picture(up.text))


def test_a_step_given_to_a_new_role_and_back_leaves_no_empty_lane_behind() -> None:
    there = steps.assign(MEDIATION, "decide", "finance")
    assert read(there.text).lanes[-1] == "finance"
    assert there.said == "Gave “Decide in writing” to finance."
    assert meaning(steps.assign(there.text, "decide", "mediator").text) == meaning(MEDIATION)


def test_details_of_a_step_are_written_and_taken_away_again() -> None:
    there = steps.set_detail(MEDIATION, "decide", "for_each", "case.members").text
    assert read(there).nodes["decide"].for_each == "case.members"
    assert steps.set_detail(there, "decide", "for_each", "").text == MEDIATION


def test_removing_a_step_removes_what_only_its_deadline_led_to_and_says_so() -> None:
    made = removing.remove_step(MEDIATION, "answer_decision")
    assert "note_late_appeal" not in read(made.text).nodes
    assert made.said.startswith("Removed “Accept the decision or appeal”, and “Note that time is up”, ")
    assert made.said.endswith(", which only it led to.")
    assert not list(faults_of_the_picture(made.text))


def test_a_way_out_of_a_choice_removed_leaves_no_choice_of_one() -> None:
    made = removing.remove_way(MEDIATION, "about_pay_to_recommend_on_pay")
    drawing = read(made.text)
    assert not {"about_pay", "recommend_on_pay", "decide_on_pay"} & drawing.nodes.keys()
    assert [flow.target for flow in drawing.outgoing["agreement_reached"]][-1] == "decide"
    assert sentences(made.text) == []


def test_a_choice_has_a_default_and_its_ways_come_together_again() -> None:
    way = Way('case.mediation_result == "agreed"', "Yes", step=ASK)
    made = branches.add_choice(MEDIATION, after="decide", question="Ask them?", ways=[way], otherwise="No")
    drawing = read(made.text)
    assert drawing.nodes["ask_them"].default == "ask_them_to_answer_decision"
    assert [flow.target for flow in drawing.outgoing["ask_the_team"]] == ["answer_decision"]
    assert sentences(made.text) == []
    assert meaning(removing.remove_way(made.text, "ask_them_to_ask_the_team").text) == meaning(MEDIATION)


def test_making_the_other_way_the_default_turns_the_condition_round() -> None:
    drawn = branches.set_default(ISSUE, "issue_settled_to_tell_directorate")
    flows = {flow.id: flow for flow in read(drawn.text).flows}
    assert flows["issue_settled_to_deal_with_issue"].condition == 'not (case.issue_state == "dealt")'
    back = branches.set_default(drawn.text, "issue_settled_to_deal_with_issue")
    assert meaning(back.text) == meaning(ISSUE)


def test_a_deadline_ends_a_step_and_may_be_taken_away_again() -> None:
    made = branches.add_timer(MEDIATION, "decide", "mediation_meeting", end="No decision in time")
    event = next(node for node in read(made.text).nodes.values() if node.attached_to == "decide")
    assert event.timer == 'due("mediation_meeting")'
    assert sentences(made.text) == []
    assert meaning(branches.remove_timer(made.text, event.id).text) == meaning(MEDIATION)


def test_fields_are_asked_in_the_order_that_was_given() -> None:
    asked = fields.DrawnField("Who was there?", "choice", options=[("", "All; all"), ("", "Some")], required=True)
    made = fields.add_field(MEDIATION, "decide", asked, at=0)
    first = read(made.text).nodes["decide"].fields[0]
    assert (first.key, first.options) == ("who_was_there", (("all_all", "All, all"), ("some", "Some")))
    down = fields.move_field(made.text, "decide", "who_was_there", up=False)
    assert read(down.text).nodes["decide"].fields[1].key == "who_was_there"
    assert fields.remove_field(made.text, "decide", "who_was_there").text == MEDIATION
    assert sentences(made.text) == []


def test_a_changed_field_keeps_its_key() -> None:
    made = fields.change_field(
        ISSUE, "deal_with_issue", "issue_record", fields.DrawnField("What was done?", "long_text")
    )
    field = read(made.text).nodes["deal_with_issue"].fields[1]
    assert (field.key, field.label, field.required) == ("issue_record", "What was done?", False)


def test_a_choice_without_a_name_is_called_after_the_step_before_it() -> None:
    way = Way('case.mediation_result == "agreed"', "Yes", step=ASK)
    made = branches.add_choice(MEDIATION, after="decide", question="Ask them?", ways=[way], otherwise="No")
    diagram = Diagram(made.text.replace(' name="Ask them?"', ""))
    assert diagram.called("ask_them") == "the choice after “Decide in writing”"
    assert called(read(diagram.source.text()), "ask_them") == "the choice after “Decide in writing”"
    said = removing.remove_way(diagram.source.text(), "ask_them_to_ask_the_team").said
    assert "after the choice after “Decide in writing”" in said


def test_a_step_without_a_name_is_called_by_what_stands_beside_it() -> None:
    first = Diagram(MEDIATION.replace(' name="Name the mediator"', ""))
    assert first.called("name_mediator") == "the step after “Referral received”"
    both = Diagram(first.source.text().replace(' name="Record the mediation"', ""))
    assert both.called("record_mediation") == "the step after “Book the mediation meeting”"
    row = Diagram(MEDIATION.replace(' name="Name the mediator"', "").replace(' name="Referral received"', ""))
    assert row.called("name_mediator") == "the step after the start"


def test_sentences_of_changes_say_titles_where_they_are_given() -> None:
    said = steps.set_detail(MEDIATION, "decide", "deadline", "sign_off", shown="Signatures under the job plan").said
    assert said.endswith("to “Signatures under the job plan”.")
    assert steps.assign(MEDIATION, "decide", "finance", shown="Finance Department").said.endswith(
        "to Finance Department."
    )
    timed = branches.add_timer(MEDIATION, "decide", "sign_off", shown="Signatures under the job plan").said
    assert timed.startswith("Let the deadline “Signatures under the job plan” end “")

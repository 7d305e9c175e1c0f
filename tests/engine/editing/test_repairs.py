"""A diagram of another tool runs once its repairs are taken."""

from dataclasses import replace

import pytest

from tests.engine.editing.drawn import faults_of_the_picture
from tests.engine.editing.samples import ALL, BPMN_IO, CAMUNDA, SIGNAVIO, SPIFF
from tests.engine.editing.test_steps import RELEASE
from tests.factories import shipped_files
from workflows.engine.check import check
from workflows.engine.drawings import read
from workflows.engine.editing import repairs
from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.repairing import Offered
from workflows.engine.editing.repairs_of_names import process_id
from workflows.engine.editing.repairs_of_vendors import translated

OFFERED = Offered(
    roles=(
        ("practitioner", "Doctor"),
        ("clinical_manager", "Clinical director"),
        ("service_manager", "Service manager"),
    ),
    deadlines=(("sign_off", "Sign-off"), ("mediation_meeting", "Mediation meeting")),
    lengths={"mediation_meeting": "P2W", "sign_off": "P1M"},
)


def named(text: str) -> str:
    diagram = Diagram(text)
    process_id(diagram, "imported")
    return diagram.source.text()


def mended(text: str) -> tuple[str, list[str]]:
    """A text after all its repairs, as they are suggested; and all that was said."""
    text, said = named(text), list[str]()
    while found := repairs.wanted(text, OFFERED):
        answers = {asked.key: asked.suggested or "practitioner" for asked in found[0].asks}
        made = repairs.mend(text, found[0].key, answers, OFFERED)
        text = made.text
        said += made.said
        assert len(said) < 100, [each.key for each in found]
    return text, said


def problems(text: str) -> list[str]:
    return [str(each) for each in check({**RELEASE, "processes/imported.bpmn": text}, only=["processes/imported.bpmn"])]


@pytest.mark.parametrize("tool", ALL)
def test_a_diagram_of_another_tool_is_mended_by_what_is_suggested(tool: str) -> None:
    text, said = mended(ALL[tool])
    of_the_facts = ("reads `case.state`", "so it would never start")
    assert [each for each in problems(text) if not any(words in each for words in of_the_facts)] == []
    assert not list(faults_of_the_picture(text))
    assert all(each.endswith(".") for each in said)


def test_camunda_fields_conditions_durations_and_assignees_become_ours() -> None:
    drawing = read(mended(CAMUNDA)[0])
    ask = drawing.nodes["ask_for_leave"]
    assert [(field.key, field.type, field.required) for field in ask.fields] == [
        ("days", "number", True),
        ("purpose", "choice", False),
    ]
    assert ask.fields[1].options == (("course", "A course"), ("exam", "An examination"))
    assert (drawing.process, ask.lane, drawing.nodes["approve_the_leave"].lane) == (
        "study_leave",
        "practitioner",
        "clinical_manager",
    )
    assert drawing.nodes["long"].default == "long_to_leave_settled"
    assert drawing.nodes["two_weeks_over"].timer == 'due("mediation_meeting")'
    condition = next(flow.condition for flow in drawing.flows if flow.condition)
    assert condition == "(case.days != None and case.days > 5) and case.purpose != 'exam'"


def test_what_camunda_wrote_besides_survives() -> None:
    text = mended(CAMUNDA)[0]
    for kept in ('camunda:historyTimeToLive="180"', "<camunda:formData>", 'modeler:executionPlatformVersion="7.20.0"'):
        assert kept in text


def test_signavio_lanes_become_roles_its_split_a_choice_and_its_other_pool_goes() -> None:
    text, said = mended(SIGNAVIO)
    drawing = read(text)
    assert drawing.lanes == ("practitioner", "service_manager")
    assert drawing.nodes["look_at_the_rota"].type == "userTask"
    gateway = drawing.outgoing["look_at_the_rota"][0].target
    assert drawing.nodes[gateway].type == "exclusiveGateway"
    assert {drawing.nodes[key].type for key in drawing.order[:1]} == {"startEvent"}
    assert "Removed the pool “Patient”." in said
    assert "signavio:signavioMetaData" in text


def test_spiff_forms_leave_a_question_and_ways_without_ids_get_one() -> None:
    assert [field.key for field in read(mended(SPIFF)[0]).nodes["choose_what_to_borrow"].fields] == ["choose"]
    assert [found.key for found in repairs.wanted(named(BPMN_IO), OFFERED)] == ["flow_ids"]
    text = mended(BPMN_IO)[0]
    assert "<!-- drawn in a hurry -->" in text
    assert "write_the_plan_to_read_the_plan" in {flow.id for flow in read(text).flows}


def test_answers_count_more_than_what_is_suggested() -> None:
    text = named(SIGNAVIO)
    lanes = next(found for found in repairs.wanted(text, OFFERED) if found.key == "lanes")
    assert lanes.suggested == {"lane-sid-l001": "practitioner", "lane-sid-l002": "service_manager"}
    both = {"lane-sid-l001": "clinical_manager", "lane-sid-l002": "clinical_manager"}
    assert read(repairs.mend(text, "lanes", both, OFFERED).text).lanes == ("clinical_manager",)


def test_a_step_in_no_lane_goes_to_whoever_has_the_lane_in_which_it_is_drawn() -> None:
    text = shipped_files()["processes/mediation.bpmn"].replace("<bpmn:flowNodeRef>decide</bpmn:flowNodeRef>", "")
    offered = replace(OFFERED, roles=(*OFFERED.roles, ("mediator", "Mediator")))
    asked = next(found for found in repairs.wanted(text, offered) if found.key == "roles")
    assert asked.suggested == {"role-decide": "mediator"}
    assert read(repairs.mend(text, "roles", {}, offered).text).nodes["decide"].lane == "mediator"


def test_a_duration_that_no_deadline_has_is_asked_for() -> None:
    text = named(CAMUNDA.replace("P14D", "P3D"))
    asked = next(found for found in repairs.wanted(text, OFFERED) if found.key == "timers")
    assert asked.asks[0].suggested == ""
    with pytest.raises(CannotChange, match="needs an answer first"):
        repairs.mend(text, "timers", {}, OFFERED)
    key = asked.asks[0].key
    assert 'due("sign_off")' in repairs.mend(text, "timers", {key: "sign_off"}, OFFERED).text


def test_a_lane_that_is_like_no_role_is_asked_about() -> None:
    text = named(SIGNAVIO.replace('name="Doctor"', 'name="The ward"'))
    asked = next(found for found in repairs.wanted(text, OFFERED) if found.key == "lanes").asks
    assert [each.suggested for each in asked] == ["", "service_manager"]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${approved}", "case.approved"),
        ("${!approved}", "not case.approved"),
        ("#{state == 'open' || urgent == true}", "case.state == 'open' or case.urgent == True"),
        ("=amount > 5", "case.amount != None and case.amount > 5"),
        ('=state = "open"', "case.state == 'open'"),
        ("approved == True", "case.approved == True"),
        ('case.state == "open"', ""),
        ("${execution.getVariable('x')}", ""),
        ("${__import__('os')}", ""),
        ("${" + "(" * 400 + "x" + ")" * 400 + "}", ""),
    ],
)
def test_simple_comparisons_of_other_tools_are_written_in_our_words(theirs: str, ours: str) -> None:
    assert translated(theirs, {}) == ours


def test_a_shipped_diagram_needs_no_repair() -> None:
    for path, text in RELEASE.items():
        if path.endswith(".bpmn"):
            assert repairs.wanted(text, OFFERED) == []

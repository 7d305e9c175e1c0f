"""A diagram in our own words, and in the order in which a person reads it."""

from fractions import Fraction

import pytest

from tests.engine.check.sound import REVIEW, STAGE, TABLE, edited, line_of
from workflows.domain.fields import Field
from workflows.engine.drawings import NoProcess, number, read
from workflows.engine.reading_order import reading_order


def test_a_step_is_read_with_its_lane_deadline_clause_and_fields() -> None:
    step = read(REVIEW).nodes["write_report"]
    assert (step.type, step.name, step.documentation) == ("userTask", "Write the report", "Say how the year went.")
    assert (step.lane, step.roles) == ("clinical_manager", ("clinical_manager",))
    assert (step.deadline, step.clause, step.line) == ("sign_off", "CPFT-7.5-a", line_of(REVIEW, '<userTask id="write'))
    assert step.fields == (
        Field("days", "number", "How many days?", required=True, minimum=Fraction(0), maximum=Fraction(365)),
        Field("outcome", "choice", "How did it go?", options=(("good", "Well"), ("bad", "Badly"))),
        Field("note", "long_text", "Anything else?", visible=("clinical_manager", "amd")),
        Field("meeting_date", "date", "When did you meet?", required=True, latest="today"),
    )


def test_roles_widen_a_lane() -> None:
    text = edited(REVIEW, ('<userTask id="chase_report"', '<userTask id="chase_report" accord:roles="amd, finance"'))
    step = read(text).nodes["chase_report"]
    assert (step.lane, step.roles) == ("medical_directorate", ("amd", "finance"))


def test_work_calls_messages_timers_and_scripts_are_read() -> None:
    nodes = read(REVIEW).nodes
    assert nodes["ask_members"].for_each == "case.members"
    assert nodes["ask_members"].until == 'count(case.all.answer, "no") > 0'
    assert (nodes["start_plans"].action, nodes["start_plans"].attributes) == (
        "start_cases",
        {"process": "individual_planning"},
    )
    assert nodes["stage"].called == "closer_look"
    assert nodes["decide"].decision == "size_of_team"
    assert nodes["all_closed"].message == "cases_closed"
    assert nodes["keep_route"].script == 'route = "long" if case.size == "large" else "short"'
    late = nodes["report_late"]
    assert (late.attached_to, late.interrupting, late.timer) == ("write_report", False, 'due("sign_off")')
    assert nodes["choice"].default == "to_members"


def test_a_process_is_read_with_its_lanes_and_flows() -> None:
    drawing = read(REVIEW, "review.bpmn")
    assert (drawing.process, drawing.name, drawing.path) == ("team_planning", "A review", "review.bpmn")
    assert drawing.lanes == ("clinical_manager", "medical_directorate")
    assert (drawing.start, drawing.executable) == ("opened", True)
    assert [flow.target for flow in drawing.outgoing["choice"]] == ["stage", "list_members"]
    assert drawing.outgoing["choice"][0].condition == "case.days > 28 and not policy.preparation_material"


def test_a_drawing_is_read_main_path_first_and_edge_events_after_what_follows() -> None:
    order = read(REVIEW).order
    assert sorted(order) == sorted(read(REVIEW).nodes)
    main = ["opened", "write_report", "choice", "list_members", "ask_members", "tell"]
    assert [key for key in order if key in main] == main
    assert order.index("write_report") < order.index("closed") < order.index("report_late") < order.index("chased")
    assert order.index("list_members") < order.index("stage") < order.index("join"), "the short cut comes after the way"
    assert read(STAGE).order == ("looking", "look", "looked")


def test_a_loop_back_does_not_disturb_the_order() -> None:
    onward = {"start": ["draft"], "draft": ["sign"], "sign": ["choice"], "choice": ["draft", "end"], "late": ["draft"]}
    elements = ["end", "choice", "sign", "draft", "start", "late"]
    assert reading_order(elements, "start", onward, frozenset({"late"})) == (
        "start", "draft", "sign", "choice", "end", "late",
    )  # fmt: skip


def test_a_drawing_without_a_start_is_still_listed() -> None:
    assert reading_order(["b", "a"], "", {"b": ["a"]}, frozenset()) == ("b", "a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0.25", Fraction(1, 4)), (" -3 ", Fraction(-3)), ("", None), ("1/3", None), ("1e9", None), ("٣", None)],
)
def test_a_limit_is_a_plain_decimal_number(text: str, expected: Fraction | None) -> None:
    assert number(text) == expected


def test_the_limits_of_a_date_are_read() -> None:
    edit = 'type="number" label="How many days?" required="true" min="0" max="365"'
    text = edited(REVIEW, (edit, 'type="date" label="On what day?" min="2027-03-01" max="today"'))
    drawn = read(text).nodes["write_report"].fields[0]
    assert (drawn.earliest, drawn.latest, drawn.minimum) == ("2027-03-01", "today", None)


def test_a_file_without_a_process_is_no_drawing() -> None:
    with pytest.raises(NoProcess, match="There is no process in this file"):
        read(TABLE)

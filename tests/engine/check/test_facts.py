"""Facts are supplied by somebody, and have a value wherever an order is asked of them."""

import pytest

from tests.engine.check.sound import (
    FILES,
    REVIEW,
    REVIEW_FILE,
    STAGE,
    STAGE_FILE,
    TABLE,
    TABLE_FILE,
    edited,
    line_of,
    refused,
)
from workflows.engine.check import Problem, check

CONDITION = "case.days &gt; 28 and not policy.preparation_material"
STAGE_FLOW = '<sequenceFlow id="to_stage"'


def unset(where: str, key: str, fact: str) -> str:
    return (
        f"{where} needs a value of “{fact}”, but there is a way here on which nobody has given one. "
        f"Let it be answered on every way, or write: `case.{key} != None and …`"
    )


def test_a_fact_that_nothing_supplies_is_refused() -> None:
    refused(
        (CONDITION, "case.outcom == None"),
        at=STAGE_FLOW,
        element="to_stage",
        sentence=(
            "The condition reads `case.outcom`, but no step, action or decision supplies it. "
            "Did you mean “How did it go?” (`case.outcome`)?"
        ),
    )


def test_a_fact_that_is_read_at_several_places_and_supplied_by_none_is_told_once() -> None:
    text = edited(
        REVIEW,
        (CONDITION, "case.outcom == None"),
        (
            'accord:for_each="case.members"\n        accord:until=',
            'accord:for_each="case.outcom"\n        accord:until=',
        ),
    )
    (found,) = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert found.sentence.endswith("supplies it. Did you mean “How did it go?” (`case.outcome`)? So it is at “Agree”.")


def test_while_a_stage_is_lacking_what_it_would_supply_is_counted_at_its_call() -> None:
    text = edited(REVIEW, ('calledElement="closer_look"', 'calledElement="far_look"'))
    text = text.replace('case.size == "large"', "case.findings == 1 and case.finding == 2")
    lacking, thus = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert (lacking.element, thus.element) == ("stage", "stage")
    assert lacking.sentence.startswith("There is no process `far_look` to call.")
    assert thus.sentence == "Thus nothing supplies “Finding” and “How many findings?”, which conditions here read."


def test_facts_of_the_start_an_action_a_decision_and_a_called_stage_are_known() -> None:
    facts = "case.team == case.members and case.size == case.findings and case.year == case.kind"
    assert check({**FILES, REVIEW_FILE: edited(REVIEW, (CONDITION, facts))}) == []


def test_a_called_stage_reads_the_facts_of_its_callers_alone() -> None:
    gateway = (
        'targetRef="ready"/><exclusiveGateway id="ready" default="yes"/>'
        '<sequenceFlow id="no" sourceRef="ready" targetRef="look">'
        "<conditionExpression>{text}</conditionExpression></sequenceFlow>\n"
        '<sequenceFlow id="yes" sourceRef="ready" targetRef="looked"/>'
    )
    for text, expected in (("case.outcome == None", []), ("case.unheard == None", ["no"])):
        stage = edited(STAGE, ('targetRef="looked"/>', gateway.format(text=text)))
        found = check({**FILES, STAGE_FILE: stage}, only=[STAGE_FILE])
        assert [each.element for each in found] == expected


def test_a_stage_without_its_caller_does_not_know_the_callers_facts() -> None:
    stage = edited(STAGE, ('<userTask id="look"', '<userTask id="look" accord:for_each="[case.days]"'))
    alone = {path: text for path, text in FILES.items() if path != REVIEW_FILE}
    assert check({**FILES, STAGE_FILE: stage}) == []
    assert [each.element for each in check({**alone, STAGE_FILE: stage})] == ["look"]


def test_an_order_asked_of_an_optional_answer_is_refused() -> None:
    refused(
        ('required="true" min="0"', 'min="0"'),
        at=STAGE_FLOW,
        element="to_stage",
        sentence=unset("The condition", "days", "How many days?"),
    )


def test_an_order_asked_of_a_deadline_that_may_not_have_started_is_refused() -> None:
    late = 'due("sign_off") &lt; "2027-06-01"'
    refused(
        (CONDITION, late),
        at=STAGE_FLOW,
        element="to_stage",
        sentence=(
            "The condition needs the last day of “Signatures under the job plan”, but that may not have started. "
            'Write: `due("sign_off") != None and …`'
        ),
    )
    assert check({**FILES, REVIEW_FILE: edited(REVIEW, (CONDITION, f'due("sign_off") != None and {late}'))}) == []


def test_the_largest_answer_of_a_list_that_may_be_empty_is_refused() -> None:
    refused(
        (CONDITION, 'max(case.all.answer) == "yes"'),
        at=STAGE_FLOW,
        element="to_stage",
        sentence=(
            "The condition needs answers to “Do you agree?”, but nobody may have answered yet. "
            "Write: `len(case.all.answer) > 0 and …`"
        ),
    )
    sure = 'len(case.all.answer) &gt; 0 and max(case.all.answer) == "yes"'
    assert check({**FILES, REVIEW_FILE: edited(REVIEW, (CONDITION, sure))}) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("case.note != None and case.note > 3", "“Anything else?” is a text, and 3 is a number"),
        ('case.days > "28"', "“How many days?” is a number, and 28 is a text"),
        (
            "case.members != None and 1 <= case.members",
            "1 is a number, and “Doctors of the team” is neither a number nor a text",
        ),
        ("str(case.days) > case.days", "str(case.days) is a text, and “How many days?” is a number"),
        ("case.days > True", "“How many days?” is a number, and yes is neither a number nor a text"),
    ],
)
def test_an_order_between_values_of_two_kinds_is_refused(text: str, said: str) -> None:
    refused(
        (CONDITION, text.replace("<", "&lt;").replace(">", "&gt;")),
        at=STAGE_FLOW,
        element="to_stage",
        sentence=f"The condition has no answer: {said}.",
    )


def test_an_order_between_values_of_one_kind_or_of_one_that_is_not_known_is_allowed() -> None:
    for text in ("case.days &gt; 28", '"a" &lt; case.year', "case.days &lt; case.size if case.size != None else True"):
        assert check({**FILES, REVIEW_FILE: edited(REVIEW, (CONDITION, text))}) == []


def test_a_deadline_whose_starting_date_nothing_supplies_is_refused() -> None:
    sentence = "The deadline “Signatures under the job plan” runs from “Meeting date”, but nothing supplies that day, "
    sentence += "so it would never start."
    text = edited(REVIEW, ('key="meeting_date"', 'key="seen_on"'))
    found = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert [(each.element, each.sentence) for each in found] == [
        ("write_report", sentence),
        ("report_late", sentence),
    ]


def test_a_deadline_may_run_from_a_date_that_a_called_stage_or_the_start_of_the_case_supplies() -> None:
    text = edited(REVIEW, ('key="meeting_date"', 'key="seen_on"'))
    stage = edited(STAGE, ('key="findings" type="number"', 'key="meeting_date" type="date"'))
    assert check({**FILES, REVIEW_FILE: text, STAGE_FILE: stage}, only=[REVIEW_FILE]) == []
    started = edited(
        REVIEW, ('<userTask id="chase_report"', '<userTask id="chase_report" accord:deadline="individual_plan"')
    )
    assert check({**FILES, REVIEW_FILE: started}) == []


def test_an_order_asked_after_making_sure_of_the_answer_is_allowed() -> None:
    text = edited(REVIEW, ('required="true" min="0"', 'min="0"'), (CONDITION, f"case.days != None and {CONDITION}"))
    assert check({**FILES, REVIEW_FILE: text}) == []


def test_a_gateway_that_lets_only_answers_through_makes_sure_of_them() -> None:
    second = (
        '<exclusiveGateway id="sure" default="stop"/>'
        '<sequenceFlow id="go" sourceRef="sure" targetRef="choice"><conditionExpression>case.days != None'
        '</conditionExpression></sequenceFlow><sequenceFlow id="stop" sourceRef="sure" targetRef="chased"/>'
    )
    text = edited(
        REVIEW,
        ('required="true" min="0"', 'min="0"'),
        ('sourceRef="write_report" targetRef="choice"/>', f'sourceRef="write_report" targetRef="sure"/>{second}'),
    )
    assert check({**FILES, REVIEW_FILE: text}) == []


def test_a_fact_that_one_of_two_ways_leaves_out_is_refused() -> None:
    refused(
        ("case.size == ", "case.findings &gt; 2 and case.size == "),
        at='<scriptTask id="keep_route"',
        element="keep_route",
        sentence=unset("What is worked out", "findings", "How many findings?"),
    )


def test_a_called_stage_makes_sure_of_its_required_answers() -> None:
    between = (
        '<exclusiveGateway id="many" default="few"/>'
        '<sequenceFlow id="more" sourceRef="many" targetRef="chased"><conditionExpression>case.findings &gt; 2'
        '</conditionExpression></sequenceFlow><sequenceFlow id="few" sourceRef="many" targetRef="join"/>'
    )
    edit = ('sourceRef="stage" targetRef="join"/>', f'sourceRef="stage" targetRef="many"/>{between}')
    text = edited(REVIEW, edit)
    assert check({**FILES, REVIEW_FILE: text}) == []
    optional = edited(STAGE, (' required="true"', ""))
    found = check({**FILES, REVIEW_FILE: text, STAGE_FILE: optional}, only=[REVIEW_FILE])
    assert found == [
        Problem(REVIEW_FILE, line_of(text, '"more"'), "more", unset("The condition", "findings", "How many findings?"))
    ]


def test_a_parallel_join_knows_what_each_branch_made_sure_of() -> None:
    text = edited(
        REVIEW,
        ('sourceRef="write_report" targetRef="choice"/>', 'sourceRef="write_report" targetRef="fork"/>' + FORK),
        ('<exclusiveGateway id="choice" name="Long?" default="to_members"/>', CHOICE),
        (CONDITION, "case.first &gt; case.second"),
        (LANE, f"{LANE}<flowNodeRef>first</flowNodeRef><flowNodeRef>second</flowNodeRef>"),
    )
    assert check({**FILES, REVIEW_FILE: text}) == []
    sequential = text.replace("parallelGateway", "exclusiveGateway")
    found = check({**FILES, REVIEW_FILE: sequential}, only=[REVIEW_FILE])
    assert {each.sentence for each in found if each.element == "to_stage"} == {
        unset("The condition", "first", "How many"),
        unset("The condition", "second", "How many"),
    }


CHOICE = '<exclusiveGateway id="choice" name="Long?" default="to_members"/>'
LANE = '<lane id="lane_directorate" name="medical_directorate">'
FORK = '<parallelGateway id="fork"/>' + "".join(
    f'<sequenceFlow id="to_{one}" sourceRef="fork" targetRef="{one}"/><userTask id="{one}" name="{one}">'
    f'<documentation>Count.</documentation><extensionElements><accord:field key="{one}" type="number" label="How many" '
    f'required="true"/></extensionElements></userTask>'
    f'<sequenceFlow id="from_{one}" sourceRef="{one}" targetRef="both"/>'
    for one in ("first", "second")
)
FORK += '<parallelGateway id="both"/><sequenceFlow id="to_choice_at_last" sourceRef="both" targetRef="choice"/>'


def test_a_table_that_reads_what_nothing_supplies_is_refused_at_the_step_that_asks_it() -> None:
    table = edited(TABLE, ("case.members", "case.memberz"))
    assert check({**FILES, TABLE_FILE: table}, only=[REVIEW_FILE]) == [
        Problem(
            REVIEW_FILE,
            line_of(REVIEW, "<businessRuleTask"),
            "decide",
            "The decision table “How large is the team?” reads `case.memberz`, but no step, action or decision supplies"
            " it. Did you mean “Doctors of the team” (`case.members`)?",
        )
    ]


def test_a_name_that_a_later_expression_reads_is_set_by_a_script_before() -> None:
    gateway = (
        'sourceRef="keep_route" targetRef="which"/><exclusiveGateway id="which" default="short"/>'
        '<sequenceFlow id="long" sourceRef="which" targetRef="chased"><conditionExpression>{name} == "long"'
        '</conditionExpression></sequenceFlow><sequenceFlow id="short" sourceRef="which" targetRef="join"/>'
    )
    edit = 'sourceRef="keep_route" targetRef="join"/>'
    assert check({**FILES, REVIEW_FILE: edited(REVIEW, (edit, gateway.format(name="route")))}) == []
    refused(
        (edit, gateway.format(name="rout")),
        at='id="long"',
        element="long",
        sentence="`rout` is used here, but it is not worked out on every way here.",
    )

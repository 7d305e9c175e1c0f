"""One start, an end, and a way from each place to the next."""

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, edited, line_of, refused
from tests.factories import shipped_files
from workflows.engine.check import check
from workflows.engine.drawings import read
from workflows.engine.editing.diagram import Diagram
from workflows.engine.editing.steps import NewStep
from workflows.engine.editing.together import add_beside


def conditional(flow: str, text: str) -> tuple[str, str]:
    """The edit that gives a flow of the review a condition."""
    drawn = next(line.strip() for line in REVIEW.splitlines() if f'<sequenceFlow id="{flow}"' in line)
    return drawn, f"{drawn[:-2]}><conditionExpression>{text}</conditionExpression></sequenceFlow>"


AGAIN = (
    '<sequenceFlow id="again" sourceRef="choice" targetRef="list_members">'
    '<conditionExpression>case.note == "x"</conditionExpression></sequenceFlow>'
)
BAD = 'case.outcome == "bad"'
CHASED = '<endEvent id="chased" name="Chased"/>'
NEEDS_DEFAULT = "No way of this choice is taken otherwise: where does the case go when no condition holds?"


def test_a_process_without_a_start_is_refused() -> None:
    refused(
        ('<startEvent id="opened" name="Opened"/>', ""),
        ('<sequenceFlow id="to_report" sourceRef="opened" targetRef="write_report"/>', ""),
        at="<process",
        element="team_planning",
        sentence="The process has no start.",
    )


def test_a_second_start_is_refused() -> None:
    refused(
        (CHASED, f'{CHASED}<startEvent id="again"/><sequenceFlow id="s" sourceRef="again" targetRef="tell"/>'),
        at='<startEvent id="again"',
        element="again",
        sentence="The process has a second start. Only one is allowed.",
    )


def test_a_process_without_an_end_is_refused() -> None:
    refused(
        (CHASED, ""),
        ('<sequenceFlow id="to_chased" sourceRef="chase_report" targetRef="chased"/>', ""),
        ('<endEvent id="closed" name="Closed"/>', ""),
        ('<sequenceFlow id="to_closed" sourceRef="tell" targetRef="closed"/>', ""),
        at="<process",
        element="team_planning",
        sentence="The process has no end, so no case would ever be closed.",
        alone=False,
    )


def test_a_flow_to_nowhere_is_refused() -> None:
    refused(
        ('targetRef="chased"', 'targetRef="ghost"'),
        at='<sequenceFlow id="to_chased"',
        element="to_chased",
        sentence="This way ends at `ghost`, which is not in this process.",
        alone=False,
    )


def test_a_flow_from_nowhere_is_refused() -> None:
    refused(
        (CHASED, f'{CHASED}<sequenceFlow id="odd" sourceRef="ghost" targetRef="chased"/>'),
        at='<sequenceFlow id="odd"',
        element="odd",
        sentence="This way begins at `ghost`, which is not in this process.",
    )


def test_a_flow_that_is_drawn_twice_is_refused() -> None:
    refused(
        ('<sequenceFlow id="to_stage"', f'{AGAIN}\n<sequenceFlow id="to_stage"'),
        at='<sequenceFlow id="to_members"',
        element="to_members",
        sentence="The way from “Long?” to “List the members” is drawn twice.",
    )  # fmt: skip


def test_a_step_with_several_ways_out_is_refused() -> None:
    refused(
        (CHASED, f'{CHASED}<sequenceFlow id="odd" sourceRef="chase_report" targetRef="tell"/>'),
        at='<userTask id="chase_report"',
        element="chase_report",
        sentence="Several ways lead on from here. Only a choice, or all ways at once, may have several ways out.",
    )


def test_a_step_that_nothing_follows_is_refused() -> None:
    refused(
        ('<sequenceFlow id="to_chased" sourceRef="chase_report" targetRef="chased"/>', ""),
        (CHASED, ""),
        at='<userTask id="chase_report"',
        element="chase_report",
        sentence="Nothing follows this, so the case would never end. Lead it on, or to an end.",
    )


def test_an_island_is_refused() -> None:
    onward = '<sequenceFlow id="to_end" sourceRef="island" targetRef="chased"/>'
    refused(
        (CHASED, f'{CHASED}<serviceTask id="island" accord:action="list_teams"/>{onward}'),
        at='<serviceTask id="island"',
        element="island",
        sentence="This cannot be reached from the start.",
    )


def test_a_round_without_a_way_out_is_refused() -> None:
    edits = (
        ('targetRef="chased"', 'targetRef="again"'),
        (CHASED, '<exclusiveGateway id="again"/><sequenceFlow id="round" sourceRef="again" targetRef="chase_report"/>'),
    )
    text = edited(REVIEW, *edits)
    found = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    (told,) = found
    assert (told.line, told.element) == (line_of(text, 'id="chase_report"'), "chase_report")
    assert told.sentence == (
        "From here no end can be reached: the case would go round for ever. Every way "
        "from the deadline of “Write the report” leads here."
    )


def test_what_stands_behind_a_place_to_which_nothing_leads_is_counted_there() -> None:
    text = edited(REVIEW, ('<sequenceFlow id="to_choice" sourceRef="write_report" targetRef="choice"/>', ""))
    follows, reached = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert (follows.element, follows.sentence[:20]) == ("write_report", "Nothing follows this")
    assert reached.element == "choice"
    assert reached.sentence == (
        "Nothing leads to “Long?”. So it and 10 more cannot be reached from the start: “Look closer”, "
        "“List the members”, “Agree” and 7 more."
    )


def test_a_round_to_which_nothing_leads_is_told_once() -> None:
    ring = "".join(f'<serviceTask id="{key}" accord:action="list_teams"/>' for key in ("a_tail", "one", "two"))
    ways = (("one", "two"), ("two", "way"), ("way", "one"), ("way", "a_tail"), ("a_tail", "chased"))
    flows = "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in ways)
    text = edited(REVIEW, (CHASED, f'{CHASED}{ring}<parallelGateway id="way"/>{flows}'))
    found = [one for one in check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE]) if "reached" in one.sentence]
    (told,) = found
    assert told.element == "one"
    assert told.sentence == (
        "No way from the start leads to “one”. So it and 3 more cannot be reached from the start: "
        "the work of Accord before “Chased”, “two” and the split after “two”."
    )


@pytest.mark.parametrize(
    ("edit", "element", "sentence"),
    [
        (
            (CHASED, f'{CHASED}<sequenceFlow id="odd" sourceRef="chased" targetRef="tell"/>'),
            "chased",
            "A way leads on from this end. The case must end here.",
        ),
        (
            ('sourceRef="tell" targetRef="closed"', 'sourceRef="tell" targetRef="opened"'),
            "opened",
            "A way leads to this start. A case starts only once.",
        ),
        (
            ('sourceRef="tell" targetRef="closed"', 'sourceRef="tell" targetRef="report_late"'),
            "report_late",
            "A way leads to this event. What stands on the edge of a step is reached from the step alone.",
        ),
    ],
)
def test_a_flow_that_goes_against_an_event_is_refused(edit: tuple[str, str], element: str, sentence: str) -> None:
    refused(edit, at=f'id="{element}"', element=element, sentence=sentence, alone=False)


def test_a_choice_without_a_default_is_refused() -> None:
    refused(
        (' default="to_members"', ""),
        conditional("to_members", BAD),
        at='<exclusiveGateway id="choice"',
        element="choice",
        sentence=NEEDS_DEFAULT,
    )  # fmt: skip


def test_a_default_that_belongs_elsewhere_is_refused() -> None:
    refused(
        ('default="to_members"', 'default="to_ask"'),
        at='<exclusiveGateway id="choice"',
        element="choice",
        sentence="The way that is taken otherwise (the default flow) does not lead on from this choice.",
        alone=False,
    )


CONDITION = "<conditionExpression>case.days &gt; 28 and not policy.preparation_material</conditionExpression>"


def test_a_way_out_without_a_condition_is_refused() -> None:
    refused(
        (CONDITION, ""),
        at='<sequenceFlow id="to_stage"',
        element="to_stage",
        sentence="This way needs a condition: when is it taken?",
    )


def test_a_condition_on_the_default_is_refused() -> None:
    refused(
        conditional("to_members", BAD),
        at='<sequenceFlow id="to_members"',
        element="to_members",
        sentence="This way is taken otherwise, when no condition holds. Remove its condition.",
    )  # fmt: skip


def test_a_condition_behind_a_step_is_refused() -> None:
    refused(
        conditional("to_closed", BAD),
        at='<sequenceFlow id="to_closed"',
        element="to_closed",
        sentence="This way has a condition, but does not leave a choice. Draw a choice there, or remove the condition.",
    )  # fmt: skip


def test_a_condition_on_the_only_way_out_is_refused() -> None:
    refused(
        conditional("to_tell", BAD),
        at='<sequenceFlow id="to_tell"',
        element="to_tell",
        sentence="This is the only way out, so it must not depend on a condition.",
    )  # fmt: skip


def test_a_default_where_nothing_is_chosen_is_refused() -> None:
    refused(
        ('<serviceTask id="tell"', '<serviceTask id="tell" default="to_closed"'),
        at='<serviceTask id="tell"',
        element="tell",
        sentence="One way is taken otherwise here (the default flow), but nothing is chosen. Remove that mark.",
    )


JOIN = '<exclusiveGateway id="join"/>'
WAITS_FOR_EVER = (
    "Only one of the ways that part at “Long?” is ever taken, so all of them would be waited for here for ever. "
    "Bring them together before this, where any one of them goes on."
)


def test_a_parallel_gateway_that_waits_for_both_ways_of_a_choice_is_refused() -> None:
    edit = (JOIN, JOIN.replace("exclusive", "parallel"))
    refused(edit, at='<parallelGateway id="join"', element="join", sentence=WAITS_FOR_EVER)


def test_a_parallel_gateway_that_a_way_reaches_straight_from_the_choice_is_refused() -> None:
    refused(
        (JOIN, JOIN.replace("exclusive", "parallel")),
        ('sourceRef="choice" targetRef="stage"', 'sourceRef="choice" targetRef="join"'),
        at='<parallelGateway id="join"',
        element="join",
        sentence=WAITS_FOR_EVER,
        alone=False,
    )


def test_a_parallel_gateway_that_waits_for_the_ways_of_a_parallel_split_is_allowed() -> None:
    split = edited(
        REVIEW,
        (JOIN, JOIN.replace("exclusive", "parallel")),
        ('<exclusiveGateway id="choice" name="Long?" default="to_members"/>', '<parallelGateway id="choice"/>'),
        ("<conditionExpression>case.days &gt; 28 and not policy.preparation_material</conditionExpression>", ""),
    )
    assert check({**FILES, REVIEW_FILE: split}) == []


def test_a_choice_that_is_merged_again_may_lead_to_a_parallel_gateway() -> None:
    fork = (
        'targetRef="fork"/><parallelGateway id="fork"/><sequenceFlow id="f" sourceRef="fork" targetRef="choice"/>'
        '<sequenceFlow id="g" sourceRef="fork" targetRef="both"/>'
    )
    both = (
        'sourceRef="join" targetRef="both"/><parallelGateway id="both"/>'
        '<sequenceFlow id="h" sourceRef="both" targetRef="tell"/>'
    )
    merged = edited(
        REVIEW,
        ('targetRef="choice"/>', fork),
        ('sourceRef="join" targetRef="tell"/>', both),
    )
    assert check({**FILES, REVIEW_FILE: merged}) == []


RACE = """<sequenceFlow id="to_wait" sourceRef="start_plans" targetRef="race"/>
    <eventBasedGateway id="race"/>
    <sequenceFlow id="to_first" sourceRef="race" targetRef="first"/>
    <intermediateCatchEvent id="first"><timerEventDefinition><timeDate>due("sign_off")</timeDate></timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="first_on" sourceRef="first" targetRef="join"/>
    <sequenceFlow id="to_second" sourceRef="race" targetRef="second"/>
    {second}
    <sequenceFlow id="second_on" sourceRef="second" targetRef="join"/>
    <sequenceFlow id="to_third" sourceRef="race" targetRef="all_closed"/>
"""
TO_WAIT = '<sequenceFlow id="to_wait" sourceRef="start_plans" targetRef="all_closed"/>'
ALL_CLOSED = '<receiveTask id="all_closed" name="Wait for the plans" messageRef="message_closed"/>'
CAUGHT = (
    '<intermediateCatchEvent id="all_closed" name="Wait for the plans">'
    '<messageEventDefinition messageRef="message_closed"/></intermediateCatchEvent>'
)
SECOND_TIMER = (
    '<intermediateCatchEvent id="second"><timerEventDefinition><timeDate>due("individual_plan")</timeDate>'
    "</timerEventDefinition></intermediateCatchEvent>"
)


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (SECOND_TIMER, "A second deadline where whichever comes first counts. Only the first would count."),
        ('<receiveTask id="second" name="Wait" messageRef="message_closed"/>',
         "Whichever comes first can only be a message or a deadline that is waited for."),
    ],
)  # fmt: skip
def test_a_race_that_could_not_be_decided_is_refused(second: str, sentence: str) -> None:
    edits = (TO_WAIT, RACE.format(second=second)), (ALL_CLOSED, CAUGHT)
    refused(*edits, at='id="second"', element="second", sentence=sentence)


def test_a_parallel_gateway_that_waits_for_a_way_which_only_it_opens_is_refused() -> None:
    refused(
        (
            'sourceRef="choice" targetRef="list_members"/>',
            (
                'sourceRef="choice" targetRef="fork"/><parallelGateway id="fork"/>'
                '<sequenceFlow id="forth" sourceRef="fork" targetRef="list_members"/>'
            ),
        ),
        (
            'sourceRef="keep_route" targetRef="join"/>',
            (
                'sourceRef="keep_route" targetRef="round"/><exclusiveGateway id="round" default="on"/>'
                '<sequenceFlow id="on" sourceRef="round" targetRef="join"/>'
                '<sequenceFlow id="back" sourceRef="round" targetRef="fork">'
                '<conditionExpression>case.note == "x"</conditionExpression></sequenceFlow>'
            ),
        ),
        at='<parallelGateway id="fork"',
        element="fork",
        sentence="What comes from the choice after “Keep the route” comes here only after this has gone on, so it "
        "would be waited for without end. Bring the ways together before this, where any one of them goes on.",
    )


TOGETHER = add_beside(shipped_files()["processes/mediation.bpmn"], "decide", NewStep("Tell the team", "amd", "Say it."))


@pytest.mark.parametrize("gone", [("name_mediator", "book_mediation"), ("together_with_decide", "decide")])
def test_a_way_taken_out_before_what_is_done_together_says_nothing_false_of_where_that_ends(
    gone: tuple[str, str],
) -> None:
    """That nothing leads there any more is told; a gateway behind it waits for nothing of its own because of that."""
    diagram = Diagram(TOGETHER.text)
    diagram.drop_flow(next(flow for flow in diagram.out_of(gone[0]) if flow.get("targetRef") == gone[1]))
    path = "processes/mediation.bpmn"
    found = check({**shipped_files(), path: diagram.source.text()}, [path])
    assert any("reached from the start" in one.sentence for one in found)
    assert [one.element for one in found if one.element == "done_with_decide"] == []


@pytest.mark.parametrize("gone", range(len(read(TOGETHER.text).flows)))
def test_what_is_said_of_a_way_taken_out_calls_nothing_by_an_id(gone: int) -> None:
    diagram = Diagram(TOGETHER.text)
    diagram.drop_flow(list(diagram.flows.values())[gone])
    path = "processes/mediation.bpmn"
    for one in check({**shipped_files(), path: diagram.source.text()}, [path]):
        assert "_with_" not in one.sentence


def test_a_round_to_which_nothing_leads_any_more_is_told_where_it_begins_and_by_what_has_names() -> None:
    path = "processes/mediation.bpmn"
    diagram = Diagram(shipped_files()[path])
    diagram.drop_flow(diagram.out_of("name_mediator")[0])
    _, lost = check({**shipped_files(), path: diagram.source.text()}, [path])
    assert lost.sentence.startswith("No way from the start leads to “Book the mediation meeting”.")
    path = "processes/appeal_panel.bpmn"
    diagram = Diagram(shipped_files()[path])
    diagram.drop_flow(diagram.out_of("receive_appeal")[0])
    _, lost = check({**shipped_files(), path: diagram.source.text()}, [path])
    assert "from the start: “Chair wanted?”, “Name the chair”, “Nominee wanted?” and" in lost.sentence

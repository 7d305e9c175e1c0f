"""Every kind of fault is found, with the shortest way to it, and the real engine stands where the way ends."""

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest

from tests.engine.check.sound import POLICIES
from tests.engine.soundness import planted
from tests.engine.trial import ACCORD, BPMN, Trial, begin, flow, move, open_elements, release_of, sketch
from workflows.engine.gateways import NoWayOut
from workflows.engine.process import NothingToWaitFor, Process, StepBudgetSpent
from workflows.engine.soundness import Fault, Soundness, explore, forget, soundness_of

FILES = {**POLICIES, "tables.dmn": planted.TABLE}


def looked_at(text: str, *stages: str) -> Soundness:
    drawn = {f"{place}.bpmn": each for place, each in enumerate((text, *stages))}
    return explore({**FILES, **drawn}, "sketch", seconds=60)


def only(result: Soundness) -> Fault:
    (fault,) = result.faults
    return fault


def told(fault: Fault) -> list[str]:
    return [str(turn) for turn in fault.way]


BEGINS = "The case begins"
ANOTHER_OR_NO = "Meet — What was agreed: Not agreed or Another meeting"
CASES: Mapping[str, tuple[str, str, str, str, list[str]]] = {
    "a join behind a choice": (
        planted.JOIN_AFTER_A_CHOICE,
        "join_waits",
        "join",
        "“Both in” waits for ever: the way from “First” no longer comes to it.",
        [BEGINS, ANOTHER_OR_NO, "Second"],
    ),
    "a branch that leaves": (
        planted.LEFT_BEHIND,
        "left_waiting",
        "join",
        (
            "The case has come to its end at “Dropped”, but “Both in” is left waiting for the way from the choice "
            "after “Meet”, which no longer comes."
        ),
        [BEGINS, "Meet — What was agreed: Not agreed", "Second"],
    ),
    "a loop that cannot be left": (
        planted.ENDLESS,
        "endless",
        "talk",
        "From here on the case can never end: it goes round “Talk” and “Talk on”, and no answer leads out.",
        [BEGINS, "Meet — What was agreed: Not agreed"],
    ),
    "a loop without anybody": (
        planted.CIRCLE,
        "goes_round",
        "work",
        "From “Tell all” the case goes round by itself for ever, and never comes to anybody.",
        [BEGINS, "Meet — What was agreed: Not agreed"],
    ),
    "a step behind an answer that is not offered": (
        planted.NEVER,
        "unreached",
        "never",
        (
            "No answers lead to “Never”: when the case comes to the choice after “Meet”, it is never so that “What was "
            "agreed” is “nope”."
        ),
        [BEGINS, "Meet"],
    ),
    "a step behind numbers that exclude each other": (
        planted.NEVER_A_NUMBER,
        "unreached",
        "short",
        (
            "No answers lead to “Short”: when the case comes to the choice after “Count”, it is never so that “How "
            "many days” is less than 10."
        ),
        [BEGINS, "Meet", "Count — How many days: 29"],
    ),
    "an answer for which there is no way": (
        planted.NO_WAY_OUT,
        "no_way_out",
        "choice",
        "At “Agreed?” no way out is open: none of its conditions holds, and it has no default flow.",
        [BEGINS, "Meet — What was agreed: Another meeting"],
    ),
    "a split without a join in a loop": (
        planted.PILES_UP,
        "piles_up",
        "read",
        "“Read” can come to be waited for again and again at the same time, without any limit.",
        [BEGINS, "Meet", "Meet"],
    ),
    "two inclusive joins that wait for each other": (
        planted.INCLUSIVE_RING,
        "join_waits",
        "one",
        "“One” waits for ever: another way no longer comes to it.",
        [BEGINS, "Meet"],
    ),
    "a day that nothing starts": (
        planted.NEVER_DUE,
        "never_due",
        "day",
        (
            "“The day comes” waits for a day that never comes: nothing has started the deadline “Signatures under the "
            "job plan”."
        ),
        [BEGINS, "Meet — What was agreed: Agreed or Not agreed"],
    ),
    "a table with two answers": (
        planted.CLASH,
        "two_answers",
        "decide",
        "The decision table how_long gives more than one answer: rules 2, 3 all apply, and only one of them may.",
        [BEGINS, "Meet — What was agreed: Another meeting"],
    ),
    "an event that nothing brings about": (
        planted.whole(
            '<boundaryEvent id="edge" attachedToRef="meet"><errorEventDefinition/></boundaryEvent>',
            planted.step("mend") + flow("meet", "end") + flow("edge", "mend") + flow("mend", "end"),
        ),
        "unreached",
        "edge",
        "No answers lead to the event on the edge of “Meet”: nothing in “Meet” ever brings it about.",
        [BEGINS],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_planted_fault_is_found_with_the_shortest_way_to_it(case: tuple[str, str, str, str, list[str]]) -> None:
    text, kind, element, sentence, way = case
    fault = only(looked_at(text))
    assert (fault.kind, fault.element, fault.sentence) == (kind, element, sentence)
    assert told(fault) == way


def engine_after(text: str, answers: Mapping[str, Any], *elements: str) -> Process:
    trial = Trial(answers)
    process = begin(release_of(text, tables=planted.TABLE), trial, "sketch")
    for element in elements:
        move(process, element)
    return process


@pytest.mark.parametrize(
    ("text", "answers", "elements"),
    [
        (planted.JOIN_AFTER_A_CHOICE, {"agreed": "no"}, ["meet", "second"]),
        (planted.LEFT_BEHIND, {"agreed": "no"}, ["meet", "second"]),
        (planted.INCLUSIVE_RING, {"agreed": "no"}, ["meet"]),
    ],
)
def test_the_engine_too_has_nothing_to_wait_for_at_the_end_of_the_way(
    text: str, answers: Mapping[str, Any], elements: list[str]
) -> None:
    with pytest.raises(NothingToWaitFor):
        engine_after(text, answers, *elements)


def test_the_engine_too_finds_no_way_out_and_goes_round() -> None:
    with pytest.raises(NoWayOut):
        engine_after(planted.NO_WAY_OUT, {"agreed": "later"}, "meet")
    with pytest.raises(StepBudgetSpent):
        engine_after(planted.CIRCLE, {"agreed": "no"}, "meet")


def test_a_way_carries_the_flows_and_the_elements_that_it_passes() -> None:
    fault = only(looked_at(planted.JOIN_AFTER_A_CHOICE))
    assert [[flow_id for _, flow_id in turn.flows] for turn in fault.way] == [
        ["begin-meet"],
        ["meet-choice", "choice-second"],
        ["second-join"],
    ]
    assert fault.way[1].passed == (("sketch", "choice"), ("sketch", "second"))


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    result = looked_at(planted.VOTE.replace('<parallelGateway id="join" name=""/>', ""))
    assert result.sound
    assert result.looked_at == "Looked at all 5 situations."


def test_what_was_not_looked_at_is_never_called_sound() -> None:
    sound = planted.VOTE.replace('<parallelGateway id="join" name=""/>', "")
    result = explore({**FILES, "0.bpmn": sound}, "sketch", most_states=2)
    assert result.faults == ()
    assert not result.sound
    assert result.looked_at == "Looked at 2 situations; not all."


def test_a_dead_end_is_told_even_where_not_everything_was_looked_at() -> None:
    result = explore({**FILES, "0.bpmn": planted.JOIN_AFTER_A_CHOICE}, "sketch", most_states=4)
    assert not result.whole
    assert [fault.kind for fault in result.faults] in ([], ["join_waits"])


def test_an_unknown_answer_stays_the_same_until_it_is_given_again() -> None:
    again = planted.whole(
        planted.gateway("many", "many-few") + planted.step("few") + planted.step("lots"),
        planted.gateway("still", "still-end") + planted.step("odd"),
        flow("meet", "many") + flow("many", "lots", "len(case.members) &gt; 3") + flow("many", "few"),
        flow("lots", "end") + flow("few", "still") + flow("still", "odd", "len(case.members) &gt; 3"),
        flow("odd", "end") + flow("still", "end"),
    )
    assert [(fault.kind, fault.element) for fault in looked_at(again).faults] == [("unreached", "odd")]


def test_a_stage_is_judged_by_what_its_callers_give_it() -> None:
    stage = sketch(
        planted.ENDS
        + planted.gateway("choice", "choice-rest")
        + planted.step("agreed_step")
        + planted.step("rest")
        + flow("begin", "choice")
        + flow("choice", "agreed_step", 'case.agreed == "yes"')
        + flow("choice", "rest")
        + flow("agreed_step", "end")
        + flow("rest", "end"),
        process="stage",
    )
    caller = planted.whole(
        planted.gateway("choice", "choice-end") + '<callActivity id="call" name="Stage" calledElement="stage"/>',
        flow("meet", "choice") + flow("choice", "call", 'case.agreed == "yes"') + flow("choice", "end"),
        flow("call", "end"),
    )
    found = soundness_of({**FILES, "0.bpmn": caller, "1.bpmn": stage})
    assert found["sketch"].sound
    fault = only(found["stage"])
    assert (fault.kind, fault.process, fault.element) == ("unreached", "stage", "rest")
    assert told(fault) == [BEGINS, "Meet — What was agreed: Agreed"]


def test_the_flow_that_is_drawn_first_is_taken_first_wherever_its_target_stands() -> None:
    shape = '<di:BPMNShape id="s_{0}" bpmnElement="{0}"><dc:Bounds x="1" y="{1}" width="9" height="9"/></di:BPMNShape>'
    steps = planted.gateway("choice", "choice-end") + planted.step("low") + planted.step("high")
    body = (
        planted.ENDS + steps + flow("begin", "choice") + flow("choice", "low", "True") + flow("choice", "high", "True")
    )
    body += flow("choice", "end") + flow("low", "end") + flow("high", "end")
    plane = '<di:BPMNDiagram id="d"><di:BPMNPlane id="p" bpmnElement="sketch">'
    plane += f"{shape.format('low', 900)}{shape.format('high', 100)}</di:BPMNPlane></di:BPMNDiagram>"
    text = sketch(body, outside=plane).replace(
        f'xmlns="{BPMN}" xmlns:accord="{ACCORD}"',
        f'xmlns="{BPMN}" xmlns:accord="{ACCORD}" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
    )
    assert open_elements(begin(release_of(text), Trial(), "sketch")) == ["low"]
    assert [(fault.kind, fault.element) for fault in looked_at(text).faults] == [("unreached", "high")]


def test_what_there_was_no_time_for_is_looked_at_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**FILES, "0.bpmn": planted.NEVER}
    forget()
    monkeypatch.setattr("workflows.engine.soundness.SECONDS_OF_A_SET", 0.0)
    cut = soundness_of(files)["sketch"]
    assert (cut.whole, cut.sound, cut.faults, cut.looked_at) == (False, False, (), "Looked at 0 situations; not all.")
    monkeypatch.setattr("workflows.engine.soundness.SECONDS_OF_A_SET", 4.0)
    assert [fault.element for fault in soundness_of(files)["sketch"].faults] == ["never"]


def test_a_process_that_comes_round_to_calling_itself_is_looked_at_without_going_round() -> None:
    call = '<callActivity id="call" name="Again" calledElement="sketch"/>'
    assert looked_at(planted.whole(call, flow("meet", "call") + flow("call", "end"))).sound


def test_an_endless_count_is_given_up_in_time_and_nothing_is_claimed_of_it() -> None:
    counting = planted.whole(
        '<scriptTask id="none"><script>n = 0</script></scriptTask><scriptTask id="more"><script>n = n + 1</script>'
        "</scriptTask>" + planted.gateway("choice", "choice-ask") + planted.step("ask"),
        flow("meet", "none") + flow("none", "ask") + flow("ask", "more") + flow("more", "choice"),
        flow("choice", "ask") + flow("choice", "end", "n &gt; 1000000000"),
    )
    result = explore({**FILES, "0.bpmn": counting}, "sketch", seconds=0.3)
    assert (result.whole, result.sound, result.faults) == (False, False, ())
    assert result.seconds < 2


def test_on_a_machine_that_is_too_busy_the_clock_on_the_wall_ends_it_and_it_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {**FILES, "0.bpmn": planted.NEVER}
    forget()
    with monkeypatch.context() as busy:
        busy.setattr("workflows.engine.soundness.limits.monotonic", count(step=60).__next__)
        cut = soundness_of(files)["sketch"]
    assert (cut.whole, cut.sound, cut.faults) == (False, False, ())
    assert [fault.element for fault in soundness_of(files)["sketch"].faults] == ["never"]

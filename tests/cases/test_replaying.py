"""Closed cases replayed over what is not published yet: which would have gone elsewhere, which days would differ."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.cases.conftest import SQLITE
from tests.cases.disputing import begin
from tests.cases.test_mediation import decided
from tests.cases.walk import Walk
from tests.factories import shipped_files
from workflows import cases
from workflows.domain.calendars import in_words
from workflows.engine.replaying import Replayed
from workflows.store.models import Event, Fact
from workflows.studio.replaying import NoSuchTrust, Report, WhichTrust, of_files, rehearse

MEDIATION, NATIONAL, DISPUTE = (
    "processes/mediation.bpmn",
    "policies/national_england.toml",
    "processes/disagreement.bpmn",
)
NEW_STEP = """<bpmn:userTask id="check_notes" name="Check the notes">
      <bpmn:documentation>Look whether the notes are whole.</bpmn:documentation>
      <bpmn:extensionElements>
        <accord:field key="notes_whole" type="yes_no" label="Are the notes whole?" required="true" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="check_notes_on" sourceRef="check_notes" targetRef="agreement_reached" />
    <bpmn:userTask id="record_mediation\""""


def drafted(**changed: tuple[str, str]) -> dict[str, str]:
    """The shipped files with one text in the place of another, by the name of the file."""
    files = dict(shipped_files())
    for path, (old, new) in changed.items():
        found = next(each for each in files if Path(each).stem == path)
        assert old in files[found], old
        files[found] = files[found].replace(old, new)
    return files


def appeals_within(length: str) -> dict[str, str]:
    """The shipped files with another time to appeal."""
    own = shipped_files()["policies/cumbria.toml"]
    rule = own[own.index("[deadlines.lodge_appeal]") :]
    rule = rule[: rule.index("[", 1)]
    assert 'length = "2 weeks"' in rule
    return drafted(cumbria=(rule, rule.replace('length = "2 weeks"', f'length = "{length}"')))


def accepted(walk: Walk) -> str:
    """A dispute that ended with the decision accepted, on the thirteenth day."""
    reference = decided(walk)
    walk.set_day(walk.deadline(reference, "lodge_appeal").due_on - timedelta(days=1))
    walk.do(walk.house.doctor, "answer_decision", reference, appeal_choice="accept")
    return reference


def replayed(walk: Walk, files: Mapping[str, str], process: str = "disagreement") -> Report:
    with walk.session() as session:
        return rehearse(session, trust_id=walk.house.trust.id, files=files, process=process)


def only(report: Report) -> Replayed:
    (case,) = report.cases
    return case


def test_over_its_own_release_a_case_goes_the_same_way_to_the_same_days(cpft: Walk) -> None:
    reference = accepted(cpft)
    case = only(replayed(cpft, shipped_files()))
    assert (case.reference, case.outcome, case.new_steps, case.other_days) == (reference, "same", (), ())


@SQLITE
def test_an_answer_in_time_then_would_have_been_too_late_over_a_shorter_deadline(cpft: Walk) -> None:
    reference = accepted(cpft)
    due = cpft.deadline(reference, "lodge_appeal").due_on
    report = replayed(cpft, appeals_within("10 days"))
    case = only(report)
    assert (case.outcome, case.element) == ("elsewhere", "answer_decision")
    assert case.then == "“Accept the decision or appeal” was done"
    assert case.would == "the time would have been up before"
    assert [(day.name, day.then, day.now) for day in case.other_days] == [
        ("lodge_appeal", due, due - timedelta(days=4))
    ]
    assert report.lines[-1] == (
        f"{reference} (Disagreement): Appeal against the outcome of mediation: {in_words(due)} then, "
        f"{in_words(due - timedelta(days=4))} now."
    )


@SQLITE
def test_a_right_that_lapsed_then_would_have_run_on_over_a_longer_deadline(cpft: Walk) -> None:
    decided(cpft)
    cpft.pass_time(days=15)
    cpft.pass_time(days=29)
    case = only(replayed(cpft, appeals_within("8 weeks")))
    assert (case.outcome, case.element) == ("elsewhere", "time_up_to_appeal")
    assert case.then == "the time was up: Appeal against the outcome of mediation"
    assert case.would.startswith("there would have been time until ")


@SQLITE
def test_a_case_goes_elsewhere_where_the_draft_decides_otherwise(cpft: Walk) -> None:
    accepted(cpft)
    condition = 'case.mediation_result == "another_meeting"'
    case = only(replayed(cpft, drafted(mediation=(condition, 'case.mediation_result == "not_agreed"'))))
    assert (case.outcome, case.element) == ("elsewhere", "decide")
    assert case.would == "it would have been at “Book the mediation meeting”"


@SQLITE
def test_a_step_that_is_new_is_noted_and_passed_where_nothing_hangs_on_it(cpft: Walk) -> None:
    accepted(cpft)
    text = shipped_files()[MEDIATION]
    before = '<bpmn:userTask id="record_mediation"'
    after = 'sourceRef="record_mediation" targetRef="agreement_reached"'
    assert before in text
    assert after in text
    with_step = text.replace(before, NEW_STEP).replace(after, 'sourceRef="record_mediation" targetRef="check_notes"')
    case = only(replayed(cpft, {**shipped_files(), MEDIATION: with_step}))
    assert (case.outcome, case.new_steps) == ("same", ("Check the notes",))
    asks = with_step.replace('case.mediation_result == "another_meeting"', "not case.notes_whole")
    asked = only(replayed(cpft, {**shipped_files(), MEDIATION: asks}))
    assert (asked.outcome, asked.new_steps) == ("not_replayed", ("Check the notes",))
    assert (
        asked.because
        == "“Check the notes” is new here, and which way the case goes hangs on it: nobody has answered it."
    )


@SQLITE
def test_a_process_that_is_gone_cannot_be_replayed(cpft: Walk) -> None:
    accepted(cpft)
    files = {path: text for path, text in shipped_files().items() if path != DISPUTE}
    assert only(replayed(cpft, files)).because == "The process is no longer there."


@SQLITE
def test_a_case_that_was_withdrawn_is_replayed_as_far_as_it_came(cpft: Walk) -> None:
    reference = begin(cpft)
    cpft.perform(
        cases.withdraw_case,
        actor=cpft.actor(cpft.house.directorate),
        reference=reference,
        reason="A slip",
        now=cpft.at,
    )
    assert only(replayed(cpft, shipped_files())).outcome == "same"


@SQLITE
def test_nothing_is_written(cpft: Walk) -> None:
    accepted(cpft)
    with cpft.session() as session:
        counts = [session.scalar(select(func.count()).select_from(each)) for each in (Fact, Event)]
        rehearse(session, trust_id=cpft.house.trust.id, files=shipped_files())
        assert not session.new
        assert not session.dirty
        assert counts == [session.scalar(select(func.count()).select_from(each)) for each in (Fact, Event)]


@SQLITE
def test_files_take_the_place_of_those_that_are_published(cpft: Walk, tmp_path: Path) -> None:
    accepted(cpft)
    mine = tmp_path / "mine.bpmn"
    condition = 'case.mediation_result == "another_meeting"'
    mine.write_text(
        drafted(mediation=(condition, 'case.mediation_result == "not_agreed"'))[MEDIATION], encoding="utf-8"
    )
    heard: list[tuple[int, int]] = []
    with cpft.session() as session:
        report = of_files(
            session,
            trust="CPFT",
            paths=(mine,),
            process="disagreement",
            said=lambda done, of: heard.append((done, of)),
        )
        with pytest.raises(NoSuchTrust):
            of_files(session, trust="XX", paths=(mine,))
        with pytest.raises(WhichTrust, match="BTH, CPFT"):
            of_files(session, trust="", paths=(mine,))
    assert report.counts == {"same": 0, "elsewhere": 1, "not_replayed": 0, "other_days": 0}
    assert heard == [(1, 1)]
    told = json.loads(report.json)
    assert (told["of"], told["replayed"], told["cases"][0]["outcome"]) == (1, 1, "elsewhere")

"""A draft is played in an invented trust: what happens there is what would happen, and none of it is real."""

from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cases.conftest import SQLITE
from tests.factories import NOW
from tests.rehearsal.conftest import Rehearsed, counted
from tests.studio.conftest import STEP, by, reader
from workflows import clock, front_door
from workflows.rehearsal import pages, playing
from workflows.rehearsal.playing import One
from workflows.store import rehearsals as rehearsal_rows
from workflows.store.models import Case, Rehearsal, RehearsalState
from workflows.studio import drafts
from workflows.studio.rights import NotYourStudio

REFERRAL: dict[str, Any] = {
    "nature": "The threshold",
    "position_reason": "It was met",
    "evidence_kinds": ["other"],
    "evidence_words": "The letter of last year",
    "consequences": "Less pay",
    "ideas": "Look again",
    "local_resolution": "failed",
}
STANDS = {"element": "team_plan", "outcome": "manager", "value": "", "pas": "", "reason": ""}


def day(at: datetime, days: int = 0) -> str:
    return (at + timedelta(days=days)).date().isoformat()


def to_a_decision(rehearsed: Rehearsed) -> None:
    """From the referral to the mediator's decision; the manager lets the time for the other position pass."""
    rehearsed.do("Ada", "choose_route", route="refer", talk_declined_reason="We have talked.")
    rehearsed.do("Ada", "refer", **REFERRAL)
    assert rehearsed.waiting == ["answer_referral"]
    rehearsed.past_the_next_deadline()
    rehearsed.do("Gwen", "name_mediator", mediator_choice="self")
    at = rehearsed.page().at
    booked = {"mediation_booked_for": day(at, 7), "mediation_time": "10:00", "mediation_place": "Board room"}
    rehearsed.do("Gwen", "book_mediation", **booked)
    rehearsed.pass_time(at + timedelta(days=7, hours=12))
    people, at = rehearsed.people(), rehearsed.page().at
    rehearsed.do(
        "Gwen",
        "record_mediation",
        mediation_meeting_date=day(at),
        mediation_present=[people["Ada"], people["Cleo"], people["Gwen"]],
        practitioner_heard="It was met.",
        manager_heard="It was not.",
        separate_notes="Neither moved.",
        mediation_result="not_agreed",
        outcomes=[],
    )
    rehearsed.do("Gwen", "decide", decision_reasons="The records are plain.", outcomes=[STANDS])


def test_a_mediation_is_rehearsed_from_the_referral_to_the_appeal(rehearsed: Rehearsed) -> None:
    before = counted(rehearsed.session)
    rehearsed.begin("mediation")
    to_a_decision(rehearsed)
    rehearsed.do(
        "Ada",
        "answer_decision",
        appeal_choice="appeal",
        appeal_points="The threshold",
        appeal_reasons="The evidence was not answered.",
        appeal_schedule="schedule_4",
    )
    page = rehearsed.page()
    assert "name_chair" in rehearsed.waiting
    [case] = page.cases
    late = [line.title for line in case.deadlines if line.ended_on and line.ended_on > line.due_on]
    assert late == ["Position of the other side"]
    assert "met" in {line.status for line in case.deadlines}
    assert any("ran out and the case moved on" in line.words for line in case.history)
    assert {letter.title for letter in case.letters} == {
        "Invitation to the mediation meeting",
        "The decision after mediation",
    }
    assert any(mail.subject for mail in page.mails)
    assert {drawing.process for drawing in case.drawings if drawing.waiting} >= {"appeal_panel"}
    assert counted(rehearsed.session) == before


def test_nothing_that_is_rehearsed_is_among_the_real_rows(rehearsed: Rehearsed) -> None:
    before = counted(rehearsed.session)
    rehearsed.begin("planning_round")
    rehearsed.pass_time(NOW + timedelta(days=30))
    assert counted(rehearsed.session) == before
    assert rehearsed.session.scalar(select(func.count(Case.id))) == 0


def test_of_two_windows_the_second_is_told(rehearsed: Rehearsed) -> None:
    rehearsed.begin("help_request")
    with closing(rehearsed.opened()) as first, closing(rehearsed.opened()) as second:
        rehearsed.keep(first)
        with pytest.raises(playing.GoneOn):
            rehearsed.keep(second)
    assert rehearsed.page().version == 2
    one = One(rehearsed.draft_id, rehearsed.id, 1)
    with pytest.raises(playing.GoneOn):
        front_door.perform(rehearsed.session, playing.take_back, viewer=rehearsed.viewer, one=one, now=NOW)


def test_the_last_moves_are_taken_back_one_by_one(rehearsed: Rehearsed) -> None:
    rehearsed.begin("mediation")
    rehearsed.do("Ada", "choose_route", route="refer", talk_declined_reason="We have talked.")
    rehearsed.past_the_next_deadline()
    later = rehearsed.page()
    assert later.at > NOW
    assert rehearsed.undo() == "The clock moved"
    assert rehearsed.page().at == NOW
    assert rehearsed.waiting == ["refer"]
    assert rehearsed.undo() == "choose_route"
    assert rehearsed.waiting == ["choose_route"]
    assert rehearsed.page().undo == ""
    with pytest.raises(playing.NothingToTakeBack):
        rehearsed.undo()


def test_only_so_many_moves_are_kept(rehearsed: Rehearsed) -> None:
    rehearsed.begin("help_request")
    for days in range(1, playing.MOST_STATES + 3):
        rehearsed.pass_time(NOW + timedelta(days=days))
    assert len(rehearsal_rows.states(rehearsed.session, rehearsal_id=rehearsed.id)) == playing.MOST_STATES


@SQLITE
def test_every_process_of_the_product_can_be_rehearsed(rehearsed: Rehearsed) -> None:
    found = playing.what(rehearsed.session, viewer=rehearsed.viewer, draft_id=rehearsed.draft_id)
    assert len(found) == 15
    for one in found:
        rehearsed.begin(one.process)
        page = rehearsed.page()
        assert page.cases, one.process
        assert page.waiting or one.process == "sign_off", one.process


@SQLITE
def test_what_is_rehearsed_is_the_draft_and_not_what_is_published(rehearsed: Rehearsed) -> None:
    save(rehearsed, rehearsed.studio.base[STEP].replace('name="Name the mediator"', 'name="Find a mediator"'))
    rehearsed.begin("mediation")
    rehearsed.do("Ada", "choose_route", route="refer", talk_declined_reason="We have talked.")
    rehearsed.do("Ada", "refer", **REFERRAL)
    rehearsed.past_the_next_deadline()
    assert [line.name for line in rehearsed.page().waiting] == ["Find a mediator"]
    assert not rehearsed.page().draft_changed
    save(rehearsed, rehearsed.studio.base[STEP], read=1)
    assert rehearsed.page().draft_changed


@SQLITE
def test_a_draft_with_a_fault_says_what_to_mend_first(rehearsed: Rehearsed) -> None:
    save(rehearsed, rehearsed.studio.base[STEP].replace('accord:deadline="mediation_meeting"', 'accord:deadline="x"'))
    with pytest.raises(playing.StillUnsound):
        rehearsed.begin("mediation")
    page = pages.start_page(rehearsed.session, viewer=rehearsed.viewer, draft_id=rehearsed.draft_id)
    assert {page.titles[problem.file] for problem in page.problems} == {"Mediation"}


def test_a_rehearsal_is_its_own_persons_alone(rehearsed: Rehearsed) -> None:
    rehearsed.begin("help_request")
    studio, about = rehearsed.studio, {"draft_id": rehearsed.draft_id, "rehearsal_id": rehearsed.id}
    with pytest.raises(playing.NoSuchRehearsal):
        playing.opened(rehearsed.session, viewer=reader(studio.second, "process_owner"), **about)
    with pytest.raises(drafts.NoSuchDraft):
        playing.opened(rehearsed.session, viewer=reader(studio.there, "process_owner"), **about)
    with pytest.raises(NotYourStudio):
        playing.opened(rehearsed.session, viewer=reader(studio.house.doctor, "practitioner"), **about)
    with pytest.raises(NotYourStudio):
        playing.what(rehearsed.session, viewer=reader(studio.house.doctor, "practitioner"), draft_id=rehearsed.draft_id)


def test_an_approver_rehearses_what_they_are_to_approve(rehearsed: Rehearsed) -> None:
    viewer = reader(rehearsed.studio.approver, "process_approver")
    assert playing.what(rehearsed.session, viewer=viewer, draft_id=rehearsed.draft_id)


def test_somebody_keeps_three_rehearsals_at_most(rehearsed: Rehearsed) -> None:
    begun = [rehearsed.begin("help_request").id for _ in range(playing.MOST_EACH + 1)]
    rows = rehearsal_rows.of_person(rehearsed.session, draft_id=rehearsed.draft_id, by_id=rehearsed.studio.owner.id)
    assert {row.id for row in rows} == set(begun[1:])


def test_the_clock_clears_away_what_nobody_uses(rehearsed: Rehearsed, session: Session) -> None:
    rehearsed.begin("help_request")
    assert kept(session) == (1, 1)
    begin_day(session, NOW + timedelta(days=14))
    assert kept(session) == (1, 1)
    begin_day(session, NOW + timedelta(days=15))
    assert kept(session) == (0, 0)


def test_the_clock_clears_away_what_belongs_to_a_closed_draft(rehearsed: Rehearsed, session: Session) -> None:
    rehearsed.begin("help_request")
    front_door.perform(session, drafts.drop, by=by(rehearsed.studio.owner), draft_id=rehearsed.draft_id, now=NOW)
    with pytest.raises(drafts.DraftClosed):
        rehearsed.begin("help_request")
    begin_day(session, NOW)
    assert kept(session) == (0, 0)


def test_what_has_grown_too_large_is_not_kept(rehearsed: Rehearsed, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsed.begin("help_request")
    monkeypatch.setattr(playing, "LARGEST", 10)
    with pytest.raises(playing.TooLarge):
        rehearsed.pass_time(NOW + timedelta(days=1))


def save(rehearsed: Rehearsed, text: str, read: int = 0) -> None:
    front_door.perform(
        rehearsed.session,
        drafts.save_file,
        by=by(rehearsed.studio.owner),
        draft_id=rehearsed.draft_id,
        path=STEP,
        text=text,
        read=read,
        said="Changed it",
        now=NOW,
    )


def begin_day(session: Session, at: datetime) -> None:
    session.rollback()
    clock.begin_day(lambda: Session(session.get_bind()), at=at)


def kept(session: Session) -> tuple[int, int]:
    session.rollback()
    counts = [session.scalar(select(func.count()).select_from(model)) or 0 for model in (Rehearsal, RehearsalState)]
    return counts[0], counts[1]

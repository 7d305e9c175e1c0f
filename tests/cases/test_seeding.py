"""The demonstration seeds on any day of any year, fast, and everybody in it has something to show."""

import shutil
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session

from tests.databases import empty_sqlite, new_engine
from tests.factories import NOW
from workflows import clock, seeding
from workflows.domain.vocabulary import PLAN_KINDS
from workflows.engine import releases
from workflows.seeding.cast import BLACKPOOL, CUMBRIA
from workflows.store import begin_write
from workflows.store.models import (
    Account,
    CareGroup,
    Case,
    Deadline,
    Deputy,
    Event,
    Fact,
    Firing,
    Incident,
    Message,
    Notice,
    PanelAllocation,
    PanelMember,
    Person,
    PlanVersion,
    Post,
    ReleaseDraft,
    ReleaseDraftEdit,
    Rota,
    Step,
    Team,
    Trust,
)
from workflows.studio import drafts
from workflows.studio.problems import problems

DAYS = (
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    datetime(2027, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
)
"""The clocks going forward and back, the end of a year, a day that most years do not have."""
SOME_DAYS = DAYS[1::2]
"""Two of them are compared in `make test`."""

FASTEST = 30
"""Seconds of work for the small one, on a slow machine (tests.demonstration has those of the whole one)."""


def seed(engine: Engine, at: datetime) -> float:
    """Seed an empty database as if it were that instant. Returns the seconds of work that it took."""
    started = time.process_time()
    with Session(engine) as session:
        begin_write(session)
        assert not seeding.is_seeded(session)
        seeding.seed_demonstration(session, password_hash="hash", now=at)
        session.commit()
        assert seeding.is_seeded(session)
    return time.process_time() - started


@pytest.mark.slow
def test_the_demonstration_is_there_in_seconds_with_every_persona(engine: Engine) -> None:
    assert seed(engine, NOW) < FASTEST
    with Session(engine) as session:
        names = set(session.scalars(select(Person.name).join(Account, Account.person_id == Person.id)))
        assert names == {part.name for company in (CUMBRIA, BLACKPOOL) for part in company.parts}
        assert None not in set(session.scalars(select(Account.persona)))
        assert session.scalars(select(Incident)).all() == []


@pytest.fixture(scope="module")
def whole(whole_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The whole demonstration, a copy for the tests below."""
    releases.forget()
    return new_engine(f"sqlite:///{shutil.copy(whole_demonstration, tmp_path_factory.mktemp('whole'))}")


@pytest.mark.slow
def test_each_trust_has_one_rota_that_is_agreed_and_one_half_way_through_its_diary(whole: Engine) -> None:
    with Session(whole) as session:
        for trust in session.scalars(select(Trust)):
            agreed, kept = session.scalars(select(Rota).where(Rota.trust_id == trust.id).order_by(Rota.id))
            assert [diary.applies_from is not None for diary in (*agreed.diaries, *kept.diaries)] == [True, False]
            assert kept.diaries[0].starts_on < NOW.date() < kept.diaries[0].ends_on
            assert len(kept.diaries[0].entries) == 20
            assert {agreed.category, kept.category} == {"A", "B"}
            assert min(len(agreed.members), len(kept.members)) >= 4
            on_one = [member.person_id for rota in (agreed, kept) for member in rota.members]
            old = session.scalars(select(PlanVersion).where(PlanVersion.person_id.in_(on_one), PlanVersion.number == 1))
            said = {plan.content["not_applicable"].get("on_call") for plan in old}
            assert said - {None} == {"On no rota when this plan was agreed"}, "they are on one today"


@pytest.mark.slow
def test_the_whole_demonstration_has_seventy_doctors_nine_teams_and_four_groups_in_each_trust(whole: Engine) -> None:
    with Session(whole) as session:
        for trust in session.scalars(select(Trust)):
            count = {
                table: session.scalar(select(func.count()).where(table.trust_id == trust.id))
                for table in (Team, CareGroup)
            }
            assert (count[Team], count[CareGroup]) == (9, 4)
            held = select(func.count(Post.person_id.distinct())).where(Post.trust_id == trust.id)
            assert 70 <= (session.scalar(held.where(Post.role == "practitioner")) or 0) <= 76
            roles = set(session.scalars(select(Post.role).where(Post.trust_id == trust.id)))
            assert {"amd", "board_secretary", "chief_executive", "finance", "hr_workforce", "medical_director"} <= roles
        names = session.scalars(select(Person.name)).all()
        assert len(names) == len(set(names))
        assert session.scalars(select(Incident)).all() == []


STAGES = {
    "planning_round": {"agree_timetable"},
    "team_planning": {
        "prepare_contribution", "prepare_service_figures", "answer_team_plan", "answer_objections", "approve_team_plan",
    },
    "individual_planning": {
        "issue_preparation", "prepare_review", "draft_plan", "read_pack", "book_meeting", "supply_evidence",
        "record_meeting", "update_plan", "answer_plan", "sign_plan", "check_plan", "mend_plan", "compare_contract",
        "state_position",
    },
    "disagreement": {
        "choose_route", "informal_talk", "refer", "request_late_referral", "admit_late_referral", "record_mediation",
        "answer_decision", "admit_late_appeal", "name_nominee", "answer_third", "declare_interests", "record_hearing",
        "recommend", "board_decision",
    },
    "pay_progression": {
        "say_threshold", "record_earlier_years", "recommend_on_criteria", "decide_on_criteria", "answer_pay_decision",
    },
    "resource_report": {"answer_report"},
    "review_action": {"do_action"},
}  # fmt: skip
"""Where somebody who looks around finds a case."""


@pytest.mark.slow
def test_the_whole_demonstration_has_cases_at_every_stage(whole: Engine) -> None:
    with Session(whole) as session:
        for process, wanted in STAGES.items():
            open_steps = select(Step.element).join(Case).where(Case.process == process, Step.status == "open")
            assert wanted <= set(session.scalars(open_steps)), process
        of_plans = select(Fact.value).join(Case).where(Case.process == "individual_planning", Fact.key == "kind")
        assert set(session.scalars(of_plans)) == set(PLAN_KINDS)
        states = Counter(session.scalars(select(PlanVersion.status)))
        assert states["superseded"] >= 10
        assert states["draft"] >= 20
        waiting = session.scalars(select(PlanVersion).where(PlanVersion.status == "agreed")).all()
        assert {version.trust_id for version in waiting} == set(session.scalars(select(Trust.id)))
        assert all(version.effective_from > NOW.date() for version in waiting if version.effective_from)
        late = select(Deadline).where(Deadline.name == "sign_off", Deadline.status == "missed")
        assert session.scalars(late).all()
        assert session.scalars(select(Notice).where(Notice.kind == "escalation")).all()


@pytest.mark.slow
def test_one_trust_has_a_change_of_mediation_half_drawn_with_one_thing_to_mend(whole: Engine) -> None:
    with Session(whole) as session:
        [draft] = session.scalars(select(ReleaseDraft))
        cumbria = session.get(Trust, draft.trust_id)
        assert cumbria is not None
        assert (cumbria.key, draft.status, draft.name) == ("CPFT", "open", "Prepare both sides for the mediation")
        found = problems(drafts.files(session, draft_id=draft.id))
        assert ["no deadline `mediation_preparation` in any policy" in one.sentence for one in found] == [True]
        said = session.scalars(select(ReleaseDraftEdit.said).order_by(ReleaseDraftEdit.number))
        assert ["Say what you hope for" in one for one in said] == [True, True, True]
        assert draft.changed_at < NOW


OUTCOMES = {"decided_by_board", "agreed_at_mediation", "right_lapsed", "withdrawn"}


@pytest.mark.slow
def test_both_trusts_have_disputes_at_every_stage_and_of_every_kind_of_end(whole: Engine) -> None:
    with Session(whole) as session:
        for trust in session.scalars(select(Trust)):
            disputes = select(Case.id).where(Case.process == "disagreement", Case.trust_id == trust.id)
            waiting = select(Step.element).where(Step.case_id.in_(disputes), Step.status == "open")
            assert STAGES["disagreement"] <= set(session.scalars(waiting)), trust.key
            replies = facts_of(session, disputes, "dispute_outcome")
            assert {reply["outcome"] for reply in replies} == OUTCOMES
            ways = {row["outcome"] for reply in replies for row in reply["elements"]}
            assert {"manager", "practitioner", "other"} <= ways, "lost, won, settled in the middle"
            missed = select(Deadline.name).where(
                Deadline.case_id.in_(disputes), Deadline.status.in_(["missed", "lapsed"])
            )
            assert {"referral", "lodge_appeal", "mediation_meeting", "recommendation"} <= set(session.scalars(missed))
            objected = select(Event).where(Event.case_id.in_(disputes), Event.kind == "third_objected")
            assert session.scalars(objected).all()
            assert facts_of(session, disputes, "settlement_proposed"), "one waits for its answer"
        parents = select(Case.parent_id).where(Case.process == "disagreement")
        assert set(session.scalars(select(Case.process).where(Case.id.in_(parents)))) == {"individual_planning"}


def facts_of(session: Session, cases: Select[int], key: str) -> list[Any]:
    return list(session.scalars(select(Fact.value).where(Fact.case_id.in_(cases), Fact.key == key)))


@pytest.mark.slow
def test_several_of_the_register_have_been_called_and_nobody_far_too_often(whole: Engine) -> None:
    with Session(whole) as session:
        for trust in session.scalars(select(Trust)):
            calls = select(PanelAllocation.status, PanelMember.id).join(PanelMember)
            called = session.execute(calls.where(PanelMember.trust_id == trust.id)).all()
            assert {"sat", "objected", "proposed"} <= {status for status, _ in called}
            times = Counter(member for _, member in called)
            assert len(times) >= 3
            assert max(times.values()) <= 3, "some were away, or could not sit; nobody is called again and again"


@pytest.mark.slow
def test_people_come_and_go_in_the_whole_demonstration(whole: Engine) -> None:
    with Session(whole) as session:
        assert session.scalars(select(Step).where(Step.queue == "medical_directorate", Step.status == "open")).all()
        assert session.scalars(select(Person).where(Person.left_on <= NOW.date())).all()
        assert session.scalars(select(Deputy).where(Deputy.ends_on > NOW.date())).all()
        assert session.scalars(select(Event).where(Event.on_behalf_of_id.is_not(None))).all()
        assert session.scalars(select(Event).where(Event.kind == "holder_changed")).all()
        combined = session.scalars(select(Fact.value).where(Fact.key == "combined_sessions")).all()
        assert any(combined)


@pytest.mark.slow
def test_the_list_at_sign_in_stays_short(whole: Engine) -> None:
    with Session(whole) as session:
        listed = select(Trust.key, Account.persona).join(Person, Person.id == Account.person_id)
        found = session.execute(listed.join(Trust, Trust.id == Person.trust_id).where(Account.persona.is_not(None)))
        assert max(Counter(key for key, _ in found).values()) <= 25
        without = session.scalars(select(Account).where(Account.persona.is_(None))).all()
        assert len(without) > 100, "the others can sign in with their address"


@pytest.mark.slow
def test_nothing_of_the_whole_demonstration_lies_in_the_future_or_is_left_to_do(whole: Engine) -> None:
    check_times(whole, NOW)


@pytest.mark.slow
@pytest.mark.parametrize(
    "days", [pytest.param(SOME_DAYS, id="some"), pytest.param(DAYS, id="all", marks=pytest.mark.exhaustive)]
)
def test_the_stories_are_the_same_on_any_day(days: Sequence[datetime], tmp_path: Path) -> None:
    told = {}
    for at in days:
        folder = tmp_path / f"{at:%Y-%m-%d}"
        folder.mkdir()
        engine = new_engine(empty_sqlite(folder))
        releases.forget()
        seed(engine, at)
        told[at] = state_of(engine)
        check_times(engine, at)
        engine.dispose()
    assert [told[at] for at in days] == [told[days[0]]] * len(days)


def state_of(engine: Engine) -> tuple[list[str], ...]:
    """What waits for whom, which plans there are, what waits in the outbox."""
    with Session(engine) as session:
        waiting = select(Step.element, Person.name).join(Case, Case.id == Step.case_id)
        waiting = waiting.join(Person, Person.id == Case.subject_id).where(Step.status == "open")
        return (
            sorted(f"{name}: {element}" for element, name in session.execute(waiting)),
            sorted(session.scalars(select(PlanVersion.status))),
            sorted(session.scalars(select(Message.name).where(Message.status == "waiting"))),
        )


def check_times(engine: Engine, at: datetime) -> None:
    """Nothing happens in the future, or before its case; the clock finds nothing left to do."""
    with Session(engine) as session:
        for told in (Event.at, Notice.written_at, Case.opened_at, Step.opened_at):
            assert [one for one in session.scalars(select(told)) if one > at] == []
        for case in session.scalars(select(Case)):
            times = list(session.scalars(select(Event.at).where(Event.case_id == case.id).order_by(Event.number)))
            assert times[0] >= case.opened_at
            assert times == sorted(times)
        assert session.scalars(select(Firing).where(Firing.status == "waiting", Firing.at <= at)).all() == []
    assert not clock.tick(lambda: Session(engine), at=at).done["failed"]

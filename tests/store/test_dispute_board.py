"""The questions of the board of disputes, on both databases, and by their indexes."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World, write_fact
from tests.factories.disputes import (
    book,
    closed_limit,
    moved_to,
    open_dispute,
    open_in,
    open_limit,
    other_team,
    run_again,
    stop,
)
from workflows.store import dispute_board, following
from workflows.store.dispute_board import BoardFilters, BoardSight, Total
from workflows.store.models import CalendarFeed, Person, SavedView

NOBODY: frozenset[int] = frozenset()


def sight(house: House, *people: Person, whole: bool = False, led: bool = False, part_in: bool = False) -> BoardSight:
    groups = frozenset({house.care_group.id}) if led else NOBODY
    return BoardSight(house.trust.id, frozenset(one.id for one in people), whole, groups, part_in)


def found(
    session: Session, sees: BoardSight, filters: BoardFilters | None = None, offset: int = 0
) -> tuple[list[str], Total]:
    shown = filters or BoardFilters()
    rows, total = dispute_board.board(session, sight=sees, filters=shown, now=NOW, limit=50, offset=offset)
    return [row.reference for row in rows], total


def test_ones_own_steps_come_first_then_the_longest_late_then_the_soonest_due(session: Session, world: World) -> None:
    house = world.cpft
    undated, soon, late = (open_dispute(session, house, due=due).reference for due in (None, 3, -2))
    mine = open_dispute(session, house, due=20, held_by=[house.amd]).reference
    open_dispute(session, world.bth, due=1)
    assert found(session, sight(house, house.amd, led=True)) == ([mine, late, soon, undated], Total(4, 1, 1))
    assert found(session, sight(house, house.amd, whole=True))[1] == Total(4, 1, 1)


def test_past_the_end_there_is_nothing(session: Session, world: World) -> None:
    open_dispute(session, world.cpft)
    assert found(session, sight(world.cpft, led=True), offset=50) == ([], Total())


def test_a_step_that_somebody_else_has_claimed_is_not_mine(session: Session, world: World) -> None:
    house = world.cpft
    case = open_dispute(session, house)
    step = open_in(session, case, "mediation", held_by=[house.directorate, house.second_directorate])
    sees = sight(house, house.directorate, whole=True)
    assert found(session, sees)[1].mine == 1
    step.holder_id = house.second_directorate.id
    session.flush()
    assert found(session, sees)[1].mine == 0
    assert found(session, sees, BoardFilters(mine=True)) == ([], Total())


def test_a_limit_whose_clock_is_stopped_is_not_late_until_it_runs_again(session: Session, world: World) -> None:
    house = world.cpft
    case = open_dispute(session, house)
    limit = open_limit(session, case, "panel_meets", due=-3)
    pause = stop(session, case, limit, by=house.amd)
    sees = sight(house, led=True)
    assert found(session, sees, BoardFilters(late=True)) == ([], Total())
    assert [one.stopped for one in dispute_board.running_limits(session, case_ids=[case.id])] == [True]
    run_again(session, case, limit, pause)
    assert found(session, sees, BoardFilters(late=True))[0] == [case.reference]


def test_open_disputes_are_counted_by_stage(session: Session, world: World) -> None:
    house = world.cpft
    for stage in ("disagreement", "mediation", "mediation", "appeal_panel"):
        open_dispute(session, house, stage=stage)
    both = open_dispute(session, house, stage="mediation")
    open_in(session, both, "appeal_panel")
    open_in(session, both, "appeal_panel", element="name_nominee")
    counted = dispute_board.by_stage(session, sight=sight(house, whole=True))
    assert counted == {"disagreement": 1, "mediation": 2, "appeal_panel": 2}


def test_a_care_group_is_that_of_the_team_where_the_case_names_none(session: Session, world: World) -> None:
    house = world.cpft
    case = open_dispute(session, house)
    case.care_group_id = None
    team = other_team(session, house, care_group="Children", name="Carlisle paediatrics")
    moved_to(session, open_dispute(session, house), team)
    assert found(session, sight(house, led=True))[0] == [case.reference]


def test_limits_that_are_over_tell_their_stage_and_lapsed_ones_do_not_count(session: Session, world: World) -> None:
    house = world.cpft
    case = open_dispute(session, house, stage="mediation")
    step = open_in(session, case, "mediation", element="record_mediation")
    step.deadline, step.status = "mediation_meeting", "done"
    kept = closed_limit(session, case, "mediation_meeting", promised=28, took=20)
    closed_limit(session, case, "referral", promised=14, took=14, status="lapsed")
    closed_limit(session, case, "statements", promised=14, took=14, status="cancelled")
    closed_limit(session, case, "last_statements", promised=1, took=20)
    open_limit(session, case, "lodge_appeal", due=-2)
    [one] = dispute_board.closed_limits(session, sight=sight(house, whole=True))
    assert (one.name, one.process, one.ended_at) == ("mediation_meeting", "mediation", kept.ended_at)


def test_facts_of_the_board_come_with_the_newest_last(session: Session, world: World) -> None:
    case = open_dispute(session, world.cpft)
    write_fact(session, case, "position", "Mine.")
    for days in (5, 9):
        book(session, case, "mediation", on=TODAY + timedelta(days=days))
    told = dispute_board.told(session, case_ids=[case.id])
    booked = [value for _, key, value in told if key == "mediation_booked_for"]
    assert booked == ["2027-03-06", "2027-03-10"]
    assert "position" not in {key for _, key, _ in told}


def test_views_that_search_for_somebody_who_is_erased_go_with_their_name(session: Session, world: World) -> None:
    house = world.cpft

    def keep(person: Person, name: str, **asked: str) -> None:
        following.add_view(session, trust_id=person.trust_id, person_id=person.id, name=name, asked=asked, now=NOW)

    keep(house.doctor, "Late", late="yes")
    keep(house.amd, "The one of OSEI", stage="mediation")
    keep(house.amd, "Search", q="osei")
    keep(house.amd, "Dr", q="Dr")
    keep(world.bth.amd, "Osei", q="osei")
    following.make_feed(session, trust_id=house.trust.id, person_id=house.doctor.id, token="a token", now=NOW)
    gone = following.forget(session, trust_id=house.trust.id, person_id=house.doctor.id, name=house.doctor.name)
    assert gone == 4
    assert session.query(CalendarFeed).count() == 0
    assert sorted(row.name for row in session.query(SavedView)) == ["Dr", "Osei"]


MANY = """INSERT INTO "case" (trust_id, reference, process, title, year, release_id, subject_id, team_id, care_group_id,
status, stage, opened_at, state, engine_version, version, event_count, event_head)
SELECT trust_id, reference || '-' || number, CASE number % 10 WHEN 0 THEN 'disagreement' ELSE 'individual_planning' END,
title, year, release_id, subject_id, team_id, care_group_id, status, stage, opened_at, state, engine_version, 0, 0, ''
FROM "case" CROSS JOIN generate_series(1, 20000) AS number WHERE reference = :reference"""
STEPS = """INSERT INTO step (trust_id, case_id, task, process, caller, element, name, role, item, occurrence, screen,
deadline, queue, status, opened_at) SELECT trust_id, id, 'one', 'mediation', '', 'book_mediation', 'Book', 'mediator',
'', 1, '', 'mediation_meeting', '', 'open', opened_at FROM "case" WHERE reference LIKE :copies"""
LIMITS = """INSERT INTO deadline (trust_id, case_id, name, occurrence, starts_on, started_by, due_on, due_at, status)
SELECT trust_id, id, 'mediation_meeting', 1, DATE '2027-02-01', 'x', DATE '2027-03-01', opened_at, 'open'
FROM "case" WHERE reference LIKE :copies"""
FACTS = """INSERT INTO fact (case_id, key, occurrence, item, value, type, written_at)
SELECT id, 'disputed', 1, '', '[]', 'rows', opened_at FROM "case" WHERE reference LIKE :copies"""


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_among_many_cases_every_question_finds_its_rows_by_an_index(
    session: Session, engine: Engine, world: World
) -> None:
    """Twenty thousand open cases, a tenth of them disputes: what only belongs to fifty of them is looked up, and the
    cases themselves are found by the process."""
    case = open_dispute(session, world.cpft)
    for statement in (MANY, STEPS, LIMITS, FACTS):
        given = {"reference": case.reference, "copies": f"{case.reference}-%"}
        session.execute(text(statement), {key: given[key] for key in given if f":{key}" in statement})
    session.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
        alone.execute(text("ANALYZE"))
    ids = list(range(case.id, case.id + 50))
    sees = sight(world.cpft, world.cpft.amd, whole=True)
    for question, tables in (
        (lambda: found(session, sees), {"case"}),
        (lambda: dispute_board.running_limits(session, case_ids=ids), {"deadline"}),
        (lambda: dispute_board.told(session, case_ids=ids), {"fact"}),
    ):
        read = [scan for plan in plans(session, engine, question) for scan in whole_tables(plan)]
        assert tables.isdisjoint(read), read


def plans(session: Session, engine: Engine, question: Any) -> list[dict[str, Any]]:
    """How PostgreSQL would go about each statement of a question."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    question()
    event.remove(engine, "before_cursor_execute", note)
    connection = session.connection()
    told = [connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {each}", given).scalar_one() for each, given in sent]
    return [(json.loads(one) if isinstance(one, str) else one)[0]["Plan"] for one in told]


def whole_tables(plan: dict[str, Any]) -> list[str]:
    """The tables that a plan reads from end to end."""
    own = [plan["Relation Name"]] if plan["Node Type"] == "Seq Scan" else []
    return own + [table for part in plan.get("Plans", []) for table in whole_tables(part)]

"""Every list has its index: no query of the store reads a whole table that grows."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY
from workflows.store import (
    case_pages,
    cases,
    dispute_board,
    disputes,
    drafts,
    events,
    firings,
    following,
    incidents,
    messages,
    move_rows,
    panel_register,
    papers,
    people,
    plans,
    posts,
    process_figures,
    releases,
    step_pages,
    steps,
    taking,
)
from workflows.store.dispute_board import BoardFilters, BoardSight

Query = Callable[[Session], object]
SPAN = process_figures.Span("mediation", NOW, NOW, 1)
LED = process_figures.FigureSight(1, frozenset({1}))
BOARD = BoardSight(1, frozenset({1}), whole_trust=False, led=frozenset({1}), part_in=True)

QUERIES: list[Query] = [
    lambda session: papers.case_of(session, trust_id=1, reference="CPFT-2027-0001"),
    lambda session: case_pages.children(session, parent_id=1),
    lambda session: cases.children_open(session, parent_id=1),
    lambda session: cases.open_of_team(session, team_id=1, process="individual_planning"),
    lambda session: steps.open_of_case(session, case_id=1),
    lambda session: steps.occurrences_of_case(session, case_id=1),
    lambda session: steps.holders(session, step_ids=[1, 2]),
    lambda session: steps.set_due(session, case_id=1, deadline="sign_off", due_at=NOW),
    lambda session: step_pages.draft(session, step_id=1, person_id=1),
    lambda session: drafts.delete_drafts(session, step_ids=[1]),
    lambda session: posts.holders_of(session, trust_id=1, roles=["amd", "hr_workforce"], on=TODAY),
    lambda session: posts.posts_of(session, person_id=1, on=TODAY),
    lambda session: posts.deputising_for(session, person_id=1, on=TODAY),
    lambda session: posts.members_of_team(session, team_id=1, on=TODAY),
    lambda session: posts.teams_of(session, care_group_id=1),
    lambda session: posts.contract_of(session, person_id=1, on=TODAY),
    lambda session: taking.take(session, case_ids=[1, 2], today=TODAY),
    lambda session: taking.take_of_step(session, trust_id=1, step_id=1, today=TODAY),
    lambda session: firings.claim_many(session, now=NOW, limit=10),
    lambda session: firings.due_ids(session, now=NOW, limit=10),
    lambda session: firings.claim(session, firing_id=1, now=NOW),
    lambda session: firings.void(session, deadline_ids=[1]),
    firings.next_due_at,
    lambda session: messages.waiting_for(session, receiver_id=1, names=["cases_closed"]),
    lambda session: messages.claim(session, message_id=1, now=NOW),
    lambda session: case_pages.events(session, case_id=1),
    lambda session: plans.in_force(session, person_id=1),
    lambda session: plans.agreed_last(session, person_id=1),
    lambda session: plans.waiting(session, person_id=1),
    lambda session: plans.people_due(session, today=TODAY),
    lambda session: plans.due(session, person_id=1, today=TODAY),
    lambda session: plans.next_first_day(session, after=TODAY),
    lambda session: plans.draft_of_case(session, case_id=1),
    lambda session: plans.versions(session, person_id=1),
    lambda session: plans.next_number(session, person_id=1),
    lambda session: plans.team_plan(session, team_id=1, year="2027/28"),
    lambda session: plans.signatures_of_case(session, case_id=1),
    lambda session: plans.signatures_of(session, plan_version_id=1),
    lambda session: process_figures.waited(session, sight=LED, span=SPAN),
    lambda session: process_figures.took(session, sight=LED, span=SPAN),
    lambda session: process_figures.running(session, sight=LED),
    lambda session: process_figures.releases(session, trust_id=1),
    lambda session: incidents.of_case(session, case_id=1),
    lambda session: releases.published(session, trust_id=1),
    lambda session: releases.files(session, release_id=1),
    lambda session: people.names(session, person_ids=[1, 2]),
    lambda session: panel_register.by_id(session, trust_id=1, member_id=1),
    lambda session: panel_register.on_it(session, trust_id=1, person_id=1),
    lambda session: panel_register.members(session, trust_id=1),
    lambda session: panel_register.use(session, trust_id=1),
    lambda session: panel_register.reviews(session, trust_id=1),
    lambda session: panel_register.begun_at(session, trust_id=1),
    lambda session: dispute_board.board(
        session, sight=BOARD, filters=BoardFilters(words="Osei", stage="mediation"), now=NOW, limit=50, offset=0
    ),
    lambda session: dispute_board.by_stage(session, sight=BOARD),
    lambda session: dispute_board.running_limits(session, case_ids=[1, 2]),
    lambda session: dispute_board.closed_limits(session, sight=BOARD),
    lambda session: dispute_board.told(session, case_ids=[1, 2]),
    lambda session: disputes.settled(session, case_id=1),
    lambda session: disputes.written(session, case_id=1),
    lambda session: disputes.proposer(session, case_id=1),
    lambda session: disputes.statement_steps(session, case_id=1, deadline="statements"),
    lambda session: disputes.organisations(session, trust_id=1, person_ids=[1, 2]),
    lambda session: following.views(session, person_id=1),
    lambda session: following.feed_made_at(session, person_id=1),
    lambda session: following.reader(session, token="a token", day=TODAY),
    lambda session: following.forget(session, trust_id=1, person_id=1, name="Dr Osei"),
    lambda session: people.of_the_trust(session, trust_id=1, person_ids=[1, 2]),
    lambda session: move_rows.running(session, trust_id=1, after=7),
    lambda session: move_rows.lines(session, case_ids=[1, 2]),
    lambda session: move_rows.of_trust(session, trust_id=1, limit=10),
    lambda session: move_rows.counts(session, batch_ids=[1]),
    lambda session: move_rows.items(session, batch_id=1, statuses=("failed", "refused"), limit=50),
    lambda session: move_rows.moved_on(session, batch_id=1, limit=10),
    lambda session: move_rows.due(session, now=NOW, limit=10),
    lambda session: move_rows.claim(session, item_id=1, now=NOW),
    lambda session: move_rows.finish(session, now=NOW),
    move_rows.undoing,
    move_rows.under_way,
    lambda session: move_rows.moved(session, batch_id=1, after=0, limit=10),
    lambda session: move_rows.try_again(session, batch_id=1),
    lambda session: events.releases_of_steps(session, case_id=1),
]


NO_TABLES = ("CONSTANT ROW", "json_each", "anon_", "(subquery-")
"""What is scanned without harm: a row of constants, a list of ids that was given, the few rows of a subquery."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_query_reads_a_whole_table(session: Session, engine: Engine) -> None:
    plans_of = read_plans(engine)
    for query in QUERIES:
        query(session)
    whole = [
        f"{step}: {statement}"
        for statement, parameters in plans_of()
        for step in explain(session, statement, parameters)
        if step.startswith("SCAN") and not any(one in step for one in NO_TABLES)
    ]
    assert whole == []


def read_plans(engine: Engine) -> Callable[[], list[tuple[str, object]]]:
    """Remembers every statement from now on; call the result to stop and get them."""
    sent: list[tuple[str, object]] = []

    def remember(*call: object) -> None:
        if str(call[2]).startswith(("SELECT", "UPDATE", "DELETE")):
            sent.append((str(call[2]), call[3]))

    event.listen(engine, "before_cursor_execute", remember)

    def stop() -> list[tuple[str, object]]:
        event.remove(engine, "before_cursor_execute", remember)
        assert len(sent) >= len(QUERIES)
        return sent

    return stop


def explain(session: Session, statement: str, parameters: object) -> list[str]:
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
    return [row.detail for row in rows]

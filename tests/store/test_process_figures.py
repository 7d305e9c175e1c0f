"""How a process goes: what the tables say of its steps, on both databases."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tests.factories import NOW, House, World, open_case, open_step
from tests.factories.disputes import moved_to, other_team
from workflows.store import process_figures
from workflows.store.models import Case, Step
from workflows.store.process_figures import FigureSight, Span, Took, Waited

DAY = timedelta(days=1)
PROCESS = "individual_planning"


def step(
    session: Session, case: Case, *, opened: float, ended: float | None = None, element: str = "sign_plan",
    status: str = "done",
) -> Step:  # fmt: skip
    """A step that was opened, and ended, so many days ago."""
    found = open_step(session, case, element=element)
    found.opened_at = NOW - opened * DAY
    if ended is not None:
        found.status, found.ended_at = status, NOW - ended * DAY
    session.flush()
    return found


def whole(house: House) -> FigureSight:
    return FigureSight(house.trust.id)


def span(since: datetime | None = None, release_id: int | None = None) -> Span:
    return Span(PROCESS, since, NOW, release_id)


def in_days(found: list[Waited]) -> dict[str, tuple[int, float]]:
    return {one.element: (one.cases, round(one.seconds / DAY.total_seconds(), 3)) for one in found}


def test_half_and_nine_in_ten_are_those_of_the_steps_that_were_done(session: Session, world: World) -> None:
    for days in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        step(session, open_case(session, world.cpft), opened=days + 1, ended=1)
    step(session, open_case(session, world.cpft), opened=500, ended=1, status="cancelled")
    step(session, open_case(session, world.cpft), opened=500)
    step(session, open_case(session, world.cpft), opened=4, ended=1.5, element="agree_plan")
    step(session, open_case(session, world.bth), opened=400, ended=1)
    found = {one.element: one for one in process_figures.took(session, sight=whole(world.cpft), span=span())}
    assert found.keys() == {"sign_plan", "agree_plan"}
    assert [round(figure / DAY.total_seconds(), 3) for figure in found["sign_plan"][2:]] == [5, 9]
    assert found["sign_plan"].done == 10
    assert found["agree_plan"] == Took("agree_plan", 1, found["agree_plan"].half, found["agree_plan"].half)


def test_only_the_waiting_inside_the_period_counts(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    step(session, case, opened=100, ended=20)
    step(session, case, opened=5, element="agree_plan")
    step(session, case, opened=90, ended=40, element="read_pack")
    sight = whole(world.cpft)
    assert in_days(process_figures.waited(session, sight=sight, span=span(NOW - 30 * DAY))) == {
        "sign_plan": (0, 10),
        "agree_plan": (1, 5),
    }
    assert in_days(process_figures.waited(session, sight=sight, span=span()))["sign_plan"] == (0, 80)
    took = process_figures.took(session, sight=sight, span=span(NOW - 30 * DAY))
    assert [one.element for one in took] == ["sign_plan"]


def test_of_a_period_that_is_over_its_end_counts_and_not_today(session: Session, world: World) -> None:
    step(session, open_case(session, world.cpft), opened=100, ended=20)
    step(session, open_case(session, world.cpft), opened=100, ended=60, element="agree_plan")
    step(session, open_case(session, world.cpft), opened=10, element="read_pack")
    sight, over = whole(world.cpft), span(NOW - 90 * DAY)._replace(until=NOW - 50 * DAY)
    assert in_days(process_figures.waited(session, sight=sight, span=over)) == {
        "sign_plan": (1, 40),
        "agree_plan": (0, 30),
    }
    assert [one.element for one in process_figures.took(session, sight=sight, span=over)] == ["agree_plan"]


def test_a_case_with_several_open_steps_of_one_kind_is_one_case(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    for item in ("1", "2"):
        open_step(session, case, element="agree_plan", item=item).opened_at = NOW - DAY
    session.flush()
    assert in_days(process_figures.waited(session, sight=whole(world.cpft), span=span())) == {"agree_plan": (1, 2)}
    assert process_figures.running(session, sight=whole(world.cpft)) == {PROCESS: 1}


def test_figures_are_of_one_care_group_or_one_release_where_that_is_asked(session: Session, world: World) -> None:
    here = open_case(session, world.cpft)
    team = other_team(session, world.cpft, care_group="Elsewhere", name="Elsewhere’s team")
    there = moved_to(session, open_case(session, world.cpft), team)
    step(session, here, opened=3)
    step(session, there, opened=5)
    led = FigureSight(world.cpft.trust.id, frozenset({world.cpft.care_group.id}))
    assert in_days(process_figures.waited(session, sight=led, span=span())) == {"sign_plan": (1, 3)}
    there.care_group_id = None
    session.flush()
    of_team = FigureSight(world.cpft.trust.id, frozenset({team.care_group_id}))
    assert in_days(process_figures.waited(session, sight=of_team, span=span())) == {"sign_plan": (1, 5)}
    assert process_figures.running(session, sight=led) == {PROCESS: 1}
    other_release = span(release_id=world.bth.release.id)
    assert process_figures.waited(session, sight=whole(world.cpft), span=other_release) == []
    assert process_figures.releases(session, trust_id=world.cpft.trust.id) == [(world.cpft.release.id, 1)]

"""The board of disputes: who follows which, what comes first, and what it says of each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, TODAY, House, World, write_fact
from tests.factories.disputes import book, moved_to, open_dispute, open_in, open_limit, other_team, stop
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.test_statements import counted
from tests.webapp.visitor import Visitor
from workflows.store.models import Deputy, Person, Post, Step

Visit = Callable[[Person], Visitor]
FOLLOWERS = ("directorate", "medical_director", "chief_executive", "amd")
OTHERS = ("doctor", "manager", "service_manager", "hr", "finance", "board_secretary")


def listed(page: Page) -> list[str]:
    """The references on the board, in order."""
    return [link.removeprefix("/cases/") for link in page.links if link.startswith("/cases/CPFT-")]


def rows(page: Page) -> list[str]:
    """The lines of the board as text."""
    return [page.text_of(line) for line in page.root.iter("tr")][1:]


@pytest.mark.parametrize("part", OTHERS)
def test_the_board_is_closed_to_whoever_follows_no_disputes(cpft: House, visit: Visit, store: Store, part: str) -> None:
    with store() as session:
        open_dispute(session, cpft)
    visitor = visit(getattr(cpft, part))
    assert "/disputes" not in visitor.page.links
    page = visitor.open("/disputes", status=403)
    assert "A dispute of your own is under Cases." in page.text


@pytest.mark.parametrize("part", FOLLOWERS)
def test_followers_have_it_in_their_menu(cpft: House, visit: Visit, part: str) -> None:
    visitor = visit(getattr(cpft, part))
    assert "/disputes" in visitor.page.links
    assert visitor.open("/disputes").heading == "Disputes"


def test_an_amd_follows_their_own_care_group_and_the_medical_director_and_the_office_all(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        own = open_dispute(session, cpft).reference
        team = other_team(session, cpft, care_group="Children", name="Carlisle paediatrics")
        other = moved_to(session, open_dispute(session, cpft), team).reference
    assert listed(visit(cpft.amd).open("/disputes")) == [own]
    assert "Every open dispute of Mental health" in visit(cpft.amd).open("/disputes").text
    for part in (cpft.medical_director, cpft.directorate):
        assert sorted(listed(visit(part).open("/disputes"))) == sorted([own, other])


def test_the_chief_executive_follows_only_appeals_in_which_they_have_a_part(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        open_dispute(session, cpft, stage="appeal_panel")
        theirs = open_dispute(session, cpft, stage="appeal_panel", held_by=[cpft.chief_executive]).reference
        named = open_dispute(session, cpft, stage="appeal_panel")
        done = open_in(session, named, "appeal_panel", element="name_chair", held_by=[cpft.chief_executive])
        done.status, done.done_by_id = "done", cpft.chief_executive.id
        after = named.reference
    assert listed(visit(cpft.chief_executive).open("/disputes")) == [theirs, after]


def test_the_chief_executive_reads_how_much_waits_and_not_the_points_themselves(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        case = open_dispute(session, cpft, stage="appeal_panel", held_by=[cpft.chief_executive])
        lines = [{"element": "friday", "title": "Friday list"}, {"element": "clinic", "title": "Clinic in Penrith"}]
        write_fact(session, case, "disputed", lines)
    [line] = rows(visit(cpft.chief_executive).open("/disputes"))
    assert "2 parts of the job plan" in line
    assert "Friday list" not in line
    assert "Friday list" in rows(visit(cpft.amd).open("/disputes"))[0]


def test_whoever_stands_in_for_an_amd_follows_what_the_amd_follows(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        reference = open_dispute(session, cpft, held_by=[cpft.amd]).reference
        days = {"starts_on": TODAY, "ends_on": TODAY, "reason": "Leave", "recorded_at": NOW}
        session.add(Deputy(person_id=cpft.amd.id, deputy_id=cpft.colleague.id, **days))
    visitor = visit(cpft.colleague)
    assert "/disputes" in visitor.page.links
    page = visitor.open("/disputes")
    assert listed(page) == [reference]
    assert "1 needs you" in page.text


def test_an_amd_whose_post_has_ended_follows_nothing(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        post = session.query(Post).filter_by(person_id=cpft.amd.id).one()
        post.ends_on = TODAY - timedelta(days=1)
    visit(cpft.amd).open("/disputes", status=403)


def test_another_trusts_disputes_are_not_there(world: World, visit: Visit, store: Store) -> None:
    with store() as session:
        open_dispute(session, world.bth)
    page = visit(world.cpft.directorate).open("/disputes")
    assert "No open disputes" in page.text
    assert not listed(page)


def test_what_needs_me_comes_first_then_what_is_longest_late_then_what_is_due_soonest(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        undated, soon, late, later, longest = (
            open_dispute(session, cpft, due=due).reference for due in (None, 3, -2, 20, -9)
        )
        mine = open_dispute(session, cpft, due=25, held_by=[cpft.amd]).reference
    page = visit(cpft.amd).open("/disputes")
    assert listed(page) == [mine, longest, late, soon, later, undated]
    assert "6 open disputes, 2 of them late, 1 needs you" in page.text


def test_a_line_says_stage_holder_days_next_date_and_what_waits(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        case = open_dispute(session, cpft, stage="mediation", due=12, held_by=[cpft.medical_director])
        open_limit(session, case, "lodge_appeal", due=30)
        book(session, case, "mediation", on=TODAY + timedelta(days=8), at="14:30")
        lines = [{"element": "friday", "title": "Friday list"}, {"element": "clinic", "title": "Clinic in Penrith"}]
        write_fact(session, case, "disputed", lines)
    [line] = rows(visit(cpft.amd).open("/disputes"))
    assert "Dr Amina Osei: disagreement about the job plan 2027/28" in line
    assert "Penrith community team" in line
    assert "Mental health" not in line, "it is the reader's only care group"
    for said in (
        "Mediation",
        "Book mediation",
        "Dr Farah Siddiqui",
        "12 days left",
        "Mediation meeting: 13 March 2027",
        "Mediation on 9 March 2027 at 2:30pm",
        "Friday list; Clinic in Penrith",
    ):
        assert said in line, said
    assert "Your step" not in line
    assert "Your step" in rows(visit(cpft.medical_director).open("/disputes"))[0]


def test_a_stopped_clock_makes_nothing_late_and_a_meeting_that_was_is_no_next_date(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        case = open_dispute(session, cpft)
        stop(session, case, open_limit(session, case, "panel_meets", due=-3), by=cpft.directorate)
        book(session, case, "hearing", on=TODAY - timedelta(days=1))
    page = visit(cpft.amd).open("/disputes")
    assert "Clock stopped" in rows(page)[0]
    assert "Hearing on" not in page.text
    assert "1 open dispute" in page.text
    assert "late, " not in rows(page)[0]


def test_a_limit_of_which_nobody_has_a_step_is_a_date_to_come_and_never_late(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        case = open_dispute(session, cpft, stage="appeal_panel", due=9, limit="recommendation")
        open_limit(session, case, "last_statements", due=-5)
        open_limit(session, case, "statements", due=4)
    page = visit(cpft.amd).open("/disputes")
    assert "9 days left Recommendation of the appeal panel: 10 March 2027" in rows(page)[0]
    assert "late" not in rows(page)[0]
    assert listed(visit(cpft.amd).open("/disputes?late=yes")) == []
    assert "Statements of case: due" in visit(cpft.amd).open("/disputes/status").text


def test_a_step_without_a_limit_of_its_own_is_to_be_done_by_that_of_the_case(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        case = open_dispute(session, cpft, stage="appeal_panel", due=6, limit="panel_meets")
        step = session.scalars(select(Step).where(Step.case_id == case.id)).one()
        step.deadline = ""
    [line] = rows(visit(cpft.amd).open("/disputes"))
    assert "6 days left Meeting of the appeal panel: 7 March 2027" in line


def test_filters_narrow_stay_and_are_cleared(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        team = other_team(session, cpft, care_group="Children", name="Carlisle paediatrics")
        appeal = open_dispute(session, cpft, stage="appeal_panel", held_by=[cpft.directorate]).reference
        late = open_dispute(session, cpft, stage="mediation", due=-1, subject=cpft.colleague).reference
        first = moved_to(session, open_dispute(session, cpft), team).reference
        group = team.care_group_id
    visitor = visit(cpft.directorate)
    for asked, found in (
        ("stage=appeal_panel", [appeal]),
        ("stage=mediation", [late]),
        ("stage=disagreement", [first]),
        ("stage=nonsense", sorted([appeal, late, first])),
        ("late=yes", [late]),
        ("mine=yes", [appeal]),
        ("q=carver", [late]),
        ("q=CARLISLE", [first]),
        ("q=children", [first]),
        (f"q={first}", [first]),
        (f"care_group={group}", [first]),
    ):
        assert sorted(listed(visitor.open(f"/disputes?{asked}"))) == found, asked
    assert listed(visitor.open("/disputes")) == [first], "the last filter is kept"
    assert "No dispute fits" in visitor.open("/disputes?q=nobody").text
    visitor.open("/disputes?all=yes")
    assert len(listed(visitor.open("/disputes"))) == 3


def test_a_closed_dispute_and_other_cases_are_not_on_it(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        case = open_dispute(session, cpft)
        case.status = "closed"
    page = visit(cpft.amd).open("/disputes")
    assert not listed(page)
    assert "A dispute opens by itself when a doctor and the" in page.text
    assert "No appeal waits for you" in visit(cpft.chief_executive).open("/disputes").text


def test_it_shows_fifty_a_page_and_a_page_past_the_end_is_the_last(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        references = [open_dispute(session, cpft, due=day).reference for day in range(50)]
        mine = open_dispute(session, cpft, due=99, held_by=[cpft.amd]).reference
    visitor = visit(cpft.amd)
    assert listed(visitor.open("/disputes")) == [mine, *references[:49]]
    for page in ("2", "9"):
        assert listed(visitor.open(f"/disputes?page={page}")) == references[49:]
    assert "51 open disputes" in visitor.page.text


def test_it_asks_no_more_of_the_database_however_many_there_are(cpft: House, visit: Visit, store: Store) -> None:
    """The clock, who is there, their posts, the disputes, their care groups, steps, holders, facts, release, limits,
    and the reader's views."""
    visitor = visit(cpft.amd)
    with store() as session:
        book(session, open_dispute(session, cpft, due=3, held_by=[cpft.amd]), "mediation", on=TODAY)
    visitor.open("/disputes")
    with counted() as one:
        visitor.open("/disputes")
    with store() as session:
        for number in range(30):
            open_dispute(session, cpft, due=number, held_by=[cpft.manager])
    with counted() as many:
        visitor.open("/disputes")
    assert len(many) == len(one) <= 11, one

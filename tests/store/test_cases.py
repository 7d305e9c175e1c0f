"""Cases, and what they know."""

from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, World, open_case, open_step, write_fact
from tests.store.claims import deliver_first
from workflows.store import case_pages, cases, messages, papers, taking
from workflows.store.models import Case, Fact


def test_a_case_of_another_trust_is_not_found(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    assert papers.case_of(session, trust_id=world.cpft.trust.id, reference=case.reference) is case
    assert papers.case_of(session, trust_id=world.bth.trust.id, reference=case.reference) is None


def test_each_trust_and_year_counts_its_own_references(session: Session, world: World) -> None:
    given = [
        cases.next_reference(session, trust=trust, year=year)
        for trust, year in [
            (world.cpft.trust, 2027),
            (world.cpft.trust, 2027),
            (world.bth.trust, 2027),
            (world.cpft.trust, 2028),
        ]
    ]
    assert given == ["CPFT-2027-0001", "CPFT-2027-0002", "BTH-2027-0001", "CPFT-2028-0001"]


def test_a_page_does_not_load_the_stored_state_but_the_runner_does(session: Session, world: World) -> None:
    case_id = open_case(session, world.cpft).id
    session.commit()
    session.expunge_all()
    found = case_pages.by_id(session, case_id=case_id)
    assert found is not None
    assert "state" not in found.__dict__
    running = cases.by_id(session, case_id=found.id)
    assert running is not None
    assert running.__dict__["state"] == b"{}"


def test_a_parent_waits_while_a_child_is_open_or_has_yet_to_be_started(session: Session, world: World) -> None:
    parent = open_case(session, world.cpft, process="team_planning")
    assert not cases.children_open(session, parent_id=parent.id)

    letter = messages.Letter(
        trust_id=parent.trust_id,
        key="start",
        kind="start",
        name="individual_planning",
        sent_at=NOW,
        sender_id=parent.id,
    )
    messages.send(session, letters=[letter])
    assert cases.children_open(session, parent_id=parent.id)

    assert deliver_first(session, now=NOW)
    child = open_case(session, world.cpft, parent=parent)
    assert cases.children_open(session, parent_id=parent.id)
    assert case_pages.children(session, parent_id=parent.id) == [child]

    child.status = "closed"
    assert not cases.children_open(session, parent_id=parent.id)


def test_a_teams_open_cases_are_those_of_the_process_that_are_not_closed(session: Session, world: World) -> None:
    team = world.cpft.team.id
    kept, closed = open_case(session, world.cpft), open_case(session, world.cpft, subject=world.cpft.colleague)
    open_case(session, world.cpft, process="team_planning")
    open_case(session, world.bth)
    closed.status = "closed"
    assert cases.open_of_team(session, team_id=team, process="individual_planning") == [kept.id]


# --------------------------------------------------------------------------------------------------------------- facts


def known(session: Session, case: Case) -> list[tuple[str, str, object]]:
    taken = taking.take(session, case_ids=[case.id], today=TODAY)[case.id]
    return [(row.key, row.item, row.value) for row in taken.facts]


def test_the_newest_value_of_a_fact_counts_and_the_old_one_is_kept(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    write_fact(session, case, "meeting_date", "2027-03-01")
    write_fact(session, case, "meeting_date", "2027-03-08")
    assert known(session, case) == [("meeting_date", "", "2027-03-08")]
    assert [fact.value for fact in session.query(Fact).order_by(Fact.id)] == ["2027-03-01", "2027-03-08"]


def test_a_for_each_step_gives_a_value_for_each_person_the_newest_last(session: Session, world: World) -> None:
    case = open_case(session, world.cpft, process="team_planning")
    for person, answer in [("10", "agree"), ("9", "object"), ("100", "agree")]:
        step = open_step(session, case, element="answer", item=person)
        write_fact(session, case, "team_answer", answer, step=step, item=person)
    assert known(session, case) == [
        ("team_answer", "10", "agree"),
        ("team_answer", "9", "object"),
        ("team_answer", "100", "agree"),
    ]


def test_a_step_entered_again_starts_its_list_anew(session: Session, world: World) -> None:
    case = open_case(session, world.cpft, process="team_planning")
    for person in ("1", "2"):
        step = open_step(session, case, element="answer", item=person)
        write_fact(session, case, "team_answer", "object", step=step, item=person)
    again = open_step(session, case, element="answer", item="2", occurrence=2)
    write_fact(session, case, "team_answer", "agree", step=again, item="2")
    assert known(session, case) == [("team_answer", "2", "agree")]


def test_a_fact_written_by_another_step_is_that_steps_alone(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    twice = open_step(session, case, element="draft_plan", occurrence=2)
    write_fact(session, case, "agreed", False, step=twice)
    write_fact(session, case, "agreed", True, step=open_step(session, case, element="meet"))
    assert known(session, case) == [("agreed", "", True)]


def test_a_case_knows_nothing_of_another_one(session: Session, world: World) -> None:
    case, other = open_case(session, world.cpft), open_case(session, world.cpft)
    write_fact(session, other, "agreed", True)
    assert known(session, case) == []

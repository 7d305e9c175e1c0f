"""The check of histories: whoever changes, removes, moves or cuts something is found out, on both databases."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.cases.conftest import SQLITE
from tests.cases.stages import start_plan
from tests.cases.walk import Walk
from workflows import front_door
from workflows.domain.acts import anchor_hash
from workflows.domain.events import event_hash
from workflows.operations import anchors, audit
from workflows.operations.audit import Fault
from workflows.store import acts, engines
from workflows.store import anchors as anchor_rows
from workflows.store.models import Act, Anchor, Case, Event


@pytest.fixture
def case(cpft: Walk) -> Case:
    """A case with a history of some length."""
    return cpft.case(start_plan(cpft))


def faults(walk: Walk, *, elsewhere: Path | None = None, key: str = "") -> list[str]:
    exported = anchors.read(elsewhere) if elsewhere else ()
    with walk.session() as session:
        found: list[Fault] = list(audit.verify(session, checked=audit.Checked(), key=key, exported=exported))
    return [fault.sentence for fault in found]


def anchor(walk: Walk, folder: Path | None = None) -> None:
    trust_id = walk.house.trust.id
    walk.perform(anchors.anchor, trust_id=trust_id, now=walk.at)
    if folder:
        with walk.session() as session:
            anchors.export(session, folder=folder)


def tamper(walk: Walk, *statements: Any) -> None:
    with walk.session() as session:
        engines.begin_write(session)
        for statement in statements:
            session.execute(statement, execution_options={"synchronize_session": False})
        session.commit()


def of(case: Case, number: int) -> Any:
    return (Event.case_id == case.id) & (Event.number == number)


def forge(walk: Walk, case: Case, upto: int) -> None:
    """Cut the tail of a history and mend the case's row, as somebody with the database in their hands would."""
    with walk.session() as session:
        head = session.scalars(select(Event.hash).where(of(case, upto))).one()
    tamper(
        walk,
        delete(Event).where(Event.case_id == case.id, Event.number > upto),
        update(Case).where(Case.id == case.id).values(event_count=upto, event_head=head),
    )


def act(walk: Walk) -> None:
    walk.perform(
        acts.record,
        trust_id=walk.house.trust.id,
        who_id=None,
        kind="incident_retried",
        details={"incident": 1},
        now=walk.at,
    )


def test_untouched_histories_are_whole_and_counted(cpft: Walk, case: Case, tmp_path: Path) -> None:
    act(cpft)
    anchor(cpft, tmp_path)
    cpft.at = cpft.at.replace(day=2)
    other = cpft.start(cpft.house.directorate, "planning_round", care_group=cpft.house.care_group.id)
    anchor(cpft, tmp_path)
    checked = audit.Checked()
    with cpft.session() as session:
        assert list(audit.verify(session, checked=checked, exported=anchors.read(tmp_path))) == []
    events = cpft.case(case.reference).event_count + cpft.case(other).event_count
    assert checked.counts["CPFT"] == {"cases": 3, "events": events, "acts": 1, "anchors": 2}
    assert set(checked.counts) == {"CPFT", "BTH"}


def test_changed_details_are_found(cpft: Walk, case: Case) -> None:
    tamper(cpft, update(Event).where(of(case, 2)).values(details={"name": "Something else"}))
    assert faults(cpft) == [f"{case.reference}: event 2 was changed after it was written."]


@SQLITE
@pytest.mark.parametrize("part", ["who_id", "on_behalf_of_id", "kind", "clause", "at"])
def test_every_column_of_an_event_is_under_its_hash(cpft: Walk, case: Case, part: str) -> None:
    values = {"who_id": cpft.house.hr.id, "on_behalf_of_id": cpft.house.hr.id, "kind": "x", "clause": "x"}
    tamper(cpft, update(Event).where(of(case, 2)).values({part: values.get(part, cpft.at.replace(day=20))}))
    assert faults(cpft) == [f"{case.reference}: event 2 was changed after it was written."]


def test_a_change_whose_hash_was_worked_out_anew_no_longer_fits_what_follows(cpft: Walk, case: Case) -> None:
    with cpft.session() as session:
        row = session.scalars(select(Event).where(of(case, 2))).one()
        forged = event_hash(
            previous=row.previous,
            number=2,
            at=row.at,
            kind=row.kind,
            who=row.who_id,
            on_behalf=None,
            clause=row.clause,
            release=row.release_id,
            details={},
            case=case.id,
        )
    tamper(cpft, update(Event).where(of(case, 2)).values(details={}, hash=forged))
    assert faults(cpft) == [f"{case.reference}: event 3 does not follow the one before it."]


def test_a_line_taken_out_of_the_middle_is_missed(cpft: Walk, case: Case) -> None:
    tamper(cpft, delete(Event).where(of(case, 2)))
    assert faults(cpft) == [f"{case.reference}: event 2 is missing."]


def test_a_cut_tail_no_longer_fits_the_count(cpft: Walk, case: Case) -> None:
    last = case.event_count
    tamper(cpft, delete(Event).where(of(case, last)))
    assert faults(cpft) == [f"{case.reference}: its record counts {last} events, but the last one here is {last - 1}."]


def test_a_cut_tail_is_found_by_the_anchor_even_where_the_count_was_mended(
    cpft: Walk, case: Case, tmp_path: Path
) -> None:
    anchor(cpft, tmp_path)
    forge(cpft, case, upto=2)
    said = (
        f"{case.reference}: on 1 March 2027 there were {case.event_count} events, now there are 2: the end was cut off."
    )
    assert faults(cpft) == [said]
    tamper(cpft, delete(Anchor))
    assert faults(cpft) == [], "nothing in the house tells of it any more"
    assert faults(cpft, elsewhere=tmp_path) == [
        "CPFT: anchor 1 of 1 March 2027 was exported, but is missing here.",
        said,
    ]


def test_a_history_written_anew_after_the_cut_is_found_by_the_older_anchor(
    cpft: Walk, case: Case, tmp_path: Path
) -> None:
    anchor(cpft, tmp_path)
    forge(cpft, case, upto=2)
    step = cpft.waiting(case.reference)[0]
    holder = next(who for who in (cpft.house.manager, cpft.house.doctor) if _holds(cpft, who, step, case.reference))
    cpft.at = cpft.at.replace(day=2)
    for _ in range(case.event_count):
        _claim_again(cpft, holder, case)
    anchor(cpft, tmp_path)
    assert f"{case.reference}: event {case.event_count} is not the one that was anchored on 1 March 2027." in faults(
        cpft
    )


def _holds(walk: Walk, who: Any, element: str, reference: str) -> bool:
    try:
        walk.step(who, element, reference)
    except AssertionError:
        return False
    return True


def _claim_again(walk: Walk, who: Any, case: Case) -> None:
    """Add a line to the history by the same code that writes all of them."""
    from workflows.engine import history  # noqa: PLC0415 - only here

    def note(session: Session) -> None:
        row = session.scalars(select(Case).where(Case.id == case.id)).one()
        happened = history.Happening(walk.at, "plan_saved", who.id, None, "", {"number": 1})
        history.append(session, case=row, happenings=[happened])

    with walk.session() as session:
        front_door.perform(session, note)


def test_two_lines_that_changed_places_are_found(cpft: Walk, case: Case) -> None:
    away = update(Event).where(of(case, 2)).values(number=999)
    back = update(Event).where(of(case, 999)).values(number=3)
    tamper(cpft, away, update(Event).where(of(case, 3)).values(number=2), back)
    found = faults(cpft)
    assert f"{case.reference}: event 2 was changed after it was written." in found
    assert f"{case.reference}: event 3 was changed after it was written." in found


def test_lines_swapped_between_two_cases_are_found(cpft: Walk, case: Case) -> None:
    other = cpft.case(cpft.start(cpft.house.directorate, "planning_round", care_group=cpft.house.care_group.id))
    tamper(
        cpft,
        update(Event).where(of(case, 2)).values(number=999),
        update(Event).where(of(other, 2)).values(case_id=case.id),
        update(Event).where(of(case, 999)).values(case_id=other.id, number=2),
    )
    found = faults(cpft)
    for reference in (case.reference, other.reference):
        assert f"{reference}: event 2 was changed after it was written." in found


def test_a_changed_anchor_is_found(cpft: Walk, case: Case, tmp_path: Path) -> None:
    anchor(cpft, tmp_path)
    tamper(cpft, update(Anchor).values(heads={}))
    assert faults(cpft) == ["CPFT: anchor 1 was changed after it was written."]
    with cpft.session() as session:
        row = anchor_rows.newest(session, trust_id=cpft.house.trust.id)
        assert row is not None
        forged = anchor_hash(previous="", trust="CPFT", number=1, day=row.day, heads={})
    tamper(cpft, update(Anchor).values(hash=forged))
    assert faults(cpft) == []
    assert faults(cpft, elsewhere=tmp_path) == ["CPFT: anchor 1 of 1 March 2027 is not the one that was exported."]


def test_changed_and_missing_acts_are_found(cpft: Walk, case: Case, tmp_path: Path) -> None:
    for _ in range(3):
        act(cpft)
    anchor(cpft)
    tamper(cpft, update(Act).where(Act.number == 2).values(details={"incident": 9}))
    assert faults(cpft) == ["CPFT: act 2 was changed after it was written."]
    tamper(cpft, delete(Act).where(Act.number > 1))
    assert faults(cpft) == ["CPFT: on 1 March 2027 there were 3 acts, now there are 1: the end was cut off."]


def test_the_newest_act_is_missed_although_no_anchor_knows_it(cpft: Walk, case: Case) -> None:
    act(cpft)
    anchor(cpft)
    act(cpft)
    assert faults(cpft) == []
    tamper(cpft, delete(Act).where(Act.number == 2))
    assert faults(cpft) == ["CPFT: there should be 2 acts, and there are 1: the end was cut off."]


def test_a_case_that_is_gone_is_missed(cpft: Walk, case: Case, tmp_path: Path) -> None:
    anchor(cpft, tmp_path)
    file = tmp_path / "anchors-CPFT.jsonl"
    file.write_text(file.read_text().replace(f'"{case.id}":', '"9999":'))
    found = faults(cpft, elsewhere=tmp_path)
    assert "CPFT: the case with the id 9999 was there on 1 March 2027 and is gone." in found


def test_one_trust_can_be_looked_at_alone(cpft: Walk, bth: Walk, case: Case) -> None:
    tamper(cpft, update(Event).where(of(case, 1)).values(details={}))
    assert faults(cpft, key="BTH") == []
    assert faults(cpft, key="CPFT") != []
    with pytest.raises(audit.NoSuchTrust, match="XYZ"):
        faults(cpft, key="XYZ")


@SQLITE
def test_a_day_has_one_anchor_and_a_file_each_line_once(cpft: Walk, case: Case, tmp_path: Path) -> None:
    for _ in range(2):
        anchor(cpft, tmp_path)
    cpft.at = cpft.at.replace(day=2)
    anchor(cpft, tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "anchors-CPFT.jsonl").read_text().splitlines()]
    assert [(line["number"], len(line["heads"])) for line in lines] == [(1, 1), (2, 0)]
    assert "@" not in json.dumps(lines), "heads and nothing else leave the house"


@SQLITE
def test_a_file_that_holds_no_anchors_is_refused_with_its_line(cpft: Walk, case: Case, tmp_path: Path) -> None:
    anchor(cpft, tmp_path)
    file = tmp_path / "anchors-CPFT.jsonl"
    for spoilt in ("nonsense", "[]", '{"trust": "CPFT"}', '{"number": []}'):
        shutil.copy(file, tmp_path / "spoilt.jsonl")
        with (tmp_path / "spoilt.jsonl").open("a") as lines:
            lines.write(spoilt + "\n")
        with pytest.raises(anchors.UnreadableAnchor, match=r"spoilt\.jsonl:2"):
            faults(cpft, elsewhere=tmp_path / "spoilt.jsonl")
    with pytest.raises(anchors.NoAnchors):
        faults(cpft, elsewhere=tmp_path / "nowhere")

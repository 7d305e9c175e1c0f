"""The preview of a letter: exactly what would be sent, and nothing of it stays."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cases.walk import Walk
from tests.factories import House
from workflows import cases, front_door
from workflows.cases.steps import SendsNothing
from workflows.domain.errors import BadValues
from workflows.store import LostRace
from workflows.store.models import Deadline, Event, Fact, Letter, Notice, Person

TABLES = (Fact, Letter, Event, Notice, Deadline)


def preview(walk: Walk, who: Person, element: str, **values: object) -> tuple[str, str]:
    """Title and words of the preview."""
    with walk.session() as session:
        title, content = front_door.rehearse(
            session,
            cases.preview_letter,
            actor=walk.actor(who),
            step_id=walk.step(who, element),
            values=values,
            now=walk.at,
        )
    return title, " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def counted(walk: Walk) -> list[int]:
    with walk.session() as session:
        return [session.scalars(select(func.count()).select_from(table)).one() for table in TABLES]


def decided(walk: Walk) -> dict[str, str]:
    return {"mediation_outcome_date": walk.today, "reasons": "The clinic is needed."}


def director(house: House) -> Person:
    return house.medical_director


def test_a_preview_says_what_each_would_read_and_that_it_was_not_sent(walk: Walk, reference: str) -> None:
    title, said = preview(walk, director(walk.house), "decide", **decided(walk))
    assert title == "The decision"
    assert "Preview: this has not been sent" in said
    assert said.count("The clinic is needed.") == 3, "to both sides, and the copy"
    assert "You can appeal until Monday 15 March 2027." in said, "the day that the ledger would set"


def test_nothing_of_a_preview_stays(walk: Walk, reference: str) -> None:
    before = counted(walk)
    preview(walk, director(walk.house), "decide", **decided(walk))
    assert counted(walk) == before
    assert walk.waiting(reference) == ["decide"]
    walk.do(director(walk.house), "decide", reference, **decided(walk))
    assert walk.waiting(reference) == ["lodge_appeal"]


def test_what_could_not_be_sent_cannot_be_previewed(walk: Walk, reference: str) -> None:
    with pytest.raises(BadValues):
        preview(walk, director(walk.house), "decide")


def test_a_step_that_sends_nothing_has_no_preview(walk: Walk, reference: str) -> None:
    walk.do(director(walk.house), "decide", reference, **decided(walk))
    with pytest.raises(SendsNothing):
        preview(walk, walk.house.doctor, "lodge_appeal", grounds="I see it otherwise.")


def test_a_preview_that_meets_somebody_elses_move_is_tried_again(walk: Walk) -> None:
    tries: list[int] = []

    def meets_a_rival(_: Session) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise LostRace("CPFT-2027-0001")
        return "seen"

    with walk.session() as session:
        assert front_door.rehearse(session, meets_a_rival) == "seen"

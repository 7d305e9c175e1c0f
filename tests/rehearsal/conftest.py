"""A trust with its process owner, and a rehearsal that is opened, moved and kept again, as a request does each time."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import NOW
from tests.studio.conftest import Studio, by, reader, studio
from workflows import cases, clock, front_door
from workflows.cases import Actor
from workflows.rehearsal import pages, playing
from workflows.rehearsal.pages import PlayPage
from workflows.rehearsal.playing import One, Play
from workflows.store.models import Base, Person
from workflows.studio import drafts

__all__ = ["studio"]

OF_REHEARSALS = frozenset({"rehearsal", "rehearsal_state"})


@dataclass
class Rehearsed:
    """A draft of the process owner's, and one rehearsal of it."""

    session: Session
    studio: Studio
    draft_id: int
    id: int = 0

    @property
    def viewer(self) -> Any:
        return reader(self.studio.owner, "process_owner")

    def begin(self, process: str) -> "Rehearsed":
        about: dict[str, Any] = {"viewer": self.viewer, "now": NOW}
        prepared = playing.prepare(self.session, draft_id=self.draft_id, process=process, **about)
        self.id = front_door.perform(self.session, playing.begin, prepared=prepared, **about)
        return self

    def opened(self) -> Play:
        return playing.opened(self.session, viewer=self.viewer, draft_id=self.draft_id, rehearsal_id=self.id)

    def page(self) -> PlayPage:
        with closing(self.opened()) as play:
            return pages.play_page(self.session, viewer=self.viewer, play=play)

    def move(self, said: str, act: Callable[[Play], object]) -> None:
        """Open it, do something in it, and keep it: nothing but its bytes lives on."""
        with closing(self.opened()) as play:
            act(play)
            self.keep(play, said)

    def keep(self, play: Play, said: str = "Did something") -> None:
        kept = play.memory.kept()
        front_door.perform(self.session, playing.keep, play=play, said=said, database=kept, now=NOW)

    def do(self, who: str, element: str, **values: Any) -> None:
        """Somebody of the rehearsal completes a step."""
        line = next(line for line in self.page().waiting if line.element == element)
        person = next(person for person, name in line.people if who in name)

        def complete(play: Play) -> None:
            with play.memory.sessions() as inside:
                actor = Actor(person, 1)
                front_door.perform(
                    inside, cases.complete_step, actor=actor, step_id=line.id, values=values, now=play.at
                )
            clock.deliver(play.memory.sessions, clock.Tally(), play.at)

        self.move(element, complete)

    def pass_time(self, until: datetime) -> None:
        self.move("The clock moved", lambda play: playing.pass_time(play, until=until))

    def past_the_next_deadline(self) -> None:
        due = self.page().next_due
        assert due is not None
        self.pass_time(due)

    def undo(self) -> str:
        one = One(self.draft_id, self.id, self.page().version)
        return front_door.perform(self.session, playing.take_back, viewer=self.viewer, one=one, now=NOW)

    @property
    def waiting(self) -> list[str]:
        return [line.element for line in self.page().waiting]

    def people(self) -> dict[str, int]:
        """Everybody of the rehearsal, by the first name."""
        with closing(self.opened()) as play, play.memory.sessions() as inside:
            return {name.split()[-2]: person for person, name in inside.execute(select(Person.id, Person.name))}


@pytest.fixture
def rehearsed(studio: Studio, session: Session) -> Rehearsed:
    draft_id = front_door.perform(session, drafts.begin, by=by(studio.owner), name="Calmer", now=NOW)
    return Rehearsed(session, studio, draft_id)


def counted(session: Session) -> dict[str, int]:
    """How many rows each real table has."""
    found = {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
        if name not in OF_REHEARSALS
    }
    session.rollback()
    return found

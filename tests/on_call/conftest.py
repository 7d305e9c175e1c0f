"""Walks of both trusts, each on an empty database of either kind; and a rota to keep."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest

from tests.cases.conftest import bth, cpft, trusts
from tests.cases.walk import Walk
from workflows import on_call
from workflows.cases import Actor
from workflows.on_call import About, Done
from workflows.store import rotas as rota_rows
from workflows.store.models import Person, Rota

__all__ = ["bth", "cpft", "trusts"]

FIRST = date(2027, 3, 1)
"""The Monday on which a walk begins."""


@dataclass
class Keeping:
    """A rota of the team with its two doctors, kept by its clinical manager."""

    walk: Walk
    rota_id: int

    def did(self, verb: Any, *, by: Person | None = None, **about: Any) -> Any:
        """Do something now, as the clinical manager or as somebody else of the trust."""
        who = by or self.walk.house.manager
        actor = Actor(who.id, who.trust_id)
        return self.walk.perform(verb, by=actor, now=self.walk.at, **about)

    def diary(self, weeks: int | None = None, first: date = FIRST) -> int:
        """Open a diary."""
        return int(self.did(on_call.open_diary, rota_id=self.rota_id, starts_on=first, weeks=weeks))

    def work(self, diary: int, by: Person, day: date, *hours: int, **more: Any) -> None:
        """Enter work of a day, from an hour to an hour."""
        done = Done(day, time(hours[0]), time(hours[1]), more.pop("kind", "unpredictable"), **more)
        self.did(on_call.record_work, by=by, diary_id=diary, done=done)

    def move_to(self, day: date) -> None:
        """Let time pass to the morning of a day."""
        self.walk.at = self.walk.at.replace(year=day.year, month=day.month, day=day.day)

    def rota(self) -> Rota:
        """As it is in the store."""
        with self.walk.session() as session:
            found = rota_rows.by_id(session, trust_id=self.walk.house.trust.id, rota_id=self.rota_id)
            assert found is not None
            session.expunge_all()
            return found


@pytest.fixture
def rota(bth: Walk) -> Keeping:
    """A rota of Blackpool's acute physicians with two doctors on it since January."""
    house = bth.house
    manager = Actor(house.manager.id, house.trust.id)
    made = bth.perform(on_call.add_rota, by=manager, team_id=house.team.id, said=About("Physicians"), now=bth.at)
    keeping = Keeping(bth, int(made))
    for doctor in (house.doctor, house.colleague):
        began: dict[str, Any] = {"starts_on": FIRST - timedelta(days=60), "equal_share": True}
        keeping.did(on_call.add_member, rota_id=keeping.rota_id, person_id=doctor.id, **began)
    return keeping

"""Acts outside cases: numbered without a gap, each over the one before."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import NOW, World
from tests.store.threads import at_once
from workflows.domain.acts import UnknownAct, act_hash
from workflows.store import acts
from workflows.store.models import Act


def given(session: Session, trust_id: int, person_id: int, role: str = "amd") -> int:
    details = {"person": person_id, "role": role}
    return acts.record(session, trust_id=trust_id, who_id=person_id, kind="post_given", details=details, now=NOW)


def hash_of(row: Act) -> str:
    return act_hash(
        previous=row.previous,
        trust=row.trust_id,
        number=row.number,
        at=row.at,
        kind=row.kind,
        who=row.who_id,
        details=row.details,
    )


def test_acts_of_a_trust_are_numbered_and_each_holds_the_hash_of_the_one_before(session: Session, world: World) -> None:
    here, doctor = world.cpft.trust.id, world.cpft.doctor.id
    assert [given(session, here, doctor), given(session, here, doctor, "medical_director")] == [1, 2]
    elsewhere = world.bth.trust.id
    acts.record(session, trust_id=elsewhere, who_id=None, kind="incident_retried", details={"incident": 1}, now=NOW)
    session.commit()
    session.expire_all()
    second, first = acts.newest(session, trust_id=here, limit=9)
    assert (first.previous, second.previous) == ("", first.hash)
    assert [hash_of(first), hash_of(second)] == [first.hash, second.hash]
    assert [row.number for row in acts.chain(session, trust_id=elsewhere)] == [1]


def test_a_kind_without_words_is_refused(session: Session, world: World) -> None:
    with pytest.raises(UnknownAct):
        acts.record(session, trust_id=world.cpft.trust.id, who_id=None, kind="mused", details={}, now=NOW)


def test_acts_at_the_same_moment_wait_for_one_another(engine: Engine, world: World) -> None:
    here, doctor = world.cpft.trust.id, world.cpft.doctor.id
    numbers = at_once(engine, lambda session: given(session, here, doctor), threads=4, times=3)
    assert sorted(numbers) == list(range(1, 13))
    with Session(engine) as session:
        rows = list(acts.chain(session, trust_id=here))
        assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]

"""Two panels that are formed at the same moment: neither calls the turn of the other."""

from threading import get_ident

from sqlalchemy.orm import Session, undefer

from tests.cases.disputing import list_member
from tests.cases.walk import Walk
from tests.factories import open_case
from tests.store.threads import at_once
from workflows.engine import runner
from workflows.engine.actions import panel
from workflows.engine.moves import NOBODY
from workflows.store.models import Case


def test_two_appeals_at_once_call_two_members_of_the_register(cpft: Walk) -> None:
    listed = {list_member(cpft, f"Dr {name} Hope").id for name in ("Ada", "Bo")}
    with cpft.session() as session:
        about = (cpft.house.doctor, cpft.house.colleague)
        waiting = [open_case(session, cpft.house, process="disagreement", subject=one).id for one in about]
        session.commit()
    own: dict[int, int] = {}

    def call(session: Session) -> int:
        case_id = own.setdefault(get_ident(), waiting[len(own)] if len(own) < len(waiting) else 0)
        case = session.get_one(Case, case_id, options=[undefer(Case.state)])
        move = runner.open_move(session, case=case, now=cpft.at, by=NOBODY)
        chosen = panel.call_next(move)
        runner.save(move)
        return chosen.person_id if chosen else 0

    assert set(at_once(cpft.engine, call, threads=2)) == listed

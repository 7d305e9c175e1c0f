"""What is stored of a running case: small, and the same after it has been put away and taken out at every step."""

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import BTH_GROUPS, accept, agree, disagree, meet, plan_round, plan_team, prepare, refuse, reply
from tests.cases.stages import sign as sign_all
from tests.cases.walk import PLAN, Walk
from workflows.engine import releases, runner
from workflows.engine.moves import NOBODY
from workflows.engine.process import ENGINE_VERSION
from workflows.store import cases

MOST_BYTES = 5000


class Weighed(Walk):
    """A walk that looks at every stored state after every step."""

    sizes: list[int]

    def tick(self) -> object:  # type: ignore[override]
        tally = super().tick()
        self.weigh()
        return tally

    def weigh(self) -> None:
        """Every open case: its state is small, and taken out of the store it waits for what its rows say."""
        with self.session() as session:
            for reference in self.references():
                row = self.case(reference)
                case = cases.by_id(session, case_id=row.id)
                assert case is not None
                assert case.engine_version == ENGINE_VERSION
                move = runner.open_move(session, case=case, now=self.at, by=NOBODY)
                process = runner.load(move)
                assert process.dump() == case.state, "nothing is lost between two moves"
                tasks = {step.task for step in self.open_steps(session, case.id)}
                assert {wait.task for wait in process.waiting() if wait.kind == "step"} == tasks
                self.sizes.append(len(case.state))
            session.rollback()


@pytest.fixture
def weighed(cpft: Walk) -> Weighed:
    """Cumbria."""
    walk = Weighed(cpft.engine, cpft.house)
    walk.sizes = []
    return walk


@pytest.fixture
def weighed_bth(bth: Walk) -> Weighed:
    """Blackpool."""
    walk = Weighed(bth.engine, bth.house)
    walk.sizes = []
    return walk


@SQLITE
@pytest.mark.slow
def test_every_state_of_a_year_is_small_and_survives_being_put_away(weighed_bth: Weighed) -> None:
    walk, house = weighed_bth, weighed_bth.house
    plan_round(walk)
    plan_team(walk, BTH_GROUPS)
    own = walk.case_of(house.doctor)
    prepare(walk, own)
    meet(walk, own)
    agree(walk, own)
    sign_all(walk, own, house.doctor, house.manager, house.amd)
    walk.do(house.directorate, "check_plan", own, check_answer="returned", return_reasons={"dcc": "Where?"})
    walk.do(house.manager, "mend_plan", own, plan=PLAN)
    accept(walk, own)
    assert walk.case(own).status == "closed"
    assert max(walk.sizes) < MOST_BYTES


@SQLITE
def test_every_state_of_a_disagreement_is_small_and_survives_being_put_away(weighed: Weighed) -> None:
    walk, house = weighed, weighed.house
    own = refuse(walk, PLAN)
    disagree(walk, own, "clinic")
    for _ in range(3):
        walk.do(house.doctor, "sign_plan", own, sign_answer="change", sign_reason="Once more")
        walk.do(house.manager, "change_plan", own, plan=PLAN)
    sign_all(walk, own, house.doctor, house.manager)
    accept(walk, own)
    reply(walk, own, outcome="decided", stands={"clinic": "practitioner"})
    sign_all(walk, own, house.doctor, house.manager)
    accept(walk, own)
    assert walk.case(own).status == "closed"
    assert max(walk.sizes) < MOST_BYTES


@SQLITE
def test_releases_are_read_once_a_process_and_forgotten_when_told(weighed: Weighed) -> None:
    with weighed.session() as session:
        first = releases.of(session, release_id=weighed.house.release.id)
        assert releases.of(session, release_id=weighed.house.release.id) is first
        releases.forget()
        assert releases.of(session, release_id=weighed.house.release.id) is not first

"""Cases of a small diagram that are moved to another release of it: drawn, begun, moved, looked at."""

from itertools import pairwise

from sqlalchemy import select

from tests.cases import sketches
from tests.cases.sketches import diagram, flow, plain, step
from tests.cases.walk import Walk
from workflows import clock, releases
from workflows.clock import moving as moving_clock
from workflows.inbox import Viewer
from workflows.store import people
from workflows.store.models import MoveBatch, MoveItem, Person, StepHolder
from workflows.studio import impact, moving
from workflows.studio.impact import Filters

LANES = {"clinical_manager": ("record_it", "check_it"), "practitioner": ("sign_it", "read_it")}


def drawn(*steps: str, lanes: dict[str, tuple[str, ...]] | None = None) -> str:
    """Steps in a row."""
    ids = [one.partition('id="')[2].partition('"')[0] for one in steps]
    row = ["opened", *ids, "closed"]
    flows = [flow(source, target) for source, target in pairwise(row)]
    of_lanes = {role: tuple(key for key in keys if key in ids) for role, keys in (lanes or LANES).items()}
    return diagram(of_lanes, plain("startEvent", "opened"), *steps, plain("endEvent", "closed"), *flows)


RECORD = step("record_it", "meeting_date date")
SIGN = step("sign_it", "signed text", deadline="sign_off")
OLD = drawn(RECORD, SIGN, step("read_it", "seen text"))
NEW = drawn(RECORD, SIGN.replace('name="Sign it"', 'name="Sign the plan"'), step("check_it", "checked text"))


def begun(walk: Walk) -> str:
    """A case of the old sketch at its first step; each is about another year."""
    if not walk.references():
        sketches.publish(walk, OLD)
    house, year = walk.house, 27 + len(walk.references())
    facts = {"subject": house.doctor.id, "team": house.team.id, "year": f"20{year}/{year + 1}"}
    return walk.start(house.directorate, "disagreement", **facts)


def signing(walk: Walk) -> str:
    """A case of the old sketch at its second step."""
    reference = begun(walk)
    walk.do(walk.house.manager, "record_it", reference, meeting_date=walk.today)
    return reference


def number_now(walk: Walk) -> int:
    with walk.session() as session:
        return releases.published(session, trust_id=walk.house.trust.id).number


def begin(walk: Walk, who: Person, chosen: list[str] | None = None, because: str = "The check is new.") -> int:
    """Set these cases moving, or all that can."""
    ids = None if chosen is None else [walk.case(reference).id for reference in chosen]
    batch = walk.perform(
        moving.begin,
        by=walk.actor(who),
        number=number_now(walk),
        chosen=ids,
        filters=Filters(),
        because=because,
        now=walk.at,
    )
    return int(batch)


def clock_moves(walk: Walk) -> clock.Tally:
    return moving_clock.move_waiting(walk.session, at=walk.at)


def move(walk: Walk, who: Person, *references: str) -> int:
    batch = begin(walk, who, list(references))
    clock_moves(walk)
    return batch


def items(walk: Walk, batch: int) -> dict[str, str]:
    """What became of each case, by its reference."""
    with walk.session() as session:
        rows = session.scalars(select(MoveItem).where(MoveItem.batch_id == batch).order_by(MoveItem.id))
        by_id = {walk.case(reference).id: reference for reference in walk.references()}
        return {by_id.get(row.case_id, "?"): row.status for row in rows}


def status(walk: Walk, batch: int) -> str:
    with walk.session() as session:
        return session.scalars(select(MoveBatch.status).where(MoveBatch.id == batch)).one()


def seen(walk: Walk, filters: Filters | None = None, *, number: int | None = None) -> impact.Impact:
    with walk.session() as session:
        viewer = Viewer(person_id=0, trust_id=walk.house.trust.id, roles=frozenset({"process_owner"}))
        found = number or number_now(walk)
        narrowed = filters or Filters()
        return impact.of_release(session, viewer=viewer, number=found, filters=narrowed, page=1, now=walk.at)


def longer(walk: Walk) -> None:
    """The policy of the trust gives more time to sign, in a release of its own."""
    with walk.session() as session:
        trust = people.trust(session, trust_id=walk.house.trust.id)
        assert trust is not None
        files = dict(releases.published(session, trust_id=trust.id).files)
        path = f"policies/{trust.policy}.toml"
        text = files[path]
        national = files["policies/national_england.toml"]
        table = text if "[deadlines.sign_off]" in text else national
        where = path if table is text else "policies/national_england.toml"
        begins = table.index("[deadlines.sign_off]")
        head, tail = table[:begins], table[begins:]
        old = tail[: tail.index("\n\n")]
        line = next(one for one in old.splitlines() if one.startswith("length"))
        files[where] = head + tail.replace(line, 'length = "90 days"', 1)
        releases.ship(session, trust=trust, now=walk.at, files=files)
        session.commit()


def undo(walk: Walk, who: Person, batch: int) -> clock.Tally:
    walk.perform(moving.undo, by=walk.actor(who), batch_id=batch, now=walk.at)
    return clock_moves(walk)


def snapshot(walk: Walk, reference: str) -> tuple[object, ...]:
    """What an undone move has to bring back."""
    case = walk.case(reference)
    with walk.session() as session:
        rows = walk.open_steps(session, case.id)
        held = select(StepHolder.person_id, StepHolder.due_at).where(StepHolder.step_id.in_([row.id for row in rows]))
        holders = sorted(tuple(row) for row in session.execute(held.order_by(StepHolder.person_id)))
        steps = [(row.id, row.name, row.role, row.screen, row.deadline, row.due_at, row.holder_id) for row in rows]
    return case.release_id, case.state, case.stage, steps, holders

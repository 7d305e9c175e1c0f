"""Completing a step, and keeping a half-filled one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from workflows.cases import screens
from workflows.cases.acting import Actor, acting, find_step, take_step
from workflows.cases.filled import Filled
from workflows.domain.calendars import civil_day
from workflows.domain.errors import Broken, NotFound
from workflows.domain.fields import check_values
from workflows.engine import incident_lines, runner
from workflows.engine.drawings import Node
from workflows.engine.moves import Move
from workflows.store import Session
from workflows.store import drafts as draft_rows
from workflows.store import people as people_rows
from workflows.store.models import Json
from workflows.store.taking import TakenStep


class DraftMoved(Broken):
    """You have this step open in another window and saved it there since. Open it again to go on from that draft."""


class SendsNothing(NotFound):
    """This step sends no letter."""


@dataclass(frozen=True)
class NextStep:
    """What the case waits for next, and whom for: names, or none when it is in the directorate's queue."""

    name: str
    role: str
    holders: tuple[str, ...]
    due_at: datetime | None


@dataclass(frozen=True)
class Completed:
    """A completed step: its case, and what that case waits for now."""

    case_id: int
    reference: str
    title: str
    next_steps: tuple[NextStep, ...]
    stage: str
    closed: bool
    sent: int
    """Messages that are on their way to other cases."""


def complete_step(
    session: Session, *, actor: Actor, step_id: int, values: Mapping[str, Json], now: datetime
) -> Completed:
    """Complete a step with what its person entered, and move the case on.

    values: the drawn fields by key, and whatever the step's crafted screen supplies besides (`plan`: the plan's JSON).
    Raises: NoSuchStep, StepGone, NotYours, Claimed, BothSides, BadValues, RightLapsed.
    """
    found = take_step(session, actor=actor, step_id=step_id, today=civil_day(now))
    step, one = found.step, _entered(session, actor, found, values, now)
    runner.complete(one.move, step=step, values=one.values, types=one.types, before=one.effect)
    if found.drafted:
        draft_rows.delete_drafts(session, step_ids=[step.id])
    if found.taken.failed:
        incident_lines.settle(session, case_id=step.case_id, key=f"step:{step.id}", element=step.element, now=now)
    return completed(one.move)


def preview_letter(
    session: Session, *, actor: Actor, step_id: int, values: Mapping[str, Json], now: datetime
) -> tuple[str, bytes]:
    """The letter that a step would send if it were completed like this: its title, and a PDF that is marked as a
    preview. To be rehearsed, not performed: front_door.rehearse takes back what it writes.

    Raises: SendsNothing, and what `complete_step` raises.
    """
    found = take_step(session, actor=actor, step_id=step_id, today=civil_day(now))
    one = _entered(session, actor, found, values, now)
    if not one.node.letter:
        raise SendsNothing
    content = runner.foreseen_letter(one.move, step=found.step, values=one.values, types=one.types, before=one.effect)
    return one.move.loaded.letter(one.node.letter).title, content


@dataclass(frozen=True)
class Entered:
    """What somebody entered in a step, looked at: the move that it asks for, the facts that it would write with their
    types, and what its screen does besides."""

    move: Move
    node: Node
    values: Mapping[str, Json]
    types: Mapping[str, str]
    effect: Callable[[Move], None]


def _entered(session: Session, actor: Actor, found: TakenStep, values: Mapping[str, Json], now: datetime) -> Entered:
    """Raises NotYours, Claimed, BothSides, BadValues."""
    step = found.step
    by = acting(session, actor=actor, step=step, now=now, holders=found.holders)
    move = runner.move_of(session, taken=found.taken, now=now, by=by)
    node = move.loaded.diagrams.drawing(step.process).nodes[step.element]
    own = {field.key for field in node.fields}
    answers = check_values(
        node.fields,
        {key: value for key, value in values.items() if key in own},
        people_named(session, actor, node, values),
        today=move.today,
    )
    extra = {key: value for key, value in values.items() if key not in own}
    crafted = screens.SCREENS[step.screen](Filled(move, step, answers, extra))
    types = {field.key: field.type for field in node.fields} | crafted.types
    return Entered(move, node, {**answers, **crafted.facts}, types, crafted.effect)


LARGEST_ID = 2**31 - 1
"""What the databases hold as an id; anything above is nobody's."""


def people_named(session: Session, actor: Actor, node: Node, values: Mapping[str, Json]) -> frozenset[int]:
    """Whom the step's fields name, as far as they are people of the trust: a field may name any of them."""
    named = [values.get(field.key) for field in node.fields if field.type in {"person", "people"}]
    listed = chain.from_iterable(one if isinstance(one, list) else [one] for one in named)
    ids = [one for one in listed if isinstance(one, int) and 0 < one <= LARGEST_ID]
    return people_rows.of_the_trust(session, trust_id=actor.trust_id, person_ids=ids) if ids else frozenset()


def completed(move: Move) -> Completed:
    """What the person is told: where the case is now, and who is next."""
    case, waiting = move.case, move.waiting or {}
    names = move.names_of(chain.from_iterable(waiting.values()))
    return Completed(
        case_id=case.id,
        reference=case.reference,
        title=case.title,
        next_steps=tuple(
            NextStep(row.name, row.role, tuple(names[person] for person in sorted(people)), row.due_at)
            for row, people in sorted(waiting.items(), key=lambda one: one[0].id)
        ),
        stage=case.stage,
        closed=case.status == "closed",
        sent=move.sent,
    )


def save_draft(
    session: Session, *, actor: Actor, step_id: int, values: Mapping[str, Json], version: int, now: datetime
) -> int:
    """Keep a half-filled step as it is, unchecked, for the same person to go on with. Returns the draft's new version.

    version: that of the draft which the person's page was made from, 0 for none. Raises DraftMoved when another
    window has saved since, StepGone, and what `acting` raises.
    """
    step = find_step(session, actor=actor, step_id=step_id)
    acting(session, actor=actor, step=step, now=now)
    saved = draft_rows.save_draft(
        session, step_id=step.id, person_id=actor.person_id, values=dict(values), version=version, now=now
    )
    if saved is None:
        raise DraftMoved
    return saved

"""What somebody reads of a dispute: the points, what each side said, what was settled or decided so far, who is who, by
when, and the statements of case as far as they are released."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from typing import Any

from workflows.domain.calendars import civil_day
from workflows.domain.disputes import effect, total_effect
from workflows.domain.fields import Field
from workflows.domain.plan import read_pas
from workflows.domain.roles import Role
from workflows.domain.standing import may_see
from workflows.domain.vocabulary import START_FACTS
from workflows.inbox import Session, Viewer
from workflows.inbox.deadlines import DeadlineLine, line_of
from workflows.inbox.reach import Reach, is_dispute
from workflows.inbox.readers import SIDES, STATEMENTS, Reader, roles_of, side_of
from workflows.inbox.said import Answers, Said, answered, in_words, labels
from workflows.releases import Loaded, followed, rule_of
from workflows.store import case_pages, case_roles, disputes, panel_rows
from workflows.store import people as people_rows
from workflows.store.models import Case, Deadline, Step

Row = Mapping[str, Any]
RELEASED_TO = SIDES | {Role.PANEL_CHAIR, Role.PANEL_MEMBER, Role.MEDICAL_DIRECTORATE}
"""Who reads statements of case once they are released."""
INSIDE = RELEASED_TO | {Role.AMD, Role.MEDIATOR, Role.MEDICAL_DIRECTOR}
"""Who reads what was settled, decided and recommended, whether or not they have a step."""
TEXTS = frozenset({"text", "long_text"})


@dataclass(frozen=True)
class Point:
    """A point in dispute. PAs are texts, "" where it has none; effects are PAs a week, None where it has none."""

    element: str
    title: str
    current: str
    practitioner: str
    manager: str
    reason: str
    current_pas: str
    practitioner_pas: str
    manager_pas: str
    practitioner_effect: Fraction | None
    manager_effect: Fraction | None


@dataclass(frozen=True)
class Ruled:
    """What somebody wants to stand of one point; `effect` in PAs a week, None where it has none."""

    element: str
    title: str
    outcome: str
    value: str
    pas: str
    effect: Fraction | None
    reason: str


@dataclass(frozen=True)
class Ruling:
    """What was settled, decided or recommended, point by point. `screen` says in which kind of step, "" in none."""

    screen: str
    on: date
    points: tuple[Ruled, ...]
    total: Fraction | None


@dataclass(frozen=True)
class Entry:
    """What somebody entered in a step: `step` is its name, `by` and `on_behalf_of` are people's names, `stage` the
    process that it is drawn in. What was said before the dispute began has none of them."""

    step: str
    by: str
    on_behalf_of: str
    on: date | None
    said: tuple[Said, ...]
    stage: str = ""


@dataclass(frozen=True)
class Who:
    """Somebody with a seat in the dispute. `role` in the trust's words; `seat` as case_role has it, "proposed" for a
    third member who has not been seated."""

    seat: str
    role: str
    name: str
    organisation: str


@dataclass(frozen=True)
class Statement:
    """One side's statement of case. `sent_on` None until it is in; `said` empty while the reader may not see it; `own`
    whether it is of the reader's side."""

    side: str
    own: bool
    sent_on: date | None
    late: bool
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Statements:
    """Both statements of case. `released` tells whether each side and the panel see them; `due_on` the last day for
    them, None while there is none."""

    both: tuple[Statement, ...]
    released: bool
    due_on: date | None


@dataclass(frozen=True)
class Story:
    """A dispute as somebody reads it. `said` goes from what was said first to what was said last."""

    points: tuple[Point, ...]
    practitioner_total: Fraction | None
    manager_total: Fraction | None
    said: tuple[Entry, ...]
    rulings: tuple[Ruling, ...]
    limits: tuple[DeadlineLine, ...]
    people: tuple[Who, ...]
    statements: Statements | None
    agenda: tuple[str, ...]
    reply: Row
    """What the dispute ended with, as it was sent to the case that waits; empty while it is open."""


@dataclass(frozen=True)
class _Reading:
    """A case as a reader finds it: what it knows, by key and item."""

    session: Session
    case: Case
    loaded: Loaded
    reader: Reader
    answers: Answers


def story(session: Session, *, case: Case, loaded: Loaded, reader: Reader, now: datetime) -> Story:
    """What this reader reads of the dispute. Whether they may see the case at all has been asked before."""
    answers, _ = panel_rows.facts_and_where(session, case_id=case.id)
    facts = panel_rows.newest(answers)
    rows: Sequence[Row] = facts.get("disputed") or []
    ledger = case_pages.deadlines(session, case_id=case.id)
    settled = disputes.settled(session, case_id=case.id)
    reading = _Reading(session, case, loaded, reader, answers)
    return Story(
        points=tuple(point(row) for row in rows),
        practitioner_total=_total(rows, "practitioner"),
        manager_total=_total(rows, "manager"),
        said=tuple(_said(reading)),
        rulings=tuple(_ruling(one, rows) for one in settled) if _inside(reader) else (),
        limits=tuple(line_of(row, rule_of(session, row, loaded), now) for row in ledger if row.ended_at is None),
        people=_people(session, case, loaded, facts.get("third_member"), now),
        statements=_statements(reading, ledger, now),
        agenda=tuple(agenda_line(one) for one in loaded.policy.values.get("hearing_agenda", ())),
        reply=facts.get("dispute_outcome") or {},
    )


def on_page(
    session: Session,
    *,
    viewer: Viewer,
    case: Case,
    sees: Reach,
    loaded: Loaded,
    standings: Collection[str],
    now: datetime,
) -> Story | None:
    """A dispute as somebody with these standings reads it between their steps; None for any other case, and where it is
    not theirs to read."""
    if not is_dispute(case) or not may_see(standings, "positions"):
        return None
    roles = roles_of(session, viewer=viewer, case=case, sees=sees, now=now)
    reader = Reader(roles, everything="party" in standings, person_id=viewer.person_id)
    return story(session, case=case, loaded=loaded, reader=reader, now=now)


def _inside(reader: Reader) -> bool:
    return reader.everything or not reader.roles.isdisjoint(INSIDE)


def point(row: Row) -> Point:
    """A row of the fact `disputed`."""
    counts = row.get("current_pas", "") != ""
    return Point(
        element=row["element"],
        title=row.get("title") or row["element"],
        **{key: row.get(key) or "" for key in ("current", "practitioner", "manager", "reason")},
        **{f"{key}_pas": row.get(f"{key}_pas") or "" for key in ("current", "practitioner", "manager")},
        practitioner_effect=effect(row, "practitioner") if counts else None,
        manager_effect=effect(row, "manager") if counts else None,
    )


def _total(rows: Sequence[Row], side: str) -> Fraction | None:
    """By how much the plan would change if all of one side's wishes came true; None where no point has PAs."""
    counting = [row for row in rows if row.get("current_pas", "") != ""]
    return sum((effect(row, side) for row in counting), Fraction(0)) if counting else None


def _ruling(settled: disputes.Settled, rows: Sequence[Row]) -> Ruling:
    known = {row["element"]: row for row in rows}
    counts = any(row.get("current_pas", "") != "" for row in rows)
    return Ruling(
        screen=settled.screen,
        on=civil_day(settled.at),
        points=tuple(ruled(row, known.get(row["element"], {})) for row in settled.rows),
        total=total_effect(rows, settled.rows) if counts else None,
    )


def ruled(row: Row, of: Row) -> Ruled:
    """A row of outcomes, with the row of the point that it is about."""
    counts = of.get("current_pas", "") != ""
    gap = (read_pas(row["pas"]) or Fraction(0)) - (read_pas(of.get("current_pas")) or Fraction(0))
    element = row["element"]
    return Ruled(
        element,
        of.get("title") or element,
        row["outcome"],
        row["value"],
        row["pas"],
        gap if counts else None,
        row["reason"],
    )


def _said(reading: _Reading) -> Iterator[Entry]:
    """What was said in the case from which the dispute comes, then what each step of it brought."""
    session, case, reader = reading.session, reading.case, reading.reader
    known, started_with = labels(reading.loaded), START_FACTS.get(case.process, {})
    before = [known[key] for key, kind in started_with.items() if kind in TEXTS and key in known]
    if said := answered(session, case.id, [one for one in before if reader.reads_of_before(one)], reading.answers):
        yield Entry("", "", "", None, said)
    then = followed(session, case_id=case.id, loaded=reading.loaded)
    for _, of_step in groupby(disputes.written(session, case_id=case.id), key=lambda one: one.step.id):
        rows = list(of_step)
        step, values = rows[0].step, {row.key: row.value for row in rows}
        node = then(step).diagrams.drawing(step.process).nodes[step.element]
        writers = {step.done_by_id, step.on_behalf_of_id}
        said = tuple(
            Said(field.label, in_words(session, case.id, field, values[field.key]), field.type)
            for field in node.fields
            if reader.reads(node, field) and reader.may_know(field, writers)
            if values.get(field.key) not in (None, "", [])
        )
        if said:
            on = civil_day(step.ended_at) if step.ended_at else None
            yield Entry(step.name, rows[0].by, rows[0].on_behalf_of, on, said, step.process)


def _people(session: Session, case: Case, loaded: Loaded, proposed: int | None, now: datetime) -> tuple[Who, ...]:
    seated = [one for one in case_roles.of_case(session, case_id=case.id, on=civil_day(now)) if one.sits]
    names = {one.person_id: one.name for one in seated}
    waits = proposed if proposed and proposed not in names else None
    names |= people_rows.names(session, person_ids=[waits]) if waits else {}
    panel = {one.person_id for one in seated if one.seat in case_roles.PANEL} | ({waits} if waits else set())
    come_from = disputes.organisations(session, trust_id=case.trust_id, person_ids=panel)
    title = loaded.policy.title
    people = [Who(one.seat, title(one.role), one.name, come_from.get(one.person_id, "")) for one in seated]
    if waits:
        people.append(Who("proposed", title(Role.PANEL_MEMBER), names.get(waits, ""), come_from.get(waits, "")))
    return tuple(people)


def _statements(reading: _Reading, ledger: Sequence[Deadline], now: datetime) -> Statements | None:
    """Both statements of case: one's own always; the other side's, and for the panel and the directorate either, when
    both are in or the time for them is over (TCS-4-h). None before they are wanted."""
    session, case, roles = reading.session, reading.case, reading.reader.roles
    steps = disputes.statement_steps(session, case_id=case.id, deadline=STATEMENTS)
    if not steps:
        return None
    limit = max((row for row in ledger if row.name == STATEMENTS), key=lambda row: row.occurrence, default=None)
    sent = {step.role: step for step in steps if step.status == "done"}
    over = limit is not None and limit.status != "cancelled" and not limit.is_stopped and limit.due_at <= now
    released = sent.keys() >= SIDES or over
    own, then = side_of(roles), followed(session, case_id=case.id, loaded=reading.loaded)

    def statement(side: str) -> Statement:
        step = sent.get(side)
        shown = step is not None and (side in own or (released and not roles.isdisjoint(RELEASED_TO)))
        fields = _fields_of(then(step), step) if step and shown else ()
        return Statement(
            side=side,
            own=side in own,
            sent_on=civil_day(step.ended_at) if step and step.ended_at else None,
            late=bool(step and step.ended_at and limit and step.ended_at > limit.due_at),
            said=answered(session, case.id, fields, reading.answers),
        )

    # Management comes first, as at the hearing (TCS-4-i).
    return Statements(tuple(statement(side) for side in sorted(SIDES)), released, limit.due_on if limit else None)


def _fields_of(loaded: Loaded, step: Step) -> tuple[Field, ...]:
    """The questions of a step."""
    return loaded.diagrams.drawing(step.process).nodes[step.element].fields


def agenda_line(entry: object) -> str:
    """A line of the hearing's agenda: the policy gives words, or who with words."""
    if isinstance(entry, Mapping):
        return ": ".join(str(entry[key]) for key in ("who", "words") if entry.get(key))
    return str(entry)

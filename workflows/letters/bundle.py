"""The bundle of a dispute: everything that somebody may read of it as one PDF. Gathered, then bound outside of any
transaction, then noted in the history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows import releases, typesetting
from workflows.domain.calendars import LONDON, in_words
from workflows.domain.errors import NotFound
from workflows.domain.letters import Table, table_of
from workflows.domain.plan import Plan
from workflows.domain.roles import Role
from workflows.domain.standing import may_see
from workflows.engine import runner
from workflows.engine.moves import Acting
from workflows.inbox import Viewer, papers
from workflows.inbox.case_pages import history_for, may_open
from workflows.inbox.dispute_story import on_page
from workflows.inbox.finding import find
from workflows.inbox.reach import Reach, is_dispute, reach, readable, standings_in
from workflows.letters import bundle_words as words
from workflows.releases import Loaded
from workflows.store import Session, case_pages
from workflows.store import letters as letter_rows
from workflows.store import papers as paper_rows
from workflows.store import people as people_rows
from workflows.store.models import Case, Letter
from workflows.typesetting import Cover, Paper, Section


class NoBundle(NotFound):
    """There is no bundle of case {reference} for you."""


@dataclass(frozen=True)
class Gathered:
    """What goes into a bundle, as far as one viewer may read it."""

    cover: Cover
    sections: tuple[Section, ...]
    now: datetime


@dataclass(frozen=True)
class Bound:
    """A bundle to hand out."""

    name: str
    content: bytes
    pages: int


def gather_bundle(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> Gathered:
    """Everything of a dispute that the viewer may read. Raises NoSuchCase, NotYourCase, NoBundle."""
    sees = reach(session, viewer=viewer, now=now)
    case = find_dispute(session, sees=sees, reference=reference)
    loaded = releases.of(session, release_id=case.release_id)
    standings = standings_in(sees, case, ())
    may = readable(standings)
    story = on_page(session, viewer=viewer, case=case, sees=sees, loaded=loaded, standings=standings, now=now)
    if story is None:
        raise NoBundle(reference=reference)
    steps = case_pages.steps(session, case_id=case.id)
    lines = history_for(session, case, loaded, standings, steps) if "history" in may else ()
    sections = (
        *words.timeline(lines),
        *words.people(story),
        *words.points(story),
        *words.said(story, without=in_confidence(loaded, case)),
        *words.statements(story.statements),
        *words.rulings(story),
        *words.plans(_versions(session, case, may)),
        *_letters(session, case, viewer),
        *_evidence(session, case, viewer, sees),
    )
    names = people_rows.names(session, person_ids=[viewer.person_id])
    return Gathered(_cover(case, loaded, names.get(viewer.person_id, ""), now), sections, now)


def bind(gathered: Gathered) -> Bound:
    """The bundle as a PDF. It takes its time: no transaction should wait for it. Raises Unset."""
    content, pages = typesetting.bundle(gathered.cover, gathered.sections, now=gathered.now)
    return Bound(f"Bundle {gathered.cover.reference}.pdf", content, pages)


def note_bundle(session: Session, *, viewer: Viewer, reference: str, pages: int, now: datetime) -> None:
    """Write into the history that the viewer had the bundle made. Raises what `gather_bundle` raises."""
    case = find_dispute(session, sees=reach(session, viewer=viewer, now=now), reference=reference)
    move = runner.open_move(
        session, case=paper_rows.case_by_id(session, case_id=case.id), now=now, by=Acting(viewer.person_id)
    )
    move.record("bundle_made", pages=pages)
    runner.save(move)


def find_dispute(session: Session, *, sees: Reach, reference: str) -> Case:
    """A dispute of which the viewer may have a bundle. Raises NoSuchCase, NotYourCase, NoBundle."""
    case = find(session, sees=sees, reference=reference)
    if not is_dispute(case) or not may_see(standings_in(sees, case, ()), "letters"):
        raise NoBundle(reference=reference)
    return case


def in_confidence(loaded: Loaded, case: Case) -> frozenset[str]:
    """The questions whose answers the mediator alone reads: a bundle is handed on, so they are in nobody's."""
    nodes = (
        node for stage in loaded.diagrams.stages(case.process) for node in loaded.diagrams.drawing(stage).nodes.values()
    )
    return frozenset(field.label for node in nodes for field in node.fields if field.visible == (Role.MEDIATOR,))


def _cover(case: Case, loaded: Loaded, name: str, now: datetime) -> Cover:
    at = now.astimezone(LONDON)
    facts = [
        ("About", case.title),
        ("Doctor", case.subject.name if case.subject else ""),
        ("Team", case.team.name if case.team else ""),
        ("Year", case.year),
        ("Made for", f"{name}: it holds what they may read on that day, and is not to be handed to anybody else."),
        ("Made on", f"{in_words(at.date())} at {at:%H:%M}"),
    ]
    given = [(key, value) for key, value in facts if value]
    return Cover(f"Bundle of {case.reference}", loaded.policy.name, case.reference, given)


def _versions(session: Session, case: Case, may: frozenset[str]) -> list[tuple[str, Plan]]:
    """The newest versions of the plan in dispute, the one that was agreed before it among them; the oldest first."""
    if case.subject_id is None or case.parent_id is None:
        return []
    rows = case_pages.plans_of_case(session, case_id=case.parent_id, subject_id=case.subject_id)
    found = [row for row in rows if may_open(row, may) and row.content][:SIDE_BY_SIDE]
    return [(f"Version {row.number}", Plan.from_json(row.content)) for row in reversed(found)]


SIDE_BY_SIDE = 3
"""Versions that have room beside each other."""


def _letters(session: Session, case: Case, viewer: Viewer) -> Iterator[Section]:
    """Each letter once: the viewer's own, else that to whom it was sent first."""
    once: dict[tuple[str, datetime], Letter] = {}
    for row in letter_rows.of_case(session, case_id=case.id):
        mine = row.to_person_id in viewer.stands_for
        if row.erased_at is None and ((row.key, row.sent_at) not in once or mine):
            once[row.key, row.sent_at] = row
    names = people_rows.names(session, person_ids=[row.to_person_id for row in once.values()])
    papers_of: list[Paper] = []
    for row in once.values():
        found = letter_rows.by_id(session, trust_id=case.trust_id, letter_id=row.id)
        note = f"To {names.get(row.to_person_id, '')}, {in_words(row.sent_at.date())}"
        papers_of += [Paper(row.title, note, f"{row.title}.pdf", PDF, found.content, ours=True)] if found else []
    yield from _with_list("Letters and decisions", papers_of)


PDF = "application/pdf"


def _evidence(session: Session, case: Case, viewer: Viewer, sees: Reach) -> Iterator[Section]:
    """The documents that the viewer may read."""
    shown = papers.of_case(session, viewer=viewer, case=case, standings=standings_in(sees, case, ())).documents
    found: list[Paper] = []
    for line in (one for one in shown if one.removed_at is None):
        row = paper_rows.document(session, trust_id=case.trust_id, document_id=line.id)
        note = f"Added by {line.on_behalf_of or line.who}, {in_words(line.at.date())}"
        found += [Paper(line.title, note, row.name, row.type, row.content)] if row else []
    yield from _with_list("Evidence", found)


def _with_list(title: str, found: Sequence[Paper]) -> Iterator[Section]:
    if found:
        rows = tuple((one.title, one.note) for one in found)
        yield Section(title, list(table_of(Table(("What it is", "Whose it is"), rows))), found)

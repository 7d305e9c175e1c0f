"""The check of histories: every hash worked out anew, every count and every anchor held against what is there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from workflows.domain.acts import act_hash, anchor_hash
from workflows.domain.audit import Chain, End, Link, Seen
from workflows.domain.calendars import in_words
from workflows.domain.errors import NotFound
from workflows.domain.events import event_hash
from workflows.operations.anchors import ACTS, Exported
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import anchors as anchor_rows
from workflows.store import people as people_rows
from workflows.store.anchors import AnchorRow, EventRow
from workflows.store.models import Trust

Points = dict[str, dict[int, Seen]]
"""The anchored heads of each chain: by the case's id, or "acts", and the number of the line."""


class NoSuchTrust(NotFound):
    """There is no trust with the key {key} in this installation."""


@dataclass(frozen=True)
class Fault:
    """Something that was changed, moved, added or cut. `case` is a reference, or "" outside cases."""

    trust: str
    case: str
    number: int
    sentence: str


@dataclass
class Checked:
    """What was looked at, by trust and kind: cases, events, acts, anchors."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def verify(session: Session, *, checked: Checked, key: str = "", exported: Iterable[Exported] = ()) -> Iterator[Fault]:
    """Everything that is wrong, trust by trust; what was looked at is counted in `checked`.

    key: that of one trust, "" for all. exported: anchors that were kept elsewhere. Raises NoSuchTrust.
    Anchors are read before histories: what somebody adds meanwhile is in no anchor yet.
    """
    trusts = [trust for trust in people_rows.trusts(session) if key in {"", trust.key}]
    if key and not trusts:
        raise NoSuchTrust(key=key)
    elsewhere: dict[str, list[AnchorRow]] = defaultdict(list)
    for one in exported:
        elsewhere[one.trust].append(one.anchor)
    for unknown in sorted(elsewhere.keys() - {trust.key for trust in trusts}):
        if not key:
            yield Fault(unknown, "", 0, f"Trust {unknown}: it was anchored, but it is not there any more.")
    for trust in trusts:
        counts, points = checked.counts[trust.key], Points()
        yield from _anchors(session, trust, counts, points, elsewhere[trust.key])
        yield from _acts(session, trust, counts, points.pop(ACTS, {}))
        yield from _histories(session, trust, counts, points)


def _anchors(
    session: Session, trust: Trust, counts: Counter[str], points: Points, elsewhere: list[AnchorRow]
) -> Iterator[Fault]:
    """The chain of anchors, and whether those kept elsewhere are the same. Their heads become `points`."""
    kept: dict[int, str] = {}

    def read() -> Iterator[Link]:
        for row in anchor_rows.chain(session, trust_id=trust.id):
            counts["anchors"] += 1
            kept[row.number] = row.hash
            _note(points, row)
            yield _link(trust.key, row)

    for number, words in Chain("anchor").faults(read()):
        yield Fault(trust.key, "", number, f"{trust.key}: {words}")
    for number, words in Chain("exported anchor").faults(_link(trust.key, row) for row in elsewhere):
        yield Fault(trust.key, "", number, f"{trust.key}: {words}")
    for row in elsewhere:
        _note(points, row)
        if kept.get(row.number) != row.hash:
            what = "is not the one that was exported" if row.number in kept else "was exported, but is missing here"
            yield Fault(trust.key, "", row.number, f"{trust.key}: anchor {row.number} of {in_words(row.day)} {what}.")


def _note(points: Points, row: AnchorRow) -> None:
    for key, (count, head) in row.heads.items():
        points.setdefault(key, {})[count] = Seen(head, row.day)


def _link(trust: str, row: AnchorRow) -> Link:
    due = anchor_hash(previous=row.previous, trust=trust, number=row.number, day=row.day, heads=row.heads)
    return Link(row.number, row.previous, row.hash, due)


def _acts(session: Session, trust: Trust, counts: Counter[str], anchored: Mapping[int, Seen]) -> Iterator[Fault]:
    def read() -> Iterator[Link]:
        for row in act_rows.chain(session, trust_id=trust.id):
            counts["acts"] += 1
            due = act_hash(
                previous=row.previous,
                trust=row.trust_id,
                number=row.number,
                at=row.at,
                kind=row.kind,
                who=row.who_id,
                details=row.details,
            )
            yield Link(row.number, row.previous, row.hash, due)

    whole = True
    for number, words in Chain("act", anchored=anchored).faults(read()):
        whole = False
        yield Fault(trust.key, "", number, f"{trust.key}: {words}")
    if whole and counts["acts"] < trust.act_count:
        words = f"there should be {trust.act_count} acts, and there are {counts['acts']}: the end was cut off."
        yield Fault(trust.key, "", counts["acts"], f"{trust.key}: {words}")


def _histories(session: Session, trust: Trust, counts: Counter[str], points: Points) -> Iterator[Fault]:
    for case_id, rows in groupby(anchor_rows.histories(session, trust_id=trust.id), key=lambda row: row.case_id):
        counts["cases"] += 1
        yield from _history(trust, counts, rows, points.pop(str(case_id), {}))
    for case_id, anchored in sorted(points.items()):
        day = in_words(anchored[max(anchored)].day)
        yield Fault(trust.key, "", 0, f"{trust.key}: the case with the id {case_id} was there on {day} and is gone.")


def _history(
    trust: Trust, counts: Counter[str], rows: Iterator[EventRow], anchored: Mapping[int, Seen]
) -> Iterator[Fault]:
    first = next(rows)
    chain = Chain("event", End(first.event_count, first.event_head), anchored)

    def read() -> Iterator[Link]:
        for row in _with(first, rows):
            if row.number is not None:
                counts["events"] += 1
                yield Link(row.number, row.previous, row.hash, _due(row, row.number))

    for number, words in chain.faults(read()):
        yield Fault(trust.key, first.reference, number, f"{first.reference}: {words}")


def _with(first: EventRow, rest: Iterator[EventRow]) -> Iterator[EventRow]:
    yield first
    yield from rest


def _due(row: EventRow, number: int) -> str:
    return event_hash(
        previous=row.previous,
        case=row.case_id,
        number=number,
        at=row.at,
        kind=row.kind,
        who=row.who_id,
        on_behalf=row.on_behalf_of_id,
        clause=row.clause,
        release=row.release_id,
        details=row.details,
    )


def as_json(checked: Checked, faults: Iterable[Fault]) -> dict[str, Any]:
    """The result for machines."""
    found = [vars(fault) for fault in faults]
    return {"ok": not found, "checked": {key: dict(counts) for key, counts in checked.counts.items()}, "faults": found}

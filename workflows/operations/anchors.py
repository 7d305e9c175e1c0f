"""Anchors: once a day the heads of a trust's histories are kept, and taken out of the house as lines of JSON.

Whoever can change the database can also mend its counts and hashes; a file elsewhere still says what was there.
"""

import fcntl
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from workflows.domain.acts import anchor_hash
from workflows.domain.calendars import civil_day
from workflows.domain.errors import Broken
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import anchors as anchor_rows
from workflows.store import people as people_rows
from workflows.store.anchors import AnchorRow
from workflows.store.models import Anchor, Trust

ACTS = "acts"
"""The head of the trust's acts, among those of its cases."""


class Exported(NamedTuple):
    """An anchor as a file holds it. `place` is the file and line."""

    place: str
    trust: str
    anchor: AnchorRow


class UnreadableAnchor(Broken):
    """{place} cannot be read as an anchor."""


class NoAnchors(Broken):
    """There are no anchors at {place}."""


def anchor(session: Session, *, trust_id: int, now: datetime) -> int:
    """Keep the heads of the histories that have moved since the anchor before. Returns how many there are; 0 where
    this day has its anchor already."""
    today = civil_day(now)
    newest = anchor_rows.newest(session, trust_id=trust_id)
    if newest is not None and newest.day >= today:
        return 0
    [trust] = [one for one in people_rows.trusts(session) if one.id == trust_id]
    heads = _moved(session, trust)
    number, previous = (newest.number + 1, newest.hash) if newest else (1, "")
    digest = anchor_hash(previous=previous, trust=trust.key, number=number, day=today, heads=heads)
    kept = Anchor(trust_id=trust_id, number=number, day=today, made_at=now, heads=heads, previous=previous, hash=digest)
    anchor_rows.add(session, anchor=kept)
    return len(heads)


def _moved(session: Session, trust: Trust) -> dict[str, Any]:
    known: dict[str, int] = {}
    for before in anchor_rows.chain(session, trust_id=trust.id):
        known.update({key: count for key, (count, _) in before.heads.items()})
    moved: dict[str, Any] = {
        str(row.case_id): [row.events, row.head]
        for row in anchor_rows.heads(session, trust_id=trust.id)
        if row.events != known.get(str(row.case_id), 0)
    }
    act = act_rows.head(session, trust_id=trust.id)
    if act is not None and act.number != known.get(ACTS, 0):
        moved[ACTS] = [act.number, act.hash]
    return moved


def export(session: Session, *, folder: Path) -> int:
    """Write to each trust's file in the folder the anchors that it lacks. Returns how many lines were written.

    Several processes may do so at once: each waits for the one before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for trust in people_rows.trusts(session):
        with (folder / f"anchors-{trust.key}.jsonl").open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            last = max((one.anchor.number for one in _lines(file.name, file)), default=0)
            for row in anchor_rows.chain(session, trust_id=trust.id, after=last):
                file.write(_line(trust.key, row))
                written += 1
    return written


def read(place: Path) -> Iterator[Exported]:
    """The anchors of a file, or of every file of a folder. Raises NoAnchors, UnreadableAnchor."""
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place] if place.is_file() else []
    if not files:
        raise NoAnchors(place=place)
    for file in files:
        with file.open(encoding="utf-8") as lines:
            yield from _lines(file.name, lines)


def _line(trust: str, row: AnchorRow) -> str:
    said = {
        "trust": trust,
        "number": row.number,
        "day": row.day.isoformat(),
        "made_at": row.made_at.astimezone(UTC).isoformat(),
        "heads": row.heads,
        "previous": row.previous,
        "hash": row.hash,
    }
    return json.dumps(said, separators=(",", ":")) + "\n"


def _lines(name: str, lines: Any) -> Iterator[Exported]:
    for number, line in enumerate(lines, start=1):
        place = f"{name}:{number}"
        try:
            said = json.loads(line)
            row = AnchorRow(
                number=int(said["number"]),
                day=datetime.fromisoformat(said["day"]).date(),
                made_at=datetime.fromisoformat(said["made_at"]),
                heads={str(key): [int(count), str(head)] for key, (count, head) in said["heads"].items()},
                previous=str(said["previous"]),
                hash=str(said["hash"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UnreadableAnchor(place=place) from None
        yield Exported(place, str(said["trust"]), row)

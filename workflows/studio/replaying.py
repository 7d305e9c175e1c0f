"""A draft tried on the past: the closed cases of a trust, replayed over it. Nothing is written."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from workflows.domain.calendars import in_words
from workflows.domain.errors import NotFound
from workflows.domain.releases import content_hash
from workflows.domain.vocabulary import PROCESSES
from workflows.engine import releases
from workflows.engine.check.keys import key_of
from workflows.engine.diagrams import load
from workflows.engine.replaying import ELSEWHERE, NOT_REPLAYED, SAME, OtherDay, Replayed, replay
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.store import replays as replay_rows
from workflows.studio import drafts
from workflows.studio.checking import NoSuchFile
from workflows.studio.rights import check_reads

__all__ = ["OtherDay", "Replayed", "Report", "of_draft", "of_files", "rehearse"]

AT_ONCE = 50
"""Cases that are read together."""
MOST_ON_A_PAGE = 200

Said = Callable[[int, int], None]
"""Hears how many of how many cases have been replayed."""


class NoSuchTrust(NotFound):
    """There is no trust “{key}”. Its key is how its case references begin, such as CPFT."""


class WhichTrust(NotFound):
    """Say with --trust whose cases are replayed: {keys}."""


class NoSuchDraft(NotFound):
    """There is no draft {number}."""


@dataclass(frozen=True)
class Report:
    """What the closed cases of a trust would have done; `of` is how many there are, some of which may not have been
    replayed."""

    cases: tuple[Replayed, ...]
    of: int

    @property
    def counts(self) -> Mapping[str, int]:
        """How many had each outcome: same, elsewhere, not_replayed; and other_days, whatever their outcome."""
        counted = Counter(case.outcome for case in self.cases)
        days = sum(bool(case.other_days) for case in self.cases)
        return {**{key: counted[key] for key in (SAME, ELSEWHERE, NOT_REPLAYED)}, "other_days": days}

    def of_outcome(self, outcome: str) -> list[Replayed]:
        """The cases with an outcome."""
        return [case for case in self.cases if case.outcome == outcome]

    @property
    def lines(self) -> list[str]:
        """The report in words: the counts, then each case of which there is something to say."""
        counts = self.counts
        lines = [
            f"{_cases(len(self.cases))} replayed" + (f" of {self.of:,}." if self.of > len(self.cases) else "."),
            f"{counts[SAME]:,} would have gone the same way, {counts[ELSEWHERE]:,} elsewhere.",
            f"{counts[NOT_REPLAYED]:,} could not be replayed.",
            f"{counts['other_days']:,} would have had a deadline on another day.",
        ]
        for case in self.cases:
            lines += list(_lines_of(case))
        return lines

    @property
    def json(self) -> str:
        """The same for machines: {"of", "replayed", "counts", "cases": [...]}; days as ISO texts."""
        cases = [asdict(case) for case in self.cases]
        told = {"of": self.of, "replayed": len(cases), "counts": self.counts, "cases": cases}
        return json.dumps(told, ensure_ascii=False, indent=2, default=_plain)


def _cases(count: int) -> str:
    return "1 closed case" if count == 1 else f"{count:,} closed cases"


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _lines_of(case: Replayed) -> Iterator[str]:
    head = f"{case.reference} ({PROCESSES.get(case.process, case.process)})"
    if case.outcome == ELSEWHERE:
        yield f"{head}: where {case.then}, {case.would}."
    if case.outcome == NOT_REPLAYED:
        yield f"{head}: could not be replayed. {case.because}"
    for step in case.new_steps:
        yield f"{head}: new step here: “{step}”."
    for day in case.other_days:
        now = in_words(day.now) if day.now else "no day at all"
        yield f"{head}: {day.title}: {in_words(day.then)} then, {now} now."


def of_draft(session: Session, *, viewer: Viewer, draft_id: int, process: str = "") -> Report:
    """A draft tried on the newest closed cases, for its page. Raises NotYourStudio, NoSuchDraft, and Unsound where its
    diagrams cannot be run."""
    check_reads(session, viewer=viewer)
    drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft_id)
    return rehearse(session, trust_id=viewer.trust_id, files=files, process=process, most=MOST_ON_A_PAGE)


def of_files(
    session: Session,
    *,
    trust: str,
    paths: tuple[Path, ...],
    draft: int | None = None,
    process: str = "",
    said: Said | None = None,
) -> Report:
    """For the command: files in the place of those of the trust's published release, or a whole draft.

    Raises NoSuchTrust, WhichTrust, NoSuchDraft, NoSuchFile, NoRelease, and Unsound where a diagram cannot be run.
    """
    if draft is not None:
        row = draft_rows.of_id(session, draft_id=draft)
        if row is None:
            raise NoSuchDraft(number=draft)
        files = {**drafts.files(session, draft_id=draft)}
        trust_id = row.trust_id
    else:
        trust_id = _trust(session, trust)
        files = dict(releases.published(session, trust_id=trust_id).files)
    return rehearse(session, trust_id=trust_id, files=_over(files, paths), process=process, said=said)


def _trust(session: Session, key: str) -> int:
    trusts = {row.key: row.id for row in people_rows.trusts(session)}
    if key and key not in trusts:
        raise NoSuchTrust(key=key)
    if not key and len(trusts) != 1:
        raise WhichTrust(keys=", ".join(sorted(trusts)) or "there is no trust here yet")
    return trusts[key] if key else next(iter(trusts.values()))


def _over(files: Mapping[str, str], paths: tuple[Path, ...]) -> dict[str, str]:
    """Files of a disk in the place of those that are about the same."""
    given = {}
    for path in paths:
        try:
            given[str(path)] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise NoSuchFile(path=path) from error
    replaced = frozenset().union(*(key_of(path, text) for path, text in given.items()))
    kept = {path: text for path, text in files.items() if replaced.isdisjoint(key_of(path, text))}
    places = {key: path for path, text in files.items() for key in key_of(path, text)}
    own = {
        next((places[key] for key in key_of(path, text) if key in places), path): text for path, text in given.items()
    }
    return kept | own


def rehearse(
    session: Session,
    *,
    trust_id: int,
    files: Mapping[str, str],
    process: str = "",
    most: int | None = None,
    said: Said | None = None,
) -> Report:
    """Replay a trust's closed cases, newest first, over a set of files. Raises Unsound where these cannot be run."""
    digest = content_hash(files)
    diagrams = load(files, digest)
    published = release_rows.published(session, trust_id=trust_id)
    if published is None:
        raise releases.NoRelease
    policy = releases.policy_of(digest, published.policy, tuple(sorted(releases.policy_files(files).items())))
    ids = replay_rows.closed_ids(session, trust_id=trust_id, process=process, most=most)
    found: list[Replayed] = []
    for place in range(0, len(ids), AT_ONCE):
        for told in reversed(replay_rows.told(session, case_ids=ids[place : place + AT_ONCE])):
            old = releases.of(session, release_id=told.case.release_id).diagrams
            found.append(replay(told, old, diagrams, policy))
        if said:
            said(len(found), len(ids))
    return Report(tuple(found), replay_rows.count(session, trust_id=trust_id, process=process))

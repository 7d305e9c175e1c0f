"""Verbs on releases, and the door through which pages read a release's drawings and policy."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from workflows.domain.calendars import Calendar
from workflows.domain.deadlines import DeadlineRule
from workflows.domain.errors import Unsound
from workflows.domain.releases import KINDS, content_hash
from workflows.engine import releases as engine_releases
from workflows.engine.bank_holidays import england
from workflows.engine.check import check
from workflows.engine.drawings import Drawing, Flow, Node
from workflows.engine.expressions import deadline_of
from workflows.engine.releases import Loaded, NoRelease
from workflows.store import Session
from workflows.store import events as event_rows
from workflows.store import releases as release_rows
from workflows.store.models import Deadline, Release, Step, Trust

__all__ = [
    "CLAUSES",
    "Drawing",
    "Flow",
    "Loaded",
    "NoRelease",
    "Node",
    "bank_holidays",
    "deadline_of",
    "followed",
    "of",
    "published",
    "rule_of",
    "ship",
    "shipped_clauses",
    "shipped_files",
]

SHIPPED = Path(__file__).parent.parent / "bpmn"
"""What comes with the product: release 1 of each trust."""
CLAUSES = "policies/clauses.csv"


class NotSound(Unsound):
    """This set of diagrams cannot be published: {fault}"""


def of(session: Session, *, release_id: int) -> Loaded:
    """A release's diagrams and policy, as the case that pins it follows them."""
    return engine_releases.of(session, release_id=release_id)


def published(session: Session, *, trust_id: int) -> Loaded:
    """The release that a trust's new cases start on."""
    return engine_releases.published(session, trust_id=trust_id)


def rule_of(session: Session, row: Deadline, loaded: Loaded) -> DeadlineRule:
    """The rule that a line of a ledger keeps: that of its case's release, or of the one from which it was moved."""
    keeps = of(session, release_id=row.release_id) if row.release_id else loaded
    return keeps.policy.deadline(row.name)


def followed(session: Session, *, case_id: int, loaded: Loaded) -> Callable[[Step], Loaded]:
    """Gives of each step of a case the release that the case followed when the step was completed: what was asked in it
    is what that one draws, whatever the case was moved to since. `loaded` is the one that it follows now."""
    completed = event_rows.releases_of_steps(session, case_id=case_id)

    def then(step: Step) -> Loaded:
        return of(session, release_id=completed[step.id]) if step.id in completed else loaded

    return then


def bank_holidays(year: int) -> Calendar:
    """England's bank holidays for deadlines that start in this year."""
    return england(year)


def shipped_files(policy: str) -> dict[str, str]:
    """The files of bpmn/ for a trust, by path: of the policies its own and the national one that it inherits."""
    files = {
        path.relative_to(SHIPPED).as_posix(): path.read_text(encoding="utf-8")
        for folder, ending in KINDS.items()
        for path in sorted((SHIPPED / folder).glob(f"*{ending}"))
    }
    wanted = {f"policies/{policy}.toml", "policies/national_england.toml"}
    return {path: text for path, text in files.items() if not path.startswith("policies/") or path in wanted}


@cache
def shipped_clauses() -> str:
    """The list of the policies' clauses, as CSV. It is no part of a release: ids are only ever added to it."""
    return (SHIPPED / CLAUSES).read_text(encoding="utf-8")


def ship(session: Session, *, trust: Trust, now: datetime, files: dict[str, str] | None = None) -> Release:
    """Publish a set of files as the trust's next release; the shipped ones where none are given. Raises NotSound."""
    files = shipped_files(trust.policy) if files is None else files
    problems = check({**files, CLAUSES: shipped_clauses()}, only=files.keys())
    if problems:
        first = problems[0]
        raise NotSound(element=first.element, fault=f"{first.file}:{first.line}: {first.element}: {first.sentence}")
    release = Release(
        trust_id=trust.id,
        number=release_rows.next_number(session, trust_id=trust.id),
        content_hash=content_hash(files),
        policy=trust.policy,
        note="As shipped.",
        status="draft",
    )
    release_rows.add(session, release=release, files=files)
    release_rows.publish(session, release=release, now=now)
    return release

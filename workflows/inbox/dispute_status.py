"""Where the disputes stand, on one page: for whoever follows them, and as a letter to the Chief Executive."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases, typesetting
from workflows.domain.calendars import civil_day, in_words
from workflows.domain.errors import NotFound
from workflows.domain.letters import ENDING, FOLDER, NOT_RECORDED, Table, fill
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.vocabulary import DISPUTE_STAGES, PROCESSES
from workflows.inbox import Session, Viewer
from workflows.inbox.dispute_board import READERS, BoardFilters, Dispute, all_disputes, follows
from workflows.store import lists
from workflows.store import posts as post_rows

LETTER = "status_letter"
IN_LETTER = 10
"""How many have room on the page of the letter."""
HEAD = ("Dispute", "Stage", "Next date")


class NoStatusLetter(NotFound):
    """There is no letter on where the disputes stand: your trust has published none, or you follow single appeals."""


@dataclass(frozen=True)
class Coming:
    """A dispute with the next day that concerns it, and what is on it."""

    on: date
    what: str
    dispute: Dispute


@dataclass(frozen=True)
class Status:
    """How many are open by stage; those that are late, the longest first; the next dates. `of` says whose disputes they
    are where they are not the whole trust's."""

    stages: tuple[tuple[str, int], ...]
    late: tuple[Dispute, ...]
    coming: tuple[Coming, ...]
    undated: tuple[Dispute, ...]
    """Those that are not late and have no date before them."""
    total: int
    of: tuple[str, ...]
    appeals_only: bool
    today: date


def status(session: Session, *, viewer: Viewer, now: datetime) -> Status:
    """Where the disputes stand that the viewer follows, in a fixed number of statements. Raises NoBoard."""
    sight, today = follows(session, viewer=viewer, now=now), civil_day(now)
    disputes = all_disputes(session, viewer=viewer, filters=BoardFilters(), now=now)
    counted = Counter(one.stage for one in disputes)
    late = [one for one in disputes if one.late(today)]
    dated = [(one.next_date(today), one) for one in disputes]
    coming = [Coming(*found, one) for found, one in dated if found]
    groups = lists.care_groups(session, trust_id=viewer.trust_id)
    return Status(
        stages=tuple((stage, counted[stage]) for stage in DISPUTE_STAGES),
        late=tuple(sorted(late, key=lambda one: (one.due.due_on if one.due else today, one.reference))),
        coming=tuple(sorted(coming, key=lambda one: (one.on, one.dispute.reference))),
        undated=tuple(one for found, one in dated if not found and one not in late),
        total=len(disputes),
        of=() if sight.whole_trust else tuple(row.name for row in groups if row.id in sight.led),
        appeals_only=not sight.whole_trust and not sight.led,
        today=today,
    )


def status_letter(session: Session, *, viewer: Viewer, now: datetime) -> bytes:
    """The same as a letter to the Chief Executive, in the words that the trust has published, as PDF.

    Raises NoBoard; NoStatusLetter for whoever follows single appeals alone, or where there are no such words.
    """
    found = status(session, viewer=viewer, now=now)
    loaded = releases.published(session, trust_id=viewer.trust_id)
    if found.appeals_only or f"{FOLDER}{LETTER}{ENDING}" not in loaded.files:
        raise NoStatusLetter
    letter, policy, today = loaded.letter(LETTER), loaded.policy, in_words(found.today)
    to = _addressed(session, viewer, letter.to, policy, found.today)
    words = {
        **{role.value: policy.title(role) for role in Role},
        "to": " and ".join(one["name"] for one in to),
        "trust": f"{policy.name} ({', '.join(found.of)})" if found.of else policy.name,
        "today": today,
    }
    blocks = fill(
        letter,
        word=lambda name: words.get(name, NOT_RECORDED),
        table=lambda name: Table(HEAD, lines(found)) if name == "open_disputes" else Table(()),
        holds=lambda _: False,  # conditions are about a case, and this letter is about none
    )
    data = {
        "title": letter.title,
        "trust": policy.name,
        "reference": f"disputes on {today}",
        "date": today,
        "sender": _sender(session, viewer, policy),
        "draft": False,
        "letters": [{"to": to, "copy_for": "", "blocks": blocks}],
    }
    return typesetting.letter(data, now=now)


def lines(found: Status) -> tuple[tuple[str, str, str], ...]:
    """The table of the letter: late ones first, then by their next date; as many as have room, and how many more."""
    rows = [(one, f"Late: {one.due.title} was due on {in_words(one.due.due_on)}") for one in found.late if one.due]
    rows += [
        (one.dispute, f"{one.what} on {in_words(one.on)}") for one in found.coming if not one.dispute.late(found.today)
    ]
    rows += [(one, "No date set") for one in found.undated]
    more = len(rows) - IN_LETTER
    shown = tuple(
        (f"{one.doctor or one.title}, {one.team} ({one.reference})", _stage(one), said)
        for one, said in rows[:IN_LETTER]
    )
    return (*shown, (f"And {more} more", "", "")) if more > 0 else shown


def _stage(one: Dispute) -> str:
    """ "Stage 2 of 3: mediation"."""
    return f"Stage {DISPUTE_STAGES.index(one.stage) + 1} of {len(DISPUTE_STAGES)}: {PROCESSES[one.stage].lower()}"


def _addressed(
    session: Session, viewer: Viewer, roles: Sequence[str], policy: Policy, today: date
) -> list[dict[str, str]]:
    """Who holds each of these roles, with what it is called."""
    held = post_rows.holders_of(session, trust_id=viewer.trust_id, roles=roles, on=today)
    names = {post.role: post.name for post in reversed(held)}
    return [{"name": names.get(role, policy.title(Role(role))), "role": policy.title(Role(role))} for role in roles]


def _sender(session: Session, viewer: Viewer, policy: Policy) -> dict[str, str]:
    """Who sends it, in the role by which they follow disputes; a deputy in nobody's."""
    name = lists.names(session, trust_id=viewer.trust_id, person_ids=[viewer.person_id])[viewer.person_id]
    role = next((policy.title(role) for role in Role if role in viewer.roles and role in READERS), "")
    return {"name": name, "role": role}

"""The diary of a rota as its page shows it: who entered what, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from workflows import releases
from workflows.calculating.diaries import Worth, entries_of, worth
from workflows.domain import rotas as rota_rules
from workflows.domain.arithmetic.on_call import NoDoctors
from workflows.domain.arithmetic.on_call_diary import DiaryTooShort
from workflows.domain.calendars import civil_day
from workflows.domain.people import in_words
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import reach
from workflows.inbox.rotas import DiaryLine, NoSuchRota, RotaPage, page_of
from workflows.on_call.agreeing import DiaryStillKept
from workflows.on_call.diaries import AgreedAlready, NotOnTheRota
from workflows.on_call.keeping import NotYoursToAgree
from workflows.store import rotas as rota_rows
from workflows.store.models import DiaryEntry, Rota

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class EntryLine:
    """An entry of a diary. `own` may be taken out again by the viewer."""

    id: int
    name: str
    day: date
    start: str
    end: str
    hours: Fraction
    predictable: bool
    in_pa: bool
    own: bool


@dataclass(frozen=True)
class DiaryPage:
    """A diary. Managers see every doctor's entries, a doctor their own, newest first; all see the averages."""

    rota: RotaPage
    diary: DiaryLine
    entries: tuple[EntryLine, ...]
    everybody: bool
    kept_by: tuple[tuple[str, int], ...]
    """The doctors of the rota with how often each has entered work."""
    worth: Worth | None
    """None in its first week, and for a rota of nobody."""
    writes: bool
    """Whether the viewer enters work here."""
    agrees: bool
    """Whether the viewer may agree its average now."""


def diary_page(session: Session, *, viewer: Viewer, diary_id: int, now: datetime) -> DiaryPage:
    """One diary. Raises NoSuchRota, NotYourRota."""
    rota = rota_rows.of_diary(session, trust_id=viewer.trust_id, diary_id=diary_id)
    page, today = page_of(session, viewer, rota, now), civil_day(now)
    if rota is None:
        raise NoSuchRota
    diary = next(one for one in page.diaries if one.id == diary_id)
    rows = rota_rows.entries(session, diary_id=diary_id)
    everybody = page.keeps or page.agrees or _reads_all(session, viewer, rota, now)
    own, names = viewer.person_id, {member.person_id: member.name for member in page.members}
    return DiaryPage(
        rota=page,
        diary=diary,
        entries=tuple(_entry(row, names, viewer) for row in reversed(rows) if everybody or row.person_id == own),
        everybody=everybody,
        kept_by=_kept_by(page, diary, rows),
        worth=_worth(session, rota, diary, rows, today),
        writes=not diary.agreed and page.line.closed_on is None and _was_on_it(rota, viewer.person_id, diary, today),
        agrees=page.agrees and page.line.closed_on is None and diary.over and not diary.agreed,
    )


def to_write_in(session: Session, *, viewer: Viewer, diary_id: int, now: datetime) -> DiaryPage:
    """A diary, for a doctor who enters work in it. Raises what `diary_page` raises, NotOnTheRota, AgreedAlready."""
    page = diary_page(session, viewer=viewer, diary_id=diary_id, now=now)
    if page.diary.agreed:
        raise AgreedAlready
    if not page.writes:
        raise NotOnTheRota
    return page


def to_agree(session: Session, *, viewer: Viewer, diary_id: int, now: datetime) -> DiaryPage:
    """A diary, for the clinical manager who agrees its average. Raises what `diary_page` raises, NotYoursToAgree,
    AgreedAlready, DiaryStillKept."""
    page = diary_page(session, viewer=viewer, diary_id=diary_id, now=now)
    if not page.rota.agrees:
        raise NotYoursToAgree(team=page.rota.line.team)
    if page.diary.agreed:
        raise AgreedAlready
    if not page.diary.over:
        raise DiaryStillKept(last=in_words(page.diary.ends_on))
    return page


def _reads_all(session: Session, viewer: Viewer, rota: Rota, now: datetime) -> bool:
    """Whether somebody over the team looks at a diary: they see who entered what, as HR and finance do not."""
    sees = reach(session, viewer=viewer, now=now)
    return bool(sees.in_team(rota.team_id, rota.team.care_group_id) - {"hr", "finance"})


def _entry(row: DiaryEntry, names: Mapping[int, str], viewer: Viewer) -> EntryLine:
    [entry] = entries_of([row])
    return EntryLine(
        id=row.id,
        name=names.get(row.person_id, ""),
        day=row.day,
        start=row.starts_at,
        end=row.ends_at,
        hours=entry.hours,
        predictable=row.predictable,
        in_pa=row.in_pa,
        own=row.person_id == viewer.person_id,
    )


def _kept_by(page: RotaPage, diary: DiaryLine, rows: Sequence[DiaryEntry]) -> tuple[tuple[str, int], ...]:
    people = {
        member.person_id: member.name
        for member in page.members
        if member.starts_on <= diary.ends_on and (member.ends_on is None or member.ends_on >= diary.starts_on)
    }
    return tuple((name, sum(row.person_id == person for row in rows)) for person, name in people.items())


def _was_on_it(rota: Rota, person_id: int, diary: DiaryLine, today: date) -> bool:
    """Whether somebody is or was on the rota on a day of the diary that has begun."""
    return today >= diary.starts_on and any(
        one.person_id == person_id
        and one.starts_on <= min(diary.ends_on, today)
        and (one.ends_on is None or one.ends_on >= diary.starts_on)
        for one in rota.members
    )


def _worth(session: Session, rota: Rota, diary: DiaryLine, rows: Sequence[DiaryEntry], today: date) -> Worth | None:
    """What a diary comes to; while it is kept, over the days that are over. None in its first week, and for a rota of
    nobody."""
    last = min(diary.ends_on, today - A_DAY)
    try:
        return worth(
            releases.published(session, trust_id=rota.trust_id).policy.values,
            entries_of(row for row in rows if row.day <= last),
            first=diary.starts_on,
            last=last,
            doctors=len(rota_rules.on_it(rota.members, last)),
            routine_emergencies=rota.routine_emergencies,
        )
    except (NoDoctors, DiaryTooShort):
        return None

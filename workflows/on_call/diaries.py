"""Verbs on diaries: open one for a rota, enter work done on call, take an entry out again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from workflows.calculating.diaries import diary_weeks, entries_of
from workflows.domain.arithmetic.on_call_diary import Entry, Slot, hours_outside, last_day, refuse_capacity_work
from workflows.domain.arithmetic.times import WEEK
from workflows.domain.arithmetic.working import counted
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.people import in_words
from workflows.domain.plan import Plan
from workflows.domain.rotas import MOST_WEEKS, on_it
from workflows.engine import releases
from workflows.on_call import keeping
from workflows.on_call.keeping import Keeper, NoSuchRota, diary_of, find, note
from workflows.store import Session
from workflows.store import notices as notice_rows
from workflows.store import plans as plan_rows
from workflows.store import rotas as rota_rows
from workflows.store.models import DiaryEntry, Rota, RotaDiary

CAPACITY = "capacity"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "unpredictable": "Unpredictable emergency work, such as a recall to hospital",
        "predictable": "Predictable emergency work, such as a ward round after take",
        CAPACITY: "A capacity list or other capacity work",
    }
)
"""What work on call may be; capacity work is refused whoever asked for it (BTH-3.4.17-a)."""


class DiaryOverlaps(NotAllowed):
    """This rota has a diary in that time already: from {first} to {last}."""


class WrongLength(NotAllowed):
    """A diary is kept for at least one week and at most 52."""


class AgreedAlready(NotAllowed):
    """What this diary comes to has been agreed. It stays as it is; a new diary can be opened."""


class NotOnTheRota(NotAllowed):
    """Only a doctor who is on the rota that day enters work in its diary, and only their own."""


class OutsideTheDiary(NotAllowed):
    """This diary is kept from {first} to {last}, and work is entered once it has been done."""


class NotedTwice(NotAllowed):
    """You have entered work at that time already: {start} to {end} on {day}."""


class InATimetabledPa(NotAllowed):
    """In your job plan, “{title}” on {day} from {start} to {end} counts this time already. Enter the part inside it as
    work inside a timetabled PA, and what lies outside by itself."""


class EndsAsItStarts(NotAllowed):
    """It ends at the time at which it starts. Say from when to when you worked; a call of a few minutes ends a few
    minutes later."""


class IsItThatLong(NotAllowed):
    """That is {hours} without a break. If it is right, say so."""


class NotYours(NotAllowed):
    """Only whoever made an entry takes it out."""


@dataclass(frozen=True)
class Done:
    """Work as a doctor enters it. `kind` is a key of KINDS; an end that is not after the start is the next day's."""

    day: date
    start: time
    end: time
    kind: str
    in_pa: bool = False
    sure: bool = False
    """Said to be right however long it is."""

    @property
    def entry(self) -> Entry:
        """As the arithmetic reads it."""
        return Entry(self.day, self.start, self.end, self.kind == "predictable", self.in_pa)


def open_diary(
    session: Session, *, by: Keeper, rota_id: int, starts_on: date, weeks: int | None = None, now: datetime
) -> int:
    """Open a diary for all doctors of a rota, who are told; returns its id. weeks: None for the policy's default.

    Raises NoSuchRota, NotYourRota, RotaClosed, WrongLength, DiaryOverlaps.
    """
    rota = find(session, by, rota_id, now)
    if weeks is None:
        weeks = diary_weeks(releases.published(session, trust_id=by.trust_id).policy.values)
    if not 1 <= weeks <= MOST_WEEKS:
        raise WrongLength
    ends_on = last_day(starts_on, weeks)
    for other in rota.diaries:
        if other.starts_on <= ends_on and starts_on <= other.ends_on:
            raise DiaryOverlaps(first=in_words(other.starts_on), last=in_words(other.ends_on))
    row = RotaDiary(rota_id=rota.id, starts_on=starts_on, ends_on=ends_on, opened_at=now, opened_by_id=by.person_id)
    rota_rows.add(session, row=row)
    note(session, by, "diary_opened", now, rota=rota.id, first=starts_on.isoformat(), last=ends_on.isoformat())
    asked = (
        f"From {in_words(starts_on)} to {in_words(ends_on)}, enter each time that you work while on call, under Rotas,"
        " from when to when. The averages of all doctors on the rota decide the PAs of each of you."
    )
    tell(session, rota, row, subject=f"Keep the on-call diary of {rota.name}", words=asked, now=now)
    return row.id


def record_work(session: Session, *, by: Keeper, diary_id: int, done: Done, now: datetime) -> None:
    """Enter work that whoever asks did on call.

    Raises NoSuchRota, NotOnTheRota, AgreedAlready, OutsideTheDiary, EndsAsItStarts, IsItThatLong, CapacityWorkOnCall,
    NotedTwice, InATimetabledPa.
    """
    rota = rota_rows.of_diary(session, trust_id=by.trust_id, diary_id=diary_id)
    if rota is None:
        raise NoSuchRota
    diary = diary_of(_opened(session, by, rota, done.day, now), diary_id)
    _check_open(diary)
    if not diary.starts_on <= done.day <= min(diary.ends_on, civil_day(now)):
        raise OutsideTheDiary(first=in_words(diary.starts_on), last=in_words(diary.ends_on))
    if done.start == done.end:
        raise EndsAsItStarts
    if done.entry.implausible and not done.sure:
        raise IsItThatLong(hours=counted(done.entry.hours, "hour"))
    if done.kind == CAPACITY:
        when = Slot(WEEK[done.day.weekday()], f"{done.start:%H:%M}", f"{done.end:%H:%M}", KINDS[CAPACITY])
        refuse_capacity_work([when], [when._replace(title=rota.name)])
    own = [row for row in rota_rows.entries(session, diary_id=diary.id) if row.person_id == by.person_id]
    for other in entries_of(own):
        if other.overlaps(done.entry):
            raise NotedTwice(start=f"{other.start:%H:%M}", end=f"{other.end:%H:%M}", day=in_words(other.day))
    if not done.in_pa:
        _check_against_plan(session, by.person_id, done.entry)
    row = DiaryEntry(
        diary_id=diary.id,
        person_id=by.person_id,
        day=done.day,
        starts_at=f"{done.start:%H:%M}",
        ends_at=f"{done.end:%H:%M}",
        predictable=done.entry.predictable,
        in_pa=done.in_pa,
        recorded_at=now,
    )
    rota_rows.add(session, row=row)


def remove_work(session: Session, *, by: Keeper, entry_id: int, now: datetime) -> int:
    """Take out an entry of one's own; returns the diary's id. Raises NoSuchRota, NotYours, AgreedAlready."""
    found = rota_rows.of_entry(session, trust_id=by.trust_id, entry_id=entry_id)
    if found is None:
        raise NoSuchRota
    rota, entry = found
    if entry.person_id != by.person_id:
        raise NotYours
    _check_open(diary_of(_opened(session, by, rota, entry.day, now), entry.diary_id))
    rota_rows.remove(session, row=entry)
    return entry.diary_id


def tell(session: Session, rota: Rota, diary: RotaDiary, *, subject: str, words: str, now: datetime) -> None:
    """Tell the doctors who are on the rota while a diary is kept, each once."""
    people = {one.person_id for day in (diary.starts_on, diary.ends_on) for one in on_it(rota.members, day)}
    told = [
        notice_rows.NewNotice(
            trust_id=rota.trust_id,
            person_id=person_id,
            key=f"on_call_diary:{diary.id}:{'agreed' if diary.agreed_at else 'opened'}:{person_id}",
            kind="on_call_diary",
            subject=subject,
            words=words,
            written_at=now,
        )
        for person_id in sorted(people)
    ]
    notice_rows.add(session, notices=told)


def _opened(session: Session, by: Keeper, rota: Rota, day: date, now: datetime) -> Rota:
    """A rota in whose diaries whoever asks may write of a day. Raises NotOnTheRota, RotaClosed."""
    if not keeping.on_it(rota, by.person_id, day):
        raise NotOnTheRota
    return keeping.opened(session, rota, civil_day(now))


def _check_open(diary: RotaDiary) -> None:
    """Raises AgreedAlready."""
    if diary.agreed_at is not None:
        raise AgreedAlready


def _check_against_plan(session: Session, person_id: int, entry: Entry) -> None:
    """Work in the time of a weekly line of the plan in force is no on-call work (BTH-3.2.3-b)."""
    version = plan_rows.in_force(session, person_id=person_id)
    for line in Plan.from_json(version.content).activities if version else ():
        if line.category == "on_call" or line.pattern or line.day not in WEEK or not line.start:
            continue
        slot = Slot(line.day, line.start, line.end, line.title)
        if hours_outside(entry, [slot]) < entry.hours:
            raise InATimetabledPa(title=line.title, day=line.day.capitalize(), start=line.start, end=line.end)

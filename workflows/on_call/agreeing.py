"""The clinical manager agrees from a diary what the work on a rota comes to, for every doctor on it alike."""

from datetime import date, datetime, timedelta

from workflows.calculating.diaries import Worth, entries_of, worth
from workflows.domain.arithmetic.working import plainly
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.people import in_words
from workflows.domain.roles import Role
from workflows.domain.rotas import on_it
from workflows.engine import releases
from workflows.on_call.diaries import AgreedAlready, tell
from workflows.on_call.keeping import Keeper, NoSuchRota, check_agrees, diary_of, note, opened, words
from workflows.store import Session
from workflows.store import notices as notice_rows
from workflows.store import posts as post_rows
from workflows.store import rotas as rota_rows
from workflows.store.models import Rota, RotaDiary

A_DAY = timedelta(days=1)


class DiaryStillKept(NotAllowed):
    """This diary is kept until {last}. Its average can be agreed from the day after."""


class MetTomorrow(NotAllowed):
    """The specialty meeting cannot lie in the future, nor before the diary began."""


class AppliesTooEarly(NotAllowed):
    """What is agreed applies from a day after the diary began, at the earliest."""


def agree_average(
    session: Session, *, by: Keeper, diary_id: int, met_on: date, applies_from: date, said: str, now: datetime
) -> None:
    """Agree the average of a diary: each doctor on the rota then has the same on-call PAs (BTH 3.4.13.2), as the
    specialty meeting fixed them (BTH-3.4.1.4-c). said: words beside it, or "".

    Raises NoSuchRota, NotYoursToAgree, RotaClosed, AgreedAlready, DiaryStillKept, MetTomorrow, AppliesTooEarly,
    WordsNeeded, NoDoctors.
    """
    today = civil_day(now)
    rota = rota_rows.of_diary(session, trust_id=by.trust_id, diary_id=diary_id)
    if rota is None:
        raise NoSuchRota
    check_agrees(session, by, rota.team, now)
    diary = diary_of(opened(session, rota, today), diary_id)
    _check(diary, today, met_on, applies_from)
    result = worth_of(session, rota, diary)
    diary.met_on, diary.applies_from, diary.note = met_on, applies_from, words(said, needed=False)
    diary.doctors = result.doctors
    diary.predictable_pas = str(result.share.predictable.pas)
    diary.unpredictable_pas = str(result.share.unpredictable.pas)
    diary.working = [[line.words, str(line.value), line.unit] for line in result.working]
    diary.agreed_at, diary.agreed_by_id = now, by.person_id
    session.flush()
    figures = {"predictable": diary.predictable_pas, "unpredictable": diary.unpredictable_pas}
    note(session, by, "on_call_agreed", now, rota=rota.id, first=applies_from.isoformat(), **figures)
    agreed = (
        f"From {in_words(applies_from)} each doctor on the rota has {plainly(result.share.unpredictable.pas)} PA a week"
        f" of unpredictable and {plainly(result.share.predictable.pas)} PA of predictable on-call work. The working is"
        " under Rotas."
    )
    tell(session, rota, diary, subject=f"On-call PAs of {rota.name} are agreed", words=agreed, now=now)


def worth_of(session: Session, rota: Rota, diary: RotaDiary) -> Worth:
    """What a diary comes to among those who are on the rota on its last day. Raises NoDoctors."""
    return worth(
        releases.published(session, trust_id=rota.trust_id).policy.values,
        entries_of(rota_rows.entries(session, diary_id=diary.id)),
        first=diary.starts_on,
        last=diary.ends_on,
        doctors=len(on_it(rota.members, diary.ends_on)),
        routine_emergencies=rota.routine_emergencies,
    )


def tell_of_diaries(session: Session, *, trust_id: int, now: datetime) -> int:
    """Tell clinical managers of diaries that are over and from which nothing has been agreed, once each. Returns how
    many diaries there are."""
    today = civil_day(now)
    managers = post_rows.holders_of(session, trust_id=trust_id, roles={Role.CLINICAL_MANAGER.value}, on=today)
    over = [
        (rota, diary)
        for rota in rota_rows.diaries_over(session, trust_id=trust_id, before=today)
        for diary in rota.diaries
        if diary.ends_on < today and diary.agreed_at is None
    ]
    notices = [
        notice_rows.NewNotice(
            trust_id=trust_id,
            person_id=post.person_id,
            key=f"on_call_diary:{diary.id}:over:{post.person_id}",
            kind="on_call_diary",
            subject=f"Agree the on-call average of {rota.name}",
            words=f"Its diary ended on {in_words(diary.ends_on)}. Look at the averages under Rotas, and agree them.",
            written_at=now,
        )
        for rota, diary in over
        for post in managers
        if post.team_id == rota.team_id
    ]
    notice_rows.add(session, notices=notices)
    return len(over)


def _check(diary: RotaDiary, today: date, met_on: date, applies_from: date) -> None:
    if diary.agreed_at is not None:
        raise AgreedAlready
    if today <= diary.ends_on:
        raise DiaryStillKept(last=in_words(diary.ends_on))
    if not diary.starts_on <= met_on <= today:
        raise MetTomorrow
    if applies_from < diary.starts_on + A_DAY:
        raise AppliesTooEarly

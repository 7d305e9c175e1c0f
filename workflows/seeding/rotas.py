"""On-call rotas of the demonstration: of each trust's first team, one agreed and one half-way through its diary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from types import MappingProxyType

from workflows import on_call
from workflows.domain.calendars import civil_day
from workflows.domain.people import covers
from workflows.on_call import About, Done
from workflows.seeding.driver import Driver, Scene
from workflows.store import rotas as rota_rows

WEEKS, HALF_WAY = 10, 5
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
SATURDAY = 5


@dataclass(frozen=True)
class Outline:
    """A rota: what it is called, its category with the reason, and how many of the team are on it."""

    name: str
    category: str
    reason: str
    doctors: int


ROTAS: Mapping[str, tuple[Outline, Outline]] = MappingProxyType(
    {
        "CPFT": (
            Outline(
                "Community psychiatry, second on call",
                "B",
                "Advice to the crisis team by telephone; a return to work can wait until the morning.",
                8,
            ),
            Outline("Mental Health Act assessments", "A", "Assessments at the place of safety, within three hours.", 4),
        ),
        "BTH": (
            Outline("Acute medicine", "A", "Called back for patients who deteriorate, most often at once.", 8),
            Outline("Ambulatory care advice line", "B", "Advice to general practitioners by telephone.", 5),
        ),
    }
)
"""By trust: the one that is agreed, and the one whose diary is being kept."""


def monday(day: date) -> date:
    """The Monday of a week."""
    return day - A_DAY * day.weekday()


def keep_rotas(story: Driver) -> Scene:
    """The first rota was valued from a diary kept on paper, as Accord came. The diary of the second is half-way."""
    agreed, kept = ROTAS[story.cast.trust.key]
    people = story.members()
    first = monday(story.today - (WEEKS + 2) * A_WEEK)
    rota = set_up(story, agreed, people, first)
    diary = open_diary(story, rota, first)
    for week in range(WEEKS):
        enter(story, rota, diary, first + week * A_WEEK)
    on_call.agree_average(
        story.session,
        by=story.actor("manager"),
        diary_id=diary,
        met_on=story.today,
        applies_from=story.today,
        said="Gone through at the team meeting. Everybody had kept the diary.",
        now=story.at,
    )
    begins = monday(civil_day(story.until)) - HALF_WAY * A_WEEK
    if begins > story.today:
        yield (begins - story.today).days
    rota = set_up(story, kept, people, begins)
    diary = open_diary(story, rota, begins)
    for week in range(HALF_WAY):
        over = begins + (week + 1) * A_WEEK
        if over > story.today:
            yield (over - story.today).days
        enter(story, rota, diary, begins + week * A_WEEK)


def set_up(story: Driver, outline: Outline, people: Sequence[str], since: date) -> int:
    """A rota with its doctors and its category; returns its id."""
    session, by = story.session, story.actor("manager")
    rota = on_call.add_rota(session, by=by, team_id=story.cast.team.id, said=About(outline.name), now=story.at)
    on_call.set_category(session, by=by, rota_id=rota, category=outline.category, reason=outline.reason, now=story.at)
    for key in people[: outline.doctors]:
        on_call.add_member(
            session,
            by=by,
            rota_id=rota,
            person_id=story.cast.person(key).id,
            starts_on=since,
            equal_share=True,
            now=story.at,
        )
    return rota


def open_diary(story: Driver, rota: int, first: date) -> int:
    """The diary of a rota, over the policy's usual time; returns its id."""
    return on_call.open_diary(story.session, by=story.actor("manager"), rota_id=rota, starts_on=first, now=story.at)


def enter(story: Driver, rota_id: int, diary: int, week: date) -> None:
    """What the doctors of a rota did in a week: two evenings, and a ward round with a call at the weekend."""
    rota = rota_rows.by_id(story.session, trust_id=story.cast.trust.id, rota_id=rota_id)
    people = [one.person_id for one in rota.members if covers(one.starts_on, one.ends_on, week)] if rota else []
    turn, weekend = week.toordinal() // 7, week + SATURDAY * A_DAY
    work = (
        Done(week + turn % 3 * A_DAY, time(20), time(22, 30 * (turn % 2)), "unpredictable"),
        Done(week + 3 * A_DAY, time(23), time(1), "unpredictable"),
        Done(weekend, time(9), time(11), "predictable"),
        Done(weekend + A_DAY, time(14), time(16 + turn % 3), "unpredictable"),
    )
    actors = {actor.person_id: actor for actor in map(story.actor, story.cast.people)}
    for place, done in enumerate(work):
        who = actors[people[(turn + place) % len(people)]]
        on_call.record_work(story.session, by=who, diary_id=diary, done=done, now=story.at)

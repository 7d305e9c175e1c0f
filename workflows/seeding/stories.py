"""What has happened in each trust of the demonstration up to now: who has come how far."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from workflows.domain.calendars import civil_day
from workflows.seeding import disputes, scenes
from workflows.seeding.cast import Cast
from workflows.seeding.companies import Change, Company, Unit
from workflows.seeding.driver import Driver, Scene, run
from workflows.seeding.reviews import record_review


def plan_the_round(story: Driver) -> None:
    """A round, alone, from its beginning to its timetable."""
    run(story, scenes.issue(story))


def plan_the_team(story: Driver, *, absent: str) -> None:
    """A team's plan, alone, from its preparation to its approval."""
    run(story, scenes.approve_team_plan(story, absent))


def cumbria_story(story: Driver) -> Scene:
    """From the round to plans in force, signed late, returned, being met about, being prepared; and a new starter."""
    yield from scenes.issue(story)
    yield from scenes.approve_team_plan(story, "nursing")
    yield from scenes.meet(story, "ahmed", pas="10", extra="Memory clinic")
    scenes.sign(story, "ahmed", "manager")
    yield from scenes.check(story, "ahmed")
    yield from scenes.meet(story, "byrne", pas="10")
    scenes.sign(story, "byrne")
    yield from scenes.meet(story, "chandra", pas="8", leave_out=("research",))
    scenes.sign(story, "chandra", "manager")
    yield from scenes.give_back(story, "chandra", days=12)
    yield 20
    scenes.prepare(story, "doyle", pas="10")
    scenes.book(story, "doyle", days=9)
    scenes.start_interim(story, "frost")
    case = story.case_of("eze")
    story.draft("eze", "prepare_review", case, effect_on_service="One more clinic a month", effect_on_team="")


def blackpool_story(story: Driver) -> Scene:
    """A third signature awaited, a plan with HR, a disagreement that has forked, and a plan to be drafted."""
    yield from scenes.issue(story)
    yield from scenes.approve_team_plan(story, "")
    yield 8
    for doctor in ("quayle", "rashid", "sharples", "turner"):
        scenes.issue_material(story, doctor)
    yield from scenes.meet(story, "quayle", pas="10")
    scenes.sign(story, "quayle", "manager")
    yield from scenes.meet(story, "rashid", pas="9", extra="Acute take cover")
    scenes.sign(story, "rashid", "manager", "amd")
    yield from scenes.check(story, "rashid", with_hr=False)
    yield from disputes.PLOTS["choosing"].tell(story, "sharples", "10")
    story.do("turner", "prepare_review", story.case_of("turner"), **scenes.PREPARED)


FIRST: Mapping[str, Callable[[Driver], Scene]] = MappingProxyType({"CPFT": cumbria_story, "BTH": blackpool_story})
"""By trust: the story of its first team, told in full."""


def preparing(story: Driver) -> Scene:
    """Some have prepared for the session; the service manager has not, or the post is vacant."""
    scenes.prepare_session(story, story.members()[::2], figures=False)
    yield 0


def answering(story: Driver) -> Scene:
    """Half of the members have answered the draft."""
    yield from scenes.draft_team_plan(story, "nursing")
    scenes.answer_team_plan(story, story.members()[::2])


def objected(story: Driver) -> Scene:
    """Two members object; their manager has to answer them."""
    yield from scenes.draft_team_plan(story, "nursing")
    members = story.members()
    scenes.answer_team_plan(story, members, against=tuple(members[:2]))


def approving(story: Driver) -> Scene:
    """Everybody agrees; the AMD has to approve."""
    yield from scenes.draft_team_plan(story, "nursing")
    scenes.answer_team_plan(story, story.members())


def planned(story: Driver) -> Scene:
    """The team's plan is approved."""
    return scenes.approve_team_plan(story, "")


TEAMS: Mapping[str, Callable[[Driver], Scene]] = MappingProxyType(
    {"preparing": preparing, "answering": answering, "objected": objected, "approving": approving, "planned": planned}
)
"""How far a team's own plan has come. A team that is waiting has no round yet."""


@dataclass(frozen=True)
class Path:
    """How far a doctor's plan has come: it began so many days ago. `tell` says what has happened since."""

    began: int
    tell: Callable[[Driver, str, str], Scene]
    """From the driver, the doctor's key and the contracted PAs."""


def drafted(story: Driver, doctor: str, pas: str) -> Scene:
    """The doctor has prepared; the manager has not."""
    scenes.draft_own(story, doctor, pas=pas)
    yield 0


def ready(story: Driver, doctor: str, pas: str) -> Scene:
    """Both have prepared; the meeting is to be booked."""
    scenes.prepare(story, doctor, pas=pas)
    yield 0


def booked(story: Driver, doctor: str, pas: str) -> Scene:
    """The meeting is booked."""
    scenes.prepare(story, doctor, pas=pas)
    scenes.book(story, doctor, days=11)
    yield 0


def evidence(story: Driver, doctor: str, pas: str) -> Scene:
    """The meeting is booked; two lines of the plan have no evidence yet."""
    scenes.prepare(story, doctor, pas=pas, bare=("dcc-2", "dcc-4"))
    scenes.book(story, doctor, days=11)
    yield 0


def met(story: Driver, doctor: str, pas: str) -> Scene:
    """They have met; the plan is to be brought up to date."""
    scenes.prepare(story, doctor, pas=pas)
    scenes.book(story, doctor, days=1)
    yield 1
    scenes.record(story, doctor)
    record_review(story, doctor, action="Find a room for the Thursday clinic.")


def answered(story: Driver, doctor: str, pas: str) -> Scene:
    """The manager agrees; the doctor has yet to say."""
    yield from scenes.discuss(story, doctor, pas=pas)
    story.do("manager", "agree_plan", story.case_of(doctor), manager_answer="agree")


def signing(story: Driver, doctor: str, pas: str) -> Scene:
    """The doctor has signed; the others have not."""
    yield from scenes.meet(story, doctor, pas=pas)
    scenes.sign(story, doctor)


def checking(story: Driver, doctor: str, pas: str) -> Scene:
    """Everybody has signed; the directorate checks."""
    yield from scenes.meet(story, doctor, pas=pas)
    scenes.sign(story, doctor, *scenes.everybody(story))


def returned(story: Driver, doctor: str, pas: str) -> Scene:
    """The directorate has returned the signed plan."""
    yield from scenes.meet(story, doctor, pas=pas, leave_out=("research",))
    scenes.sign(story, doctor, *scenes.everybody(story))
    yield from scenes.give_back(story, doctor, days=3)


def with_hr(story: Driver, doctor: str, pas: str) -> Scene:
    """HR compares the plan with the contract."""
    yield from checking(story, doctor, pas)
    yield from scenes.check(story, doctor, with_hr=False)


def in_force(story: Driver, doctor: str, pas: str) -> Scene:
    """The plan is in force."""
    yield from checking(story, doctor, pas)
    yield from scenes.check(story, doctor)


def agreed(story: Driver, doctor: str, pas: str) -> Scene:
    """The plan is agreed, with an activity more, and in force from the first of a month, three to eight weeks from the
    visitor's first day on."""
    starts = (civil_day(story.until) + timedelta(days=52)).replace(day=1)
    yield from scenes.meet(story, doctor, pas=pas, extra="Advice to general practitioners", effective_from=starts)
    scenes.sign(story, doctor, *scenes.everybody(story))
    yield from scenes.check(story, doctor)


def reviewed(story: Driver, doctor: str, pas: str) -> Scene:
    """The plan is in force, and something has changed since."""
    yield from in_force(story, doctor, pas)
    yield 12
    scenes.review(story, doctor)


def refused(story: Driver, doctor: str, pas: str) -> Scene:
    """At the signatures the doctor says that there is no agreement."""
    yield from scenes.meet(story, doctor, pas=pas)
    scenes.refuse_to_sign(story, doctor)


def interim(story: Driver, doctor: str, pas: str) -> Scene:  # noqa: ARG001 - as every path
    """A new starter's interim plan has been started."""
    scenes.start_interim(story, doctor)
    yield 0


PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "late": Path(35, signing),
        "in_force": Path(33, in_force),
        "agreed": Path(24, agreed),
        "reviewed": Path(32, reviewed),
        "returned": Path(18, returned),
        "with_hr": Path(15, with_hr),
        "refused": Path(14, refused),
        "checking": Path(12, checking),
        "signing": Path(11, signing),
        "answering": Path(6, answered),
        "met": Path(5, met),
        "booked": Path(3, booked),
        "evidence": Path(3, evidence),
        "ready": Path(3, ready),
        "drafted": Path(2, drafted),
        "interim": Path(2, interim),
        **{key: Path(plot.began, plot.tell) for key, plot in disputes.PLOTS.items()},
    }
)
"""By the word in a doctor's line. One who is asked, or who has just come, has no story yet."""

CHANGES: Mapping[str, Callable[[Driver, Change], Scene]] = MappingProxyType(
    {
        "away": lambda story, change: scenes.away(story, change.who, change.other, change.about),
        "left": lambda story, change: scenes.left(story, change.who),
        "succeeded": lambda story, change: scenes.succeeded(story, change.who, change.other),
    }
)
"""What happens to people."""

TEAM_PLAN_TAKES = 9
"""Days from the beginning of a round to the approval of a team's plan."""


def the_rest(first: Driver, company: Company, casts: Mapping[str, Cast]) -> Iterator[tuple[Driver, Scene]]:
    """The rounds of the other groups, the other teams, and their doctors: each with the driver that tells it."""
    began = {company.care_group: company.began, **{group.name: group.began for group in company.groups}}
    for group in company.groups:
        unit = next(unit for unit in company.units if unit.group == group.name)
        story = beginning(first, casts[unit.name], group.began, 0)
        pair = group.together and (casts[group.together[0]].team.id, casts[group.together[1]].team.id)
        yield story, scenes.issue(story, pair) if group.story == "issued" else scenes.propose(story)
    for change in company.changes:
        story = beginning(first, casts[change.unit], change.ago, 0)
        yield story, CHANGES[change.what](story, change)
    for number, unit in enumerate(company.units, 1):
        if unit.story in TEAMS:
            story = beginning(first, casts[unit.name], began[unit.group] - 3, 5 * number)
            yield story, TEAMS[unit.story](story)
        yield from doctors(first, unit, casts[unit.name], began[unit.group], number)


def doctors(first: Driver, unit: Unit, cast: Cast, began: int, place: int) -> Iterator[tuple[Driver, Scene]]:
    """The doctors of a team whose plans have a story."""
    pas = {part.key: part.pas for part in unit.parts}
    for number, (name, word) in enumerate(unit.stories):
        if word in PATHS:
            path = PATHS[word]
            days = min(path.began, began - TEAM_PLAN_TAKES)
            story = beginning(first, around(cast, name), days, 60 + 40 * number + place)
            yield story, path.tell(story, name, pas[name])


def around(cast: Cast, doctor: str) -> Cast:
    """The cast of a doctor's own plan: where they lead the team, those above them take the parts of their manager."""
    if cast.person("manager") is not cast.person(doctor):
        return cast
    above = {"manager": cast.person("amd"), "amd": cast.person("md")}
    return replace(cast, people={**cast.people, **above})


def beginning(first: Driver, cast: Cast, days: int, minutes: int) -> Driver:
    """A driver whose story begins so many days ago, so many minutes after nine."""
    morning = (first.until - timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
    return replace(first, cast=cast, at=morning + timedelta(minutes=minutes))

"""Pay progression in the demonstration: looked up, reported, recommended, refused, deferred, released; and reports."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflows.domain.pay_progression import year_of
from workflows.seeding.cast import Cast
from workflows.seeding.driver import Driver, Scene
from workflows.seeding.stories import around, beginning
from workflows.store.models import Json

MET: dict[str, Json] = {
    f"criterion_{key}": "met"
    for key in ("commitments", "appraisal", "plan_review", "objectives", "changes", "private_practice")
}
EXCUSED: dict[str, Json] = {
    **MET,
    "criterion_objectives": "excused",
    "objectives_reasons": "The theatre was closed from June to September.",
    "objectives_effort": "Lists were held at the other site, on Saturdays too.",
}
NO_APPRAISAL: dict[str, Json] = {
    **MET,
    "criterion_appraisal": "not_met",
    "evidence_appraisal": "Two appraisal meetings were missed, and none has been held since last year.",
}


def begin(story: Driver, doctor: str, *, due: int = 0) -> str:
    """The manager begins; a threshold falls due in so many days, or none does."""
    about = {"subject": story.cast.person(doctor).id, "team": story.cast.team.id, "kind": "pay_progression"}
    day = story.day(due) if due else None
    return story.start("manager", "pay_progression", year=year_of(story.today), progression_date=day, **about)


def earlier(story: Driver, case: str) -> None:
    """HR has found that every year before was met."""
    found = {"earlier_years": "met", "earlier_years_source": "Letters in the personal file."}
    story.do("hr", "record_earlier_years", case, **found)


def report(story: Driver, case: str, said: dict[str, Json]) -> None:
    """The head of department reports."""
    story.do("manager", "report_criteria", case, **said)
    if story.waits("manager", "report_extra_pa", case):
        story.do("manager", "report_extra_pa", case, criterion_extra_pa="met")


def recommend(story: Driver, case: str, recommended: str, why: str) -> None:
    """The AMD recommends."""
    story.do("amd", "recommend_on_criteria", case, pay_recommended=recommended, pay_recommended_why=why)


def looked_up(story: Driver, doctor: str) -> Scene:
    """A threshold is near, and HR has yet to look up the years before Accord."""
    begin(story, doctor, due=120)
    yield 0


def reported(story: Driver, doctor: str) -> Scene:
    """The report is with the AMD."""
    report(story, begin(story, doctor), EXCUSED)
    yield 0


def to_decision(story: Driver, doctor: str, said: dict[str, Json], recommended: str, why: str) -> str:
    """All that comes before the Medical Director's decision on a threshold, in one day. Returns the reference."""
    case = begin(story, doctor, due=100)
    earlier(story, case)
    report(story, case, said)
    recommend(story, case, recommended, why)
    return case


def recommended(story: Driver, doctor: str) -> Scene:
    """The recommendation is with the Medical Director."""
    to_decision(story, doctor, MET, "met", "As the report says.")
    yield 0


def against(story: Driver, doctor: str) -> str:
    """The Medical Director decides against the doctor."""
    case = to_decision(story, doctor, NO_APPRAISAL, "not_met", "Appraisal is a condition that everybody can meet.")
    failed = [{"criterion": "appraisal", "evidence": NO_APPRAISAL["evidence_appraisal"]}]
    why = "No appraisal has been held for more than a year."
    story.do("md", "decide_on_criteria", case, pay_decision="not_met", decision_words=why, failed=failed)
    return case


def refused(story: Driver, doctor: str) -> Scene:
    """The doctor has yet to accept the decision, or to dispute it."""
    against(story, doctor)
    yield 0


def deferred(story: Driver, doctor: str) -> Scene:
    """The doctor has accepted: the threshold is looked at again in a year."""
    case = against(story, doctor)
    yield 4
    story.do(doctor, "answer_pay_decision", case, pay_answer="accept")


def released(story: Driver, doctor: str) -> Scene:
    """Every year was met: the threshold is released."""
    case = to_decision(story, doctor, MET, "met", "As the report says.")
    yield 2
    story.do("md", "decide_on_criteria", case, pay_decision="met")


def missing(story: Driver, doctor: str) -> Scene:
    """A doctor has reported that promised resources are missing; the manager has yet to answer."""
    about = {"subject": story.cast.person(doctor).id, "team": story.cast.team.id, "kind": "report"}
    case = story.start(doctor, "resource_report", year=year_of(story.today), **about)
    said = {"resources_missing": "The specialist nurse for Thursdays.", "objectives_at_risk": "Referrals in five days"}
    story.do(doctor, "write_report", case, report_about="resources", **said)
    yield 0


@dataclass(frozen=True)
class Plot:
    """What happens with somebody of a team ("" for the first), from so many days ago on."""

    unit: str
    doctor: str
    tell: Callable[[Driver, str], Scene]
    began: int


PLOTS: Mapping[str, tuple[Plot, ...]] = MappingProxyType(
    {
        "CPFT": (
            Plot("", "byrne", reported, 4),
            Plot("", "doyle", missing, 2),
            Plot("Older Adults and Memory", "Dr Zainab Yusuf", looked_up, 5),
            Plot("Older Adults and Memory", "Dr Fergus Ballantyne", recommended, 6),
            Plot("Older Adults and Memory", "Dr Huda Karim", refused, 7),
            Plot("Older Adults and Memory", "Dr Stephen Liddell", deferred, 30),
            Plot("Older Adults and Memory", "Dr Vikram Deshpande", released, 30),
        ),
        "BTH": (
            Plot("", "turner", reported, 4),
            Plot("", "quayle", missing, 2),
            Plot("Ophthalmology", "Dr Quentin Abara", looked_up, 5),
            Plot("Ophthalmology", "Dr Rosheen Daly", recommended, 6),
            Plot("Ophthalmology", "Dr Umar Farouk", refused, 7),
            Plot("Ophthalmology", "Dr Wanjiru Kamau", deferred, 30),
        ),
    }
)
"""By trust: how far pay progression has come for whom."""


def progressions(first: Driver, key: str, casts: Mapping[str, Cast]) -> Iterator[tuple[Driver, Scene]]:
    """The cases of a trust, each with the driver that tells it."""
    for number, plot in enumerate(PLOTS[key]):
        cast = around(casts[plot.unit] if plot.unit else first.cast, plot.doctor)
        story = beginning(first, cast, plot.began, 20 + 10 * number)
        yield story, plot.tell(story, plot.doctor)

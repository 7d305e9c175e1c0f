"""Plans that are agreed before their first day, and the mornings on which a clock looks."""

from datetime import date

from tests.cases.stages import accept, agree, meet, moved, sign, to_signatures
from tests.cases.test_one_plan_at_a_time import review
from tests.cases.walk import Walk
from workflows import clock

APRIL, MAY = date(2027, 4, 1), date(2027, 5, 1)


def starting(day: date | None, place: str = "Penrith") -> dict[str, object]:
    """A plan with that start and place of its clinic."""
    return {**moved(place=place), "effective_from": day.isoformat() if day else None}


def agreed(walk: Walk, day: date | None, place: str = "Penrith") -> str:
    """The doctor's yearly plan, signed, checked and compared today."""
    own = to_signatures(walk, plan=starting(day, place))
    sign(walk, own, walk.house.doctor, walk.house.manager)
    accept(walk, own)
    return own


def agreed_again(walk: Walk, day: date | None, place: str) -> str:
    """A review during the year, signed, checked and compared today."""
    house, own = walk.house, review(walk)
    effects = {"effect_on_service": "More clinics", "effect_on_team": "None"}
    walk.do(house.doctor, "describe_change", own, changed_on=walk.today, what_changed="One clinic more", **effects)
    walk.do(house.doctor, "draft_plan", own, plan=starting(day, place))
    walk.do(house.manager, "read_pack", own, pack_read="read")
    meet(walk, own, plan=starting(day, place))
    agree(walk, own)
    sign(walk, own, house.doctor, house.manager)
    accept(walk, own)
    return own


def states(walk: Walk) -> list[str]:
    """How it stands with each version of the doctor's plan, oldest first."""
    return [plan.status for plan in walk.plans(walk.house.doctor)]


def day_of(walk: Walk, day: date) -> clock.Tally:
    """What a clock does when that day begins."""
    walk.set_day(day)
    return clock.begin_day(walk.session, at=walk.at)

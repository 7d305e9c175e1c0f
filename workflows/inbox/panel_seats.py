"""Who mediates in a dispute and who sits on its panel: now, before, and who may be put in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.panel_register import FairnessLine, bodies_of, fairness
from workflows.domain.panels import REPLACED_BY, SEATS, NobodyToReplace, NotYoursToReplace
from workflows.domain.policy import Policy
from workflows.inbox import Session, Viewer
from workflows.inbox.finding import find
from workflows.inbox.reach import is_dispute, reach
from workflows.store import case_pages, case_roles, lists, panel_rows, panel_turns, step_pages
from workflows.store import panel_register as register_rows
from workflows.store import people as people_rows
from workflows.store.case_roles import Seated
from workflows.store.models import Case

OF_WHOM = {"nominee": "named by the doctor", "third": "from the panel register"}


class NoPanel(NotFound):
    """Case {reference} is no dispute, so that nobody mediates in it or decides on an appeal."""


@dataclass(frozen=True)
class Sitting:
    """Somebody who has a part now. `title` says which; `declared` whether they have said that they can sit, None for a
    mediator; `use` how often the register has called a third member, for those who replace them."""

    seat: str
    title: str
    name: str
    since: datetime
    declared: bool | None
    use: FairnessLine | None


@dataclass(frozen=True)
class Earlier:
    """Somebody who had a part before; `because` is why they were replaced, for those who replace people."""

    title: str
    name: str
    since: datetime
    until: datetime
    because: str


@dataclass(frozen=True)
class Replacing:
    """Who may be replaced, the people who may come in by their ids, and whose turn it is on the register to be the
    third member, "" for nobody's."""

    sitting: tuple[Sitting, ...]
    people: tuple[tuple[int, str], ...]
    next_third: str


@dataclass(frozen=True)
class PanelPage:
    """The mediator and the panel of a dispute. `empty` are the titles of seats that nobody has once an appeal is in;
    `proposed` is whom the register proposes as third member while both sides are asked. `replacing` is None where there
    is nobody to replace, and for those who replace nobody."""

    reference: str
    title: str
    sitting: tuple[Sitting, ...]
    empty: tuple[str, ...]
    proposed: str
    earlier: tuple[Earlier, ...]
    may_replace: bool
    replacing: Replacing | None

    @property
    def replaces(self) -> Replacing:
        """What somebody sees who is about to replace somebody. Raises NotYoursToReplace, NobodyToReplace."""
        if not self.may_replace:
            raise NotYoursToReplace
        if self.replacing is None:
            raise NobodyToReplace
        return self.replacing


@dataclass(frozen=True)
class _Reading:
    """A dispute with all that is known of it, as somebody reads it who may replace people or not."""

    session: Session
    case: Case
    policy: Policy
    facts: Mapping[str, Any]
    seated: list[Seated]
    may: bool
    now: datetime

    @cached_property
    def holding(self) -> Mapping[str, Seated]:
        """Who has a part now, by seat, but for the parties."""
        chosen = {one.seat: one for one in self.seated if one.sits}
        return {seat: chosen[seat] for seat in ("mediator", *SEATS) if seat in chosen}

    @cached_property
    def around(self) -> frozenset[int]:
        """The parties, and whoever has a part now."""
        return frozenset(one.person_id for one in self.seated if one.sits)

    @property
    def appealed(self) -> bool:
        """Whether the dispute has come to an appeal, so that no mediator is wanted any more."""
        return bool(self.facts.get("appeal_received_date"))


def panel_page(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> PanelPage:
    """Who mediates and who sits, in a fixed number of statements. Raises NoSuchCase, NotYourCase, NoPanel."""
    reading = _read(session, viewer, reference, now)
    case, facts = reading.case, reading.facts
    used = _used(reading) if reading.may else {}
    sitting = tuple(_sitting(reading, one, used) for one in reading.holding.values())
    wanted = reading.policy.values.get("panel_seats", SEATS) if reading.appealed and case.status == "open" else ()
    asked = case.status == "open" and "third" not in reading.holding and not facts.get("third_vacant")
    gone = [one for one in reading.seated if one.ended_at is not None and one.seat not in case_roles.PARTIES]
    return PanelPage(
        reference=case.reference,
        title=case.title,
        sitting=sitting,
        empty=tuple(_title(reading, seat) for seat in wanted if seat not in reading.holding),
        proposed=_name(session, facts.get("third_member")) if asked else "",
        earlier=tuple(_earlier(reading, one) for one in gone),
        may_replace=reading.may,
        replacing=_replacing(reading, sitting) if reading.may and case.status == "open" else None,
    )


def _read(session: Session, viewer: Viewer, reference: str, now: datetime) -> _Reading:
    """The Chief Executive looks into any dispute, as whoever may replace people in it has to."""
    sees = reach(session, viewer=viewer, now=now)
    may = any(post.role in REPLACED_BY for post in sees.held)
    widest = replace(sees.sight, whole_trust=True)
    case = lists.visible_case(session, sight=widest, reference=reference) if may else None
    if case is None or not is_dispute(case):
        case = find(session, sees=sees, reference=reference)
    if not is_dispute(case):
        raise NoPanel(reference=reference)
    answers, _ = panel_rows.facts_and_where(session, case_id=case.id)
    seated = case_roles.of_case(session, case_id=case.id, on=civil_day(now))
    parties = {one.person_id for one in seated if one.seat in case_roles.PARTIES}
    return _Reading(
        session=session,
        case=case,
        policy=releases.of(session, release_id=case.release_id).policy,
        facts=panel_rows.newest(answers),
        seated=seated,
        may=may and viewer.person_id not in parties,
        now=now,
    )


def _title(reading: _Reading, seat: str) -> str:
    """ "Member of the appeal panel, named by the doctor"."""
    title = reading.policy.title(case_roles.ROLE_OF_SEAT[seat])
    return f"{title}, {OF_WHOM[seat]}" if seat in OF_WHOM else title


def _sitting(reading: _Reading, one: Seated, used: Mapping[int, FairnessLine]) -> Sitting:
    return Sitting(
        seat=one.seat,
        title=_title(reading, one.seat),
        name=one.name,
        since=one.starts_at,
        declared=None if one.seat == "mediator" else one.person_id in (reading.facts.get("declared_fit") or []),
        use=used.get(one.person_id) if one.seat == "third" else None,
    )


def _earlier(reading: _Reading, one: Seated) -> Earlier:
    """Somebody who went; whoever took the seat in that moment was named with the reason."""
    until = one.ended_at or one.starts_at
    later = reading.seated[reading.seated.index(one) + 1 :]
    after = (other.because for other in later if other.seat == one.seat and other.starts_at == until)
    because = next(after, "") if reading.may else ""
    return Earlier(_title(reading, one.seat), one.name, one.starts_at, until, because)


def _replacing(reading: _Reading, sitting: tuple[Sitting, ...]) -> Replacing | None:
    """A mediator is replaced before an appeal alone; None where there is nobody to replace."""
    some = tuple(one for one in sitting if one.seat != "mediator" or not reading.appealed)
    if not some:
        return None
    everybody = step_pages.people_of_trust(
        reading.session, trust_id=reading.case.trust_id, today=civil_day(reading.now)
    )
    third = any(one.seat == "third" for one in some)
    return Replacing(
        sitting=some,
        people=tuple(one for one in everybody if one[0] not in reading.around),
        next_third=_next_third(reading) if third else "",
    )


def _next_third(reading: _Reading) -> str:
    """The name of whom the register would call in place of the third member."""
    rows = case_pages.deadlines(reading.session, case_id=reading.case.id)
    booked, limits = reading.facts.get("hearing_booked_for"), [row.due_on for row in rows if row.name == "panel_meets"]
    expected = [date.fromisoformat(booked)] if booked else limits[-1:]
    chosen = panel_turns.following(
        reading.session,
        case=reading.case,
        bodies=bodies_of(reading.policy.bodies),
        day=max([civil_day(reading.now), *expected]),
        around=reading.around,
    )
    return chosen.name if chosen else ""


def _name(session: Session, person_id: int | None) -> str:
    return people_rows.names(session, person_ids=[person_id]).get(person_id or 0, "")


def _used(reading: _Reading) -> Mapping[int, FairnessLine]:
    trust_id = reading.case.trust_id
    members = register_rows.members(reading.session, trust_id=trust_id)
    used = register_rows.use(reading.session, trust_id=trust_id)
    lines = fairness(members, used, bodies_of(reading.policy.bodies), civil_day(reading.now))
    return {line.member.person_id: line for line in lines}

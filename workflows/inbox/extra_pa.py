"""Agreements on extra programmed activities: what counts on a day, one on its page, those that end soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from workflows import releases
from workflows.domain.arithmetic.extra import AWAY, payable_away
from workflows.domain.calendars import civil_day
from workflows.domain.deadlines import reckon
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.extra_pa import Balance, ContractLine, contract_lines, limits, pas_on
from workflows.domain.roles import Role
from workflows.domain.vocabulary_extra_pas import PROCESS
from workflows.inbox import Session, Viewer
from workflows.inbox.finding import find
from workflows.inbox.reach import Reach, reach, readable, roles_in, standings_in
from workflows.store import extra_pa as extra_rows
from workflows.store import posts as post_rows
from workflows.store.extra_pa import AgreedExtra
from workflows.store.models import Case, ExtraPa

__all__ = [
    "AgreedExtra", "Agreement", "Ending", "agreed_extra", "agreement_page", "ending_soon", "follows", "may_follow",
    "of_case",
]  # fmt: skip

SOON = timedelta(days=183)
"""How far the list of agreements that end looks ahead."""
REMOVAL = "extra_pa_removal"


class NoAgreement(NotFound):
    """Case {reference} is not about extra programmed activities, or nothing has been offered in it yet."""


class NotYourAgreement(NotAllowed):
    """The agreement of case {reference} is open to the doctor, to those who manage them, and to the
    {medical_directorate} only."""


class NothingToFollow(NotAllowed):
    """The list of agreements is open to those who manage teams, to {hr_workforce} and {finance}, and to the
    {medical_directorate}."""


@dataclass(frozen=True)
class Use:
    """PAs that were worked on a day, or a correction."""

    on: date
    pas: Fraction
    words: str
    by: str


@dataclass(frozen=True)
class Agreement:
    """One agreement as its page shows it. `pas` are those of today; `may`: notice, need_ended, worked."""

    case: str
    title: str
    doctor: str
    reference: str
    kind: str
    basis: str
    pas: Fraction
    starts_on: date
    ends_on: date
    status: str
    accepted_on: date | None
    reviewed_on: date | None
    notice_on: date | None
    next_pas: Fraction | None
    next_from: date | None
    today: date
    may: frozenset[str]
    balance: Balance
    uses: tuple[Use, ...]
    contract: tuple[ContractLine, ...]
    in_leave: bool
    """Whether they are paid in weeks of leave too (BTH-App3.3-d)."""
    notice_lines: tuple[str, ...]
    """From when notice that is given today would count, line by line."""


def agreed_extra(session: Session, *, person_id: int, on: date) -> list[AgreedExtra]:
    """What a doctor has agreed to and counts on a day, with PAs, kind, days, reference, reason and commissioner."""
    return extra_rows.agreed(session, person_id=person_id, on=on)


def agreement_page(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> Agreement:
    """The agreement of a case. Raises NoSuchCase, NotYourCase, NotYourAgreement, NoAgreement."""
    sees = reach(session, viewer=viewer, now=now)
    case = find(session, sees=sees, reference=reference)
    if case.process != PROCESS:
        raise NoAgreement(reference=reference)
    if not reads(sees, case):
        raise NotYourAgreement(reference=reference)
    found = of_case(session, viewer=viewer, case=case, sees=sees, now=now)
    if found is None:
        raise NoAgreement(reference=reference)
    return found


def reads(sees: Reach, case: Case) -> bool:
    """Whether somebody may read what was agreed in a case that they may see."""
    return "plan_draft" in readable(standings_in(sees, case, ()))


def of_case(session: Session, *, viewer: Viewer, case: Case, sees: Reach, now: datetime) -> Agreement | None:
    """The agreement for the page of its case; None where there is none, or not for this viewer."""
    if case.process != PROCESS or not reads(sees, case):
        return None
    row = extra_rows.of_case(session, case_id=case.id)
    if row is None:
        return None
    today = civil_day(now)
    uses = extra_rows.uses(session, extra_pa_id=row.id) if row.basis == "yearly" else []
    worked = sum((Fraction(use.pas) for use in uses), Fraction(0))
    policy = releases.of(session, release_id=case.release_id).policy
    contract = post_rows.contract_of(session, person_id=row.person_id, on=today)
    standard = Fraction(contract.programmed_activities) if contract else Fraction(0)
    lines = [(row.reference, _pas(row, today), row.basis)]
    return Agreement(
        case=case.reference,
        title=case.title,
        doctor=case.subject.name if case.subject else "",
        reference=row.reference,
        kind=row.kind,
        basis=row.basis,
        pas=_pas(row, today),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        status=row.status,
        accepted_on=row.accepted_on,
        reviewed_on=row.reviewed_on,
        notice_on=row.notice_on,
        next_pas=extra_rows.exact(row.next_pas),
        next_from=row.next_from,
        today=today,
        may=_may(viewer, sees, case, row),
        balance=Balance(Fraction(row.pas), worked),
        uses=tuple(Use(use.worked_on, Fraction(use.pas), use.words, use.by.name) for use in uses),
        contract=contract_lines(standard, lines, limits(policy.values).full_time_pas) if contract else (),
        in_leave=all(payable_away(row.basis == "regular", kind) for kind in AWAY),
        notice_lines=reckon(policy.deadline(REMOVAL), today, "", releases.bank_holidays(today.year)).lines,
    )


def _pas(row: ExtraPa, day: date) -> Fraction:
    return pas_on(_Terms(row), max(day, row.starts_on))


class _Terms:
    """A row as the rules see an agreement: exact numbers."""

    def __init__(self, row: ExtraPa) -> None:
        self.basis, self.pas, self.starts_on, self.ends_on = row.basis, Fraction(row.pas), row.starts_on, row.ends_on
        self.next_pas, self.next_from = extra_rows.exact(row.next_pas), row.next_from


def _may(viewer: Viewer, sees: Reach, case: Case, row: ExtraPa) -> frozenset[str]:
    """What the viewer is offered; the verbs look again."""
    roles = roles_in(sees, case)
    sides = {Role.PRACTITIONER, Role.CLINICAL_MANAGER}
    own = viewer.person_id == case.subject_id
    found = set()
    if row.status == "agreed" and roles & sides:
        found.add("notice")
    if row.status == "agreed" and not own and roles & {Role.CLINICAL_MANAGER, Role.AMD}:
        found.add("need_ended")
    if row.basis == "yearly" and row.status in ("agreed", "ended") and roles & sides:
        found.add("worked")
    return frozenset(found)


@dataclass(frozen=True)
class Ending:
    """An agreement that ends within the next half year."""

    case: str
    doctor: str
    reference: str
    basis: str
    pas: Fraction
    ends_on: date
    notice_on: date | None
    open_to_viewer: bool
    """Whether the viewer may open the page of the agreement."""


def ending_soon(session: Session, *, viewer: Viewer, now: datetime) -> tuple[Ending, ...]:
    """The agreements that end within half a year, first to end first: of the trust, of the care groups that the viewer
    leads, or of the teams that they manage. Raises NothingToFollow."""
    sees, today = reach(session, viewer=viewer, now=now), civil_day(now)
    if not follows(sees):
        raise NothingToFollow
    rows: Sequence[ExtraPa] = extra_rows.ending(
        session, trust_id=viewer.trust_id, care_group_ids=None, first=today, last=today + SOON
    )
    return tuple(
        Ending(
            case=row.case.reference,
            doctor=row.person.name,
            reference=row.reference,
            basis=row.basis,
            pas=_pas(row, today),
            ends_on=row.ends_on,
            notice_on=row.notice_on,
            open_to_viewer=reads(sees, row.case),
        )
        for row in rows
        if sees.reads_plans or _is_over(sees, row.case)
    )


def may_follow(session: Session, *, viewer: Viewer, now: datetime) -> bool:
    """Whether the list is for the viewer."""
    return follows(reach(session, viewer=viewer, now=now))


def follows(sees: Reach) -> bool:
    """Whether the list is for somebody with this reach."""
    return sees.reads_plans or bool(sees.sight.led or sees.sight.managed)


def _is_over(sees: Reach, case: Case) -> bool:
    return case.team_id in sees.sight.managed or case.care_group_id in sees.sight.led

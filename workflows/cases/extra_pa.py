"""Verbs on an agreement on extra programmed activities: notice by a side, the need has ended, what was worked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from workflows.cases.acting import Actor
from workflows.cases.extra_screens import check_notice, exact
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.extra_pa import Balance, check_worked
from workflows.domain.fields import Field, Json, check_values
from workflows.domain.roles import Role
from workflows.domain.vocabulary_extra_pas import PROCESS
from workflows.engine import runner
from workflows.engine.moves import Acting, Move
from workflows.store import Session
from workflows.store import extra_pa as extra_rows
from workflows.store import papers as paper_rows
from workflows.store import posts as post_rows
from workflows.store.models import ExtraPa, ExtraPaUse

NOTICE: tuple[Field, ...] = (
    Field(
        "notice_change",
        "choice",
        "What do you want?",
        required=True,
        options=(("end", "They end"), ("reduce", "They are reduced")),
    ),
    Field(
        "notice_pas",
        "number",
        "To how many are they reduced?",
        hint="A week, or of the whole number.",
        minimum=Fraction(0),
        when=("notice_change", ("reduce",)),
    ),
    Field("notice_reason", "long_text", "Why?", hint="The other side reads this, in the letter.", required=True),
)
WORKED: tuple[Field, ...] = (
    Field("worked_on", "date", "On which day?", required=True, latest="today"),
    Field(
        "pas",
        "number",
        "How many programmed activities?",
        hint="A quarter is 0.25. To correct an entry, enter what was too much with a minus.",
        required=True,
    ),
    Field("words", "text", "What was it?", hint="For example, an extra list on Saturday.", required=True),
)


class NoSuchAgreement(NotFound):
    """There is no such agreement on extra programmed activities in your trust."""


class NotASide(NotAllowed):
    """Only the doctor and the {clinical_manager} give notice, and only they say what was worked."""


class NotTheManager(NotAllowed):
    """Only the {clinical_manager} or the {amd} says that the need has ended."""


class NotRunning(NotAllowed):
    """This agreement is not in force: it has not been accepted, it is over, or its end is already settled."""


class ReviewUnderWay(NotAllowed):
    """A review of these activities is under way already. Its step is with the {clinical_manager}."""


class CountedByWeek(NotAllowed):
    """This agreement is counted by the week, so there is no number to draw from."""


def give_notice(session: Session, *, actor: Actor, reference: str, values: Mapping[str, Json], now: datetime) -> None:
    """Either side gives notice in writing, to end or to reduce them (CPFT-App1-d).

    values: those of `NOTICE`. Raises NoSuchAgreement, NotASide, NotRunning, BadValues.
    """
    move = opened(session, actor=actor, reference=reference, now=now, roles=(Role.PRACTITIONER, Role.CLINICAL_MANAGER))
    answers = check_values(NOTICE, values, today=move.today)
    running(move)
    change = str(answers["notice_change"])
    check_notice(move, change, exact(answers["notice_pas"]), keys=("notice_change", "notice_pas"))
    if change != "reduce":
        answers["notice_pas"] = None
    if not runner.receive(move, name="notice_given", facts=answers):
        raise NotRunning


def end_need(session: Session, *, actor: Actor, reference: str, now: datetime) -> None:
    """They are needed no longer: that opens a review of them (CPFT-7.2.2-e).

    Raises NoSuchAgreement, NotTheManager, NotRunning, ReviewUnderWay.
    """
    move = opened(
        session,
        actor=actor,
        reference=reference,
        now=now,
        roles=(Role.CLINICAL_MANAGER, Role.AMD),
        refused=NotTheManager,
    )
    running(move)
    if not runner.receive(move, name="need_ended", facts={}):
        raise ReviewUnderWay


def record_worked(
    session: Session, *, actor: Actor, reference: str, values: Mapping[str, Json], now: datetime
) -> Balance:
    """Enter what was worked of a number that is used as needed. Returns what is left (BTH-App3.2-c).

    values: those of `WORKED`. Raises NoSuchAgreement, NotASide, CountedByWeek, BadValues.
    """
    move = opened(session, actor=actor, reference=reference, now=now, roles=(Role.PRACTITIONER, Role.CLINICAL_MANAGER))
    answers = check_values(WORKED, values, today=move.today)
    row = extra_rows.of_case(session, case_id=move.case.id)
    if row is None or row.status not in ("agreed", "ended"):
        raise NotRunning
    if row.basis != "yearly":
        raise CountedByWeek
    pas, day = Fraction(str(answers["pas"])), date.fromisoformat(answers["worked_on"])
    balance = Balance(Fraction(row.pas), extra_rows.worked(session, extra_pa_id=row.id))
    check_worked(balance, pas, day, starts=row.starts_on, ends=row.ends_on, today=move.today)
    extra_rows.add_use(
        session,
        row=ExtraPaUse(
            extra_pa_id=row.id,
            worked_on=day,
            pas=Decimal(str(answers["pas"])),
            words=answers["words"],
            by_id=actor.person_id,
            written_at=now,
        ),
    )
    move.record("extra_pa_worked", reference=row.reference, day=day.isoformat())
    runner.save(move)
    return Balance(balance.agreed, balance.worked + pas)


def running(move: Move) -> ExtraPa:
    """The agreement, if it counts or will. Raises NotRunning."""
    row = extra_rows.of_case(move.session, case_id=move.case.id)
    if row is None or row.status != "agreed":
        raise NotRunning
    return row


def opened(
    session: Session,
    *,
    actor: Actor,
    reference: str,
    now: datetime,
    roles: Sequence[Role],
    refused: type[NotAllowed] = NotASide,
) -> Move:
    """A move of the case by somebody who holds one of these roles in it, or stands in for whoever does. Raises
    NoSuchAgreement, and `refused`."""
    case = paper_rows.case_of(session, trust_id=actor.trust_id, reference=reference)
    if case is None or case.process != PROCESS:
        raise NoSuchAgreement
    move = runner.open_move(session, case=case, now=now, by=Acting(actor.person_id))
    allowed = move.bench.any_of(roles)
    away = [one.id for one in post_rows.deputising_for(session, person_id=actor.person_id, on=move.today)]
    for person in (actor.person_id, *away):
        if person in allowed and (person == actor.person_id or actor.person_id != case.subject_id):
            move.by = Acting(actor.person_id, None if person == actor.person_id else person)
            return move
    raise refused

"""What somebody may start by hand, and about whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role
from workflows.domain.vocabulary import DISPUTE
from workflows.domain.vocabulary_extra_pas import PROCESS as EXTRA_PAS
from workflows.domain.vocabulary_reviews import CHANGE_SCOPES
from workflows.inbox import Session, Viewer
from workflows.store import start_rows
from workflows.store.starters import Starter

ROUND, INTERIM, REVIEW, HELP, ISSUE, PAY, EXTRA = "round", "interim", "review", "help", "issue", "pay", "extra"
PROGRESSION, STANDARDS, REPORT = "progression", "standards", "report"
ASK_FOR_HELP = frozenset({Role.PRACTITIONER, Role.CLINICAL_MANAGER, Role.AMD})
GOES_ON = frozenset({HELP, ISSUE, PAY, EXTRA, STANDARDS, REPORT})
"""What goes on at once with a step of whoever started it."""
OF_A_DOCTOR: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        EXTRA: (EXTRA_PAS, "extra_pa"),
        PROGRESSION: ("pay_progression", "pay_progression"),
        STANDARDS: ("standards_statement", "standards"),
        REPORT: ("resource_report", "report"),
    }
)
"""What is started about one doctor: its process, and the kind of its cases."""
STARTS_IN = 4
"""A planning year begins in April."""


class NothingToStart(NotAllowed):
    """Rounds, interim plans, issues and statements are started by the {medical_directorate} team, a review by the
    doctor or their manager, as are extra programmed activities, pay progression by the manager; a request for help by
    whoever plans."""


@dataclass(frozen=True)
class Startable:
    """What the viewer may start: its key, and the options of its questions by key, each a value and its words."""

    kind: str
    offered: Mapping[str, tuple[tuple[str, str], ...]]
    asker_id: int | None = None
    """For a request for help: who asks."""


def kinds(viewer: Viewer) -> tuple[str, ...]:
    """What the viewer may start, by their roles."""
    help_too = (HELP,) if viewer.roles & ASK_FOR_HELP else ()
    extra = (EXTRA,) if viewer.roles & {Role.PRACTITIONER, Role.CLINICAL_MANAGER} else ()
    if Role.MEDICAL_DIRECTORATE in viewer.roles:
        return (ROUND, INTERIM, REVIEW, ISSUE, PROGRESSION, STANDARDS, *extra, *help_too)
    review = (REVIEW,) if viewer.roles & {Role.PRACTITIONER, Role.CLINICAL_MANAGER} else ()
    progression = (PROGRESSION,) if Role.CLINICAL_MANAGER in viewer.roles else ()
    own = (REPORT, PAY) if Role.PRACTITIONER in viewer.roles else ()
    return (*review, *progression, *extra, *help_too, *own)


def startable(session: Session, *, viewer: Viewer, kind: str, now: datetime) -> Startable:
    """The options of one kind of start. Raises NothingToStart."""
    if kind not in kinds(viewer):
        raise NothingToStart
    today = civil_day(now)
    if kind == ROUND:
        groups = tuple((str(key), name) for key, name in start_rows.care_groups(session, trust_id=viewer.trust_id))
        return Startable(kind, {"care_group": groups, "year": tuple((year, year) for year in round_years(today))})
    if kind == ISSUE:
        groups = tuple((str(key), name) for key, name in start_rows.care_groups(session, trust_id=viewer.trust_id))
        return Startable(kind, {"care_group": groups})
    if kind == HELP:
        return Startable(kind, {}, viewer.person_id)
    if kind in (PAY, REPORT):
        own = [doctor for doctor in _doctors(session, viewer, today) if doctor.id == viewer.person_id]
        return Startable(kind, {"subject": tuple((f"{one.id}:{one.team_id}", _words(one, viewer)) for one in own)})
    if kind == EXTRA:
        theirs = _own_and_managed(session, viewer, today)
        return Startable(kind, {"subject": tuple((f"{one.id}:{one.team_id}", _words(one, viewer)) for one in theirs)})
    found = [doctor for doctor in _doctors(session, viewer, today) if kind == REVIEW or not_oneself(doctor, viewer)]
    offered = tuple((f"{doctor.id}:{doctor.team_id}", _words(doctor, viewer)) for doctor in found)
    scopes = {"change_scope": tuple(CHANGE_SCOPES.items())} if kind == REVIEW else {}
    return Startable(kind, {"subject": offered, **scopes})


def facts(startable: Startable, answers: Mapping[str, object], now: datetime) -> tuple[str, dict[str, object]]:
    """The process and the facts that a filled-in start comes to."""
    if startable.kind == ROUND:
        group = int(str(answers["care_group"]))
        return "planning_round", {"year": answers["year"], "kind": "annual", "care_group": group}
    this_year = years(civil_day(now))[0]
    if startable.kind == ISSUE:
        group = int(str(answers["care_group"]))
        return "compliance_issue", {"year": this_year, "kind": "issue", "care_group": group}
    if startable.kind == HELP:
        return "help_request", {"year": this_year, "kind": "help", "subject": startable.asker_id}
    subject, _, team = str(answers["subject"]).partition(":")
    about = {"year": this_year, "subject": int(subject), "team": int(team)}
    return _of_a_doctor(startable.kind, about, answers, civil_day(now))


def _of_a_doctor(
    kind: str, about: Mapping[str, object], answers: Mapping[str, object], today: date
) -> tuple[str, dict[str, object]]:
    if kind == INTERIM:
        begins = _day(answers["employment_start_date"])
        return "individual_planning", {**about, "kind": "interim", "employment_start_date": begins}
    if kind == PAY:
        said = {"objection": answers["objection"], "failure_to_agree_date": _day(answers["failure_to_agree_date"])}
        return DISPUTE, {**about, "kind": "pay_progression", **said}
    if kind in OF_A_DOCTOR:
        process, of_kind = OF_A_DOCTOR[kind]
        due = {"progression_date": _day(answers["progression_date"])} if kind == PROGRESSION else {}
        return process, {**about, "kind": of_kind, **due}
    return _change(about, answers, today)


def _change(about: Mapping[str, object], answers: Mapping[str, object], today: date) -> tuple[str, dict[str, object]]:
    """A change goes to the doctor's own plan at once, or by way of whoever manages the team where the team plan is
    altered (CPFT-7.7.2). A significant one counts the days from today on (CPFT-7.7.4-a)."""
    scope = answers["change_scope"]
    reported = today.isoformat() if answers["change_significant"] else None
    said = {"change_reason": answers["change_reason"], "change_scope": scope, "significant_change_date": reported}
    return "individual_planning" if scope == "individual" else "change_request", {**about, "kind": "in_year", **said}


def _day(answer: object) -> object:
    return answer.isoformat() if isinstance(answer, date) else answer


def first_step(session: Session, *, viewer: Viewer, reference: str) -> tuple[int, bool] | None:
    """The step of a case that has just been started by which the viewer goes on: its id, and whether it is shared."""
    return start_rows.first_step(session, trust_id=viewer.trust_id, reference=reference, person_id=viewer.person_id)


class NoStarter(NotAllowed):
    """This person is no new starter without a plan any more: a plan is in force or under way."""


def interim_of(starter: Starter | None, now: datetime) -> tuple[str, dict[str, object]]:
    """The process and the facts of a new starter's interim plan. Raises NoStarter."""
    if starter is None:
        raise NoStarter
    answers = {"subject": f"{starter.person_id}:{starter.team_id}", "employment_start_date": starter.first_day}
    return facts(Startable(INTERIM, {}), answers, now)


def years(today: date) -> tuple[str, str]:
    """The planning year that runs today and the next: "2026/27", "2027/28"."""
    first = today.year - (today.month < STARTS_IN)
    return tuple(f"{year}/{(year + 1) % 100:02}" for year in (first, first + 1))  # type: ignore[return-value]  # two


def round_years(today: date) -> tuple[str, ...]:
    """The years for which a round may be started, the likely one first: the next, and the one that runs while less than
    half of it has passed. A year that is mostly over is planned no more."""
    running, following = years(today)
    over_half = today.month >= 10 or today.month < STARTS_IN
    return (following,) if over_half else (following, running)


def not_oneself(doctor: start_rows.Doctor, viewer: Viewer) -> bool:
    """Nobody starts an interim plan for themselves."""
    return doctor.id != viewer.person_id


def _doctors(session: Session, viewer: Viewer, today: date) -> list[start_rows.Doctor]:
    """Everybody for the directorate; for others themselves, and the doctors of the teams that they manage."""
    if Role.MEDICAL_DIRECTORATE not in viewer.roles:
        return _own_and_managed(session, viewer, today)
    return start_rows.doctors(session, trust_id=viewer.trust_id, today=today, team_ids=None)


def _own_and_managed(session: Session, viewer: Viewer, today: date) -> list[start_rows.Doctor]:
    """Themselves, and the doctors of the teams that they manage."""
    found = start_rows.doctors(session, trust_id=viewer.trust_id, today=today, team_ids=None)
    managed = start_rows.teams_managed(session, person_id=viewer.person_id, today=today)
    return [doctor for doctor in found if doctor.id == viewer.person_id or doctor.team_id in managed]


def _words(doctor: start_rows.Doctor, viewer: Viewer) -> str:
    return f"{doctor.name}{' (you)' if doctor.id == viewer.person_id else ''}, {doctor.team}"

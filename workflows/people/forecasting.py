"""Verbs on what a department foresees: extra programmed activities for waiting lists, cover and vacancies."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.extra_pa import NEEDS, check_advertised, limits
from workflows.domain.fields import Field, Json, check_values
from workflows.domain.roles import Role
from workflows.engine import releases
from workflows.people.appointing import NoSuchPlace
from workflows.people.keeping import Keeper, note
from workflows.store import Session
from workflows.store import extra_pa as extra_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import ExtraPaNeed, Team

OVER_A_TEAM = frozenset({Role.CLINICAL_MANAGER, Role.SERVICE_MANAGER})
NEED: tuple[Field, ...] = (
    Field("kind", "choice", "For what?", required=True, options=tuple(NEEDS.items())),
    Field("words", "text", "What is it?", hint="For example, cover of the Friday clinic in summer.", required=True),
    Field(
        "pas",
        "number",
        "How many programmed activities in the year?",
        hint="In all, over the whole planning year.",
        required=True,
        minimum=Fraction(0),
        maximum=Fraction(1000),
    ),
    Field(
        "post_pas",
        "number",
        "If it is a vacancy: at how many programmed activities a week is the post advertised?",
        hint="Full time at most.",
        when=("kind", ("vacancies",)),
    ),
)


class NotYoursToForesee(NotAllowed):
    """What a team foresees is entered by its {clinical_manager} or {service_manager}, by the {amd} of its care group,
    or by the {medical_directorate}."""


class NoSuchNeed(NotFound):
    """There is no such line any more."""


def foresee(session: Session, *, by: Keeper, team_id: int, year: str, values: Mapping[str, Json], now: datetime) -> int:
    """Enter what a team foresees for a planning year (BTH-App3.2-d); a post is advertised at full time at most
    (BTH-App3.1-b). Returns the line's id.

    values: those of `NEED`. Raises NoSuchPlace, NotYoursToForesee, BadValues.
    """
    team = _team(session, by, team_id, now)
    answers = check_values(NEED, values, today=civil_day(now))
    post = answers["post_pas"] if answers["kind"] == "vacancies" else None
    if answers["kind"] == "vacancies":
        policy = releases.published(session, trust_id=by.trust_id).policy
        pas = None if post is None else Fraction(str(post))
        check_advertised(pas, limits(policy.values).full_time_pas, key="post_pas")
    row = ExtraPaNeed(
        trust_id=by.trust_id,
        team_id=team.id,
        year=year,
        kind=answers["kind"],
        words=answers["words"],
        pas=Decimal(str(answers["pas"])),
        post_pas=None if post is None else Decimal(str(post)),
        by_id=by.person_id,
        written_at=now,
        removed_at=None,
    )
    extra_rows.add_need(session, row=row)
    note(session, by, "extra_pas_foreseen", now, team=team.id)
    return row.id


def take_out(session: Session, *, by: Keeper, need_id: int, now: datetime) -> int:
    """A line is foreseen no longer. Returns the team's id. Raises NoSuchNeed, NotYoursToForesee."""
    row = extra_rows.need(session, trust_id=by.trust_id, need_id=need_id)
    if row is None:
        raise NoSuchNeed
    team = _team(session, by, row.team_id, now)
    extra_rows.remove_need(session, row=row, now=now)
    note(session, by, "extra_pas_not_foreseen", now, team=team.id)
    return team.id


def _team(session: Session, by: Keeper, team_id: int, now: datetime) -> Team:
    """Raises NoSuchPlace, NotYoursToForesee."""
    team = people_rows.team(session, trust_id=by.trust_id, team_id=team_id)
    if team is None:
        raise NoSuchPlace
    posts = post_rows.posts_of(session, person_id=by.person_id or 0, on=civil_day(now))
    if not any(keeps(post.role, post.team_id, post.care_group_id, team) for post in posts):
        raise NotYoursToForesee
    return team


def keeps(role: str, team_id: int | None, care_group_id: int | None, team: Team) -> bool:
    """Whether a post is one that enters what this team foresees."""
    if role == Role.MEDICAL_DIRECTORATE:
        return True
    if role in OVER_A_TEAM and team_id is not None:
        return team_id == team.id
    return role in OVER_A_TEAM | {Role.AMD} and care_group_id == team.care_group_id

"""The trust of a rehearsal: one team, somebody for each role, and a register of panel members. Everybody is invented,
and called Example, so that nobody takes them for anybody."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from workflows import panel_register, releases
from workflows.cases import Actor
from workflows.domain.calendars import add_months, civil_day
from workflows.domain.panel_register import bodies_of
from workflows.domain.particulars import Particulars
from workflows.seeding.cast import Cast, Company, Part, engage, join
from workflows.seeding.companies import Group, leader
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import plans as plan_rows
from workflows.store.models import Case, TeamPlan

PARTS = (
    Part("doctor", "Dr Ada Example", "practitioner", "10", had_plan=True),
    Part("colleague", "Dr Ben Example", "practitioner", "10", had_plan=True),
    Part("manager", "Dr Cleo Example", "clinical_manager"),
    Part("service", "Dan Example", "service_manager"),
    Part("nursing", "Eve Example", "nursing_quality_manager"),
    Part("amd", "Dr Finn Example", "amd"),
    Part("md", "Dr Gwen Example", "medical_director"),
    Part("ceo", "Hugo Example", "chief_executive"),
    Part("office", "Iris Example", "medical_directorate"),
    Part("hr", "Jon Example", "hr_workforce"),
    Part("finance", "Kit Example", "finance"),
    Part("owner", "Lea Example", "process_owner"),
    Part("approver", "Max Example", "process_approver"),
)
STAFF = (
    Part("secretary", "Nia Example", "board_secretary"),
    Part("mediator", "Dr Otto Example", ""),
    Part("chair", "Pia Example", ""),
    Part("nominee", "Dr Rex Example", ""),
)
OUTSIDERS = ("Dr Sue Example", "Prof Tom Example")
"""Those on the register from whom the third member of an appeal panel comes."""
BEGAN = 400
"""So many days before the rehearsal they had all begun."""


def people(session: Session, *, policy: str, files: Mapping[str, str], now: datetime) -> Cast:
    """The trust in an empty database, with these files as what is published. Raises NotSound."""
    began = now - timedelta(days=BEGAN)
    company = Company(
        key="EXAMPLE", name="Example trust", policy=policy, care_group="Example care group", team="Example team",
        place="Example clinic", parts=PARTS, staff=STAFF, groups=(Group("Other group", leader("Dr Una Example"), 0),),
    )  # fmt: skip
    cast = engage(session, company=company, password_hash="", on=civil_day(now))
    join(session, cast=cast, company=company, on=civil_day(now))
    releases.ship(session, trust=cast.trust, now=began, files=dict(files))
    _register(session, cast, now)
    return cast


def enter_team_plan(session: Session, cast: Cast, now: datetime) -> None:
    """The team's plan of the year, as if entered from paper: each individual plan needs one."""
    release = releases.published(session, trust_id=cast.trust.id)
    case = case_rows.add(
        session,
        case=Case(
            trust_id=cast.trust.id,
            reference=case_rows.next_reference(session, trust=cast.trust, year=now.year),
            process="team_planning",
            title=f"{cast.team.name}: team plan {cast.year}",
            year=cast.year,
            release_id=release.id,
            team_id=cast.team.id,
            care_group_id=cast.care_group.id,
            status="closed",
            opened_at=now,
            closed_at=now,
        ),
    )
    plan = TeamPlan(
        trust_id=cast.trust.id, team_id=cast.team.id, case_id=case.id, year=cast.year, content={}, approved_at=now
    )
    plan_rows.add_team_plan(session, plan=plan)


def _register(session: Session, cast: Cast, now: datetime) -> None:
    by = Actor(cast.person("office").id, cast.trust.id)
    bodies = bodies_of(releases.published(session, trust_id=cast.trust.id).policy.bodies)
    first = add_months(civil_day(now), -12)
    approvals = dict.fromkeys(bodies, first)
    for name in OUTSIDERS:
        said = panel_register.Entry("Example Hospitals", "Medicine", first, add_months(first, 36), approvals)
        who = Particulars(name, f"{name.split()[1].lower()}@panel.example")
        panel_register.add_member(session, by=by, who=who, said=said, now=now)

"""People of a trust: contracts, grades, what a post is held over, and who belongs to the job planning census."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role

CONTRACT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "consultant_2003": "Consultant contract (2003)",
        "consultant_before_2003": "Consultant contract before 2003",
        "sas_2008": "Specialty doctor contract (2008)",
        "sas_2021": "Specialty and specialist contract (2021)",
        "local": "Local contract",
    }
)
"""The kinds of contract that need a job plan (CPFT 3, BTH 3.4.1.6.1: old, new and local)."""

GRADES: tuple[str, ...] = (
    "Consultant",
    "Locum consultant",
    "Consultant dentist",
    "Associate specialist",
    "Specialist",
    "Specialty doctor",
    "Staff grade",
    "Trust doctor (ST3+)",
    "Trust doctor",
    "Foundation doctor",
    "Doctor in training",
)
"""The grades that a contract may name. Which of them have a job plan is the policy's `job_plan_grades`."""

LONG_RUN = 31
"""Days between two contracts that still count as one run of employment."""

TEAM, CARE_GROUP, TEAM_OR_CARE_GROUP, TRUST = "team", "care_group", "team_or_care_group", "trust"
AREAS: Mapping[Role, str] = MappingProxyType(
    {
        Role.PRACTITIONER: TEAM,
        Role.CLINICAL_MANAGER: TEAM,
        Role.SERVICE_MANAGER: TEAM_OR_CARE_GROUP,
        Role.NURSING_QUALITY_MANAGER: TEAM_OR_CARE_GROUP,
        Role.AMD: CARE_GROUP,
    }
)
"""What a post of a role is held over; one that is not named is held over the whole trust."""


class AgainstTheCensus(NotAllowed):
    """This person does not belong to the job planning census."""


class NotEmployed(AgainstTheCensus):
    """{name} has no contract with the trust on {day}. Record the contract first: only employed doctors have a job plan
    (CPFT 1)."""


class NotLicensed(AgainstTheCensus):
    """There is no GMC or GDC number for {name}. Only doctors and dentists who are licensed to practise have a job plan
    (CPFT 1)."""


class GradeWithoutPlan(AgainstTheCensus):
    """{name} is employed as: {grade}. Under the trust’s policy doctors of this grade have no job plan (BTH 2)."""


class WrongArea(NotAllowed):
    """{title} is a post over {area}. {wanted}"""


class EndsBeforeItBegins(NotAllowed):
    """The last day ({last}) is before the first ({first})."""


class ContractLike(Protocol):
    """What a rule has to know of a contract."""

    grade: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Area:
    """Whose steps a change of posts may touch: those of these roles anywhere, all of these teams, all of these care
    groups with their teams, and `whole`: the cases about one of these care groups as a whole."""

    roles: frozenset[str] = field(default_factory=frozenset)
    team_ids: frozenset[int] = field(default_factory=frozenset)
    care_group_ids: frozenset[int] = field(default_factory=frozenset)
    whole: frozenset[int] = field(default_factory=frozenset)

    def __or__(self, other: "Area") -> "Area":
        return Area(
            self.roles | other.roles,
            self.team_ids | other.team_ids,
            self.care_group_ids | other.care_group_ids,
            self.whole | other.whole,
        )

    def __bool__(self) -> bool:
        return bool(self.roles or self.team_ids or self.care_group_ids or self.whole)


NOWHERE = Area()


def area_of(role: str, team_id: int | None, care_group_id: int | None) -> Area:
    """What a post of that role over that place touches."""
    if team_id:
        return Area(team_ids=frozenset({team_id}), whole=frozenset({care_group_id} if care_group_id else ()))
    if care_group_id:
        return Area(care_group_ids=frozenset({care_group_id}))
    return Area(roles=frozenset({role}))


def in_words(day: date) -> str:
    """A day as a sentence names it: "3 March 2027"."""
    return f"{day.day} {day:%B %Y}"


def check_period(first: date, last: date | None) -> None:
    """Raises EndsBeforeItBegins."""
    if last is not None and last < first:
        raise EndsBeforeItBegins(last=in_words(last), first=in_words(first))


def covers(first: date, last: date | None, day: date) -> bool:
    """Whether a day lies in a period, both ends included."""
    return first <= day and (last is None or last >= day)


def grades_with_plan(values: Mapping[str, Any]) -> Collection[str]:
    """The grades that have a job plan under a policy, in small letters; all of them where it names none."""
    named = values.get("job_plan_grades")
    return {grade.casefold() for grade in (GRADES if named is None else named)}


def check_grade(name: str, grade: str, values: Mapping[str, Any]) -> None:
    """Who may be given a job plan case (BTH-2-a). `values` are those of the policy. Raises GradeWithoutPlan."""
    if grade.casefold() not in grades_with_plan(values):
        raise GradeWithoutPlan(name=name, grade=grade)


def check_census(
    name: str, registration: str | None, contract: ContractLike | None, values: Mapping[str, Any], *, day: date
) -> None:
    """Whether somebody belongs to the census on a day: employed, licensed, on terms that require a job plan (CPFT-1).

    contract: the one in force on that day. Raises NotEmployed, NotLicensed, GradeWithoutPlan.
    """
    if contract is None:
        raise NotEmployed(name=name, day=in_words(day))
    check_grade(name, contract.grade, values)
    if not registration:
        raise NotLicensed(name=name)


def began(contracts: Collection[ContractLike], day: date) -> date | None:
    """The first day of the run of employment that covers a day or begins next after it; None where there is none.

    Contracts that follow one another within a month are one run: a changed contract makes nobody a new starter.
    """
    first: date | None = None
    last: date | None = None
    for one in sorted(contracts, key=lambda contract: contract.starts_on):
        if first is None or (last is not None and (one.starts_on - last).days > LONG_RUN):
            first = one.starts_on
        last = one.ends_on
        if last is None or last >= day:
            return first
    return None

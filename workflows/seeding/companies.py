"""The invented trusts of the demonstration: who works where, and how far each team and doctor has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflows.seeding.plan_texts import WORK

CONTRACTS: Mapping[str, str] = MappingProxyType(
    {
        "consultant": "consultant_2003:Consultant",
        "specialist": "sas_2021:Specialist",
        "specialty": "sas_2021:Specialty doctor",
        "associate": "sas_2008:Associate specialist",
        "local": "local:Specialty doctor",
    }
)
"""By the word in a doctor's line: the kind of contract and the grade."""

PLAN_MONTHS: Mapping[str, int] = MappingProxyType({"overdue": 14, "due_soon": 11})
"""By the word of a doctor's story: how many months ago the plan began that is to be reviewed."""

MANAGERS = (("manager", "clinical_manager"), ("service", "service_manager"), ("nursing", "nursing_quality_manager"))
"""A team's managers by their key, in the order in which a team's line names them."""


@dataclass(frozen=True)
class Part:
    """A person of the demonstration: key, name, role; for doctors also their PAs."""

    key: str
    name: str
    role: str
    pas: str = ""
    had_plan: bool = False
    """Whether they had a job plan before this year."""
    plan_months: int = 0
    """So many months ago that plan began; 0: on 1 April."""
    new_starter: bool = False
    contract: str = CONTRACTS["consultant"]
    listed: bool = True
    """Whether a visitor may be this person."""


@dataclass(frozen=True)
class Unit:
    """A further team. `doctors` has a line each: name, contract, PAs, and the story of their plan. Somebody who is
    named twice holds both posts."""

    group: str
    name: str
    place: str
    story: str
    """How far the team's own plan has come: a key of workflows.seeding.stories.TEAMS."""
    managers: str
    """Clinical manager, service manager, nursing and quality manager; a dash where the post is vacant."""
    doctors: str
    work: tuple[str, ...] = WORK
    listed: tuple[str, ...] = ()
    """Whom of them a visitor may be."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The people of the team."""
        names = [name.strip() for name in self.managers.split(",")]
        managers = [
            Part(key, name, role, listed=name in self.listed)
            for (key, role), name in zip(MANAGERS, names, strict=True)
            if name != "-"
        ]
        return (*managers, *(self._doctor(line) for line in self.doctors.strip().splitlines()))

    @property
    def stories(self) -> tuple[tuple[str, str], ...]:
        """The doctors, each with the story of their plan."""
        lines = [[part.strip() for part in line.split(",")] for line in self.doctors.strip().splitlines()]
        return tuple((name, story) for name, _, _, story in lines)

    def _doctor(self, line: str) -> Part:
        name, contract, pas, story = (part.strip() for part in line.split(","))
        starter = story in {"starter", "interim"}
        listed = name in self.listed
        months = PLAN_MONTHS.get(story, 0)
        return Part(name, name, "practitioner", pas, not starter, months, starter, CONTRACTS[contract], listed)


@dataclass(frozen=True)
class Group:
    """A further care group or division; its round began so many days ago, and has come so far."""

    name: str
    amd: Part
    began: int
    story: str = "issued"
    """issued, or proposed: the AMD has yet to agree."""
    together: tuple[str, str] | None = None
    """Two teams whose AMD lets them meet in one session."""


@dataclass(frozen=True)
class Change:
    """What happened to somebody's post, in which team, so many days ago: a key of workflows.seeding.stories.CHANGES."""

    what: str
    unit: str
    who: str
    other: str = ""
    """Their deputy, or their successor."""
    ago: int = 0
    about: str = ""
    """The doctor in whose case the deputy has acted."""


@dataclass(frozen=True)
class Company:
    """A trust of the demonstration: its first team with everybody whose story is told in full, and the others."""

    key: str
    name: str
    policy: str
    care_group: str
    team: str
    place: str
    parts: tuple[Part, ...]
    began: int = 47
    """How many days ago the round of the first team's care group began."""
    staff: tuple[Part, ...] = ()
    """Others of the whole trust, in the large demonstration."""
    groups: tuple[Group, ...] = ()
    units: tuple[Unit, ...] = ()
    changes: tuple[Change, ...] = ()
    """What has happened to people meanwhile."""


def leader(name: str, *, listed: bool = True) -> Part:
    """The AMD of a care group."""
    return Part("amd", name, "amd", listed=listed)

"""The register of panel members of each trust of the demonstration. Everybody on it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from workflows import panel_register, releases
from workflows.domain.calendars import add_months, civil_day
from workflows.domain.panel_register import bodies_of
from workflows.domain.particulars import Particulars
from workflows.seeding.driver import Driver, Scene

IN_TERM = (-20, 16)
"""When a term began and when it ends, in months from the end of the story."""
OVER = (-40, -3)


@dataclass(frozen=True)
class Outsider:
    """Somebody on a register: who, from where, what they can judge, and what is particular about them."""

    name: str
    organisation: str
    specialties: str
    term: tuple[int, int] = IN_TERM
    waits: bool = False
    """Whether one body has not approved them yet."""
    away: bool = False
    conflict: str = ""
    leads: bool = False
    """Whether the conflict is with the whole care group of the first team."""
    off: str = ""
    """Why they were taken off."""

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{'.'.join(self.name.lower().split()[1:])}@panel.example"


REGISTERS: Mapping[str, tuple[Outsider, ...]] = MappingProxyType(
    {
        "CPFT": (
            Outsider("Dr Judith Armitage", "Tyne Moor Partnership", "General adult psychiatry"),
            Outsider(
                "Prof Hamish Corrigan", "Solway Medical School", "Old age psychiatry, medical education", away=True
            ),
            Outsider(
                "Dr Lucia Fernyhough",
                "Retired; put forward by the BMA",
                "Child and adolescent psychiatry",
                conflict="Was clinical director here until two years ago.",
                leads=True,
            ),
            Outsider("Mr Duncan Isherwood", "Retired; put forward by the BDA", "Community dentistry", (-10, 26)),
            Outsider("Dr Tariq Mirza", "Eden Vale Hospitals", "Learning disability psychiatry", (-1, 35), waits=True),
            Outsider("Dr Alan Threlkeld", "Wear Dales Partnership", "Forensic psychiatry", OVER),
            Outsider(
                "Dr Bridget Noble", "Tyne Moor Partnership", "Psychotherapy", off="Asked for it after moving abroad."
            ),
        ),
        "BTH": (
            Outsider("Dr Catherine Bickerstaffe", "Ribble Forest Hospitals", "Acute and general medicine"),
            Outsider("Prof Emeka Nwachukwu", "Lune Medical School", "Cardiology, medical education"),
            Outsider(
                "Dr Howard Silverdale",
                "Retired; put forward by the BMA",
                "Emergency medicine",
                away=True,
                conflict="His daughter is a registrar in this division.",
                leads=True,
            ),
            Outsider(
                "Ms Ailsa Pilling", "Retired; put forward by the BDA", "Oral and maxillofacial surgery", (-10, 26)
            ),
            Outsider("Dr Rohan Wickrama", "Bowland Hospitals", "Anaesthetics", (-1, 35), waits=True),
            Outsider("Dr Moira Garstang", "Ribble Forest Hospitals", "Paediatrics", OVER),
            Outsider(
                "Mr Philip Entwhistle", "Bowland Hospitals", "Orthopaedics", off="Joined this trust as a consultant."
            ),
        ),
    }
)
"""By trust."""


def stock(story: Driver) -> Scene:
    """Fill the trust's register, as its office took it over from paper when Accord came; reviewed eleven months ago.
    Whoever was appointed since comes on it then."""
    today = civil_day(story.until)
    policy = releases.published(story.session, trust_id=story.cast.trust.id).policy
    outsiders = sorted(REGISTERS[story.cast.trust.key], key=lambda one: add_months(today, one.term[0]))
    panel_register.record_review(
        story.session,
        by=story.actor("office"),
        day=add_months(today, -11),
        said="Gone through with the staff side. Everybody in their term was asked whether they wish to stay on.",
        now=story.at,
    )
    for outsider in outsiders:
        appointed = add_months(today, outsider.term[0])
        if appointed > story.today:
            yield (appointed - story.today).days
        enter(story, outsider, bodies_of(policy.bodies), today)


def enter(story: Driver, outsider: Outsider, bodies: tuple[str, ...], today: date) -> None:
    """Put one of them on it, with all that is particular about them."""
    first, last = (add_months(today, months) for months in outsider.term)
    approvals: dict[str, date | None] = dict.fromkeys(bodies, first - timedelta(days=20))
    if outsider.waits:
        approvals[bodies[-1]] = None
    about: dict[str, Any] = {"by": story.actor("office"), "now": story.at}
    said = panel_register.Entry(outsider.organisation, outsider.specialties, first, last, approvals)
    who = Particulars(outsider.name, outsider.email)
    member = panel_register.add_member(story.session, who=who, said=said, **about)
    if outsider.away:
        days: dict[str, Any] = {"starts_on": today + timedelta(days=20), "ends_on": today + timedelta(days=41)}
        panel_register.add_absence(story.session, member_id=member, **days, **about)
    if outsider.conflict:
        group = story.cast.care_group.id if outsider.leads else None
        words = outsider.conflict
        panel_register.declare_conflict(story.session, member_id=member, said=words, care_group_id=group, **about)
    if outsider.off:
        panel_register.take_off(story.session, member_id=member, day=story.today, reason=outsider.off, **about)

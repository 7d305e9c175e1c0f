"""The register of practising privileges, for the Responsible Officer and the Medical Directorate."""

from dataclasses import dataclass
from datetime import date

from workflows.domain.plan import Plan
from workflows.domain.privileges import Privilege, privileges
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.store import privileges as privilege_rows

READERS = frozenset({Role.MEDICAL_DIRECTOR, Role.MEDICAL_DIRECTORATE})
"""Who may look at it (BTH-App2-d): the Medical Director is the Responsible Officer, and the directorate keeps it."""


@dataclass(frozen=True)
class Declared:
    """A doctor whose plan in force declares privileges."""

    plan_id: int
    doctor: str
    registration: str
    specialty: str
    sub_specialty: str
    since: date | None
    """The first day of the plan that declares them."""
    privileges: tuple[Privilege, ...]


@dataclass(frozen=True)
class Register:
    """The register. `silent` are doctors with a plan in force that neither declares a privilege nor says that all are
    listed, with the ids of their plans."""

    declared: tuple[Declared, ...]
    nil: int
    """How many have declared that they hold none."""
    silent: tuple[tuple[int, str], ...]


def register(session: Session, *, viewer: Viewer) -> Register:
    """All privileges that the trust's plans in force declare. The viewer's role has been checked (READERS)."""
    declared, silent, nil = [], [], 0
    for version, person in privilege_rows.plans_in_force(session, trust_id=viewer.trust_id):
        plan = Plan.from_json(version.content)
        held = tuple(privileges(plan))
        if held:
            specialty, sub_specialty = (str(plan.said(key) or "") for key in ("specialty", "sub_specialty"))
            number, since = person.registration or "", version.effective_from
            declared.append(Declared(version.id, person.name, number, specialty, sub_specialty, since, held))
        elif plan.said("privileges_declared") or plan.not_applicable.get("privileges"):
            nil += 1
        else:
            silent.append((version.id, person.name))
    return Register(tuple(declared), nil, tuple(silent))

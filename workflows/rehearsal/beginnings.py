"""How a process is begun in a rehearsal: by which case, and with which facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from workflows.domain.releases import content_hash
from workflows.domain.vocabulary import ANY_CASE, START_FACTS
from workflows.domain.vocabulary_extra_pas import PROCESS as EXTRA_PAS
from workflows.engine.diagrams import load
from workflows.engine.drawings import Drawing
from workflows.seeding.cast import Cast
from workflows.store.models import Json

CHANGE = "change_request"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        EXTRA_PAS: "extra_pa",
        "help_request": "help",
        "compliance_issue": "issue",
        "pay_progression": "pay_progression",
        "standards_statement": "standards",
        "resource_report": "report",
        CHANGE: "in_year",
        "review_action": "review",
    }
)
"""What a case of a process is about; of others, the year’s plans: a dispute is over the plan of the team. One over pay
progression follows from that process."""


@dataclass(frozen=True)
class Beginning:
    """A process that can be rehearsed. `begins`: the one whose case leads to it, itself where nothing calls it."""

    process: str
    title: str
    begins: str
    begins_title: str


def beginnings(files: Mapping[str, str]) -> tuple[Beginning, ...]:
    """What there is to rehearse in a sound set of files, by title."""
    drawings = load(dict(files), content_hash(files)).drawings
    found = [_beginning(process, drawings) for process in drawings]
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


def _beginning(process: str, drawings: Mapping[str, Drawing]) -> Beginning:
    begins, seen = process, {process}
    while begins not in START_FACTS:
        callers = [key for key, drawing in drawings.items() if _calls(drawing, begins) and key not in seen]
        if not callers:
            break
        begins = min(callers)
        seen.add(begins)
    return Beginning(process, drawings[process].name or process, begins, drawings[begins].name or begins)


def _calls(drawing: Drawing, process: str) -> bool:
    return any(node.called == process for node in drawing.nodes.values())


def facts(process: str, cast: Cast, today: date) -> dict[str, Json]:
    """What the case of a rehearsal begins with; what does not apply is None."""
    known: Mapping[str, Json] = {
        "year": cast.year,
        "kind": KINDS.get(process, "annual"),
        "subject": cast.person("doctor").id,
        "team": cast.team.id,
        "care_group": cast.care_group.id,
        "failure_to_agree_date": today.isoformat(),
        "objection": "An example of what a doctor objects to.",
        "change_reason": "An example of a change." if process == CHANGE else None,
        "change_scope": "team" if process == CHANGE else None,
        "progression_date": (today + timedelta(days=120)).isoformat(),
        "action_words": "An example of what was agreed.",
        "action_owner": cast.person("manager").id,
        "action_due_on": (today + timedelta(days=28)).isoformat(),
    }
    return {key: known.get(key) for key in START_FACTS.get(process, ANY_CASE)}

"""How a process is begun in a rehearsal: by which case, and with which facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from workflows.domain.releases import content_hash
from workflows.domain.vocabulary import ANY_CASE, START_FACTS
from workflows.domain.vocabulary_extra_pas import PROCESS as EXTRA_PAS
from workflows.engine.diagrams import load
from workflows.engine.drawings import Drawing
from workflows.rehearsal.cast import PARTS
from workflows.seeding.cast import Cast, planning_year
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


SUBJECTS: Mapping[str, str] = MappingProxyType({one.key: one.name for one in PARTS[:2]})
"""Whom a case may be about: the doctors of the invented team."""
SORTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "individual_planning": {
            "annual": "The planning of the year",
            "interim": "A new starter, who gets an interim plan",
            "in_year": "A change during the year",
        },
        "disagreement": {"annual": "The plan of the team", "pay_progression": "Pay progression"},
    }
)
"""By process: the kinds of its cases, where there are several."""
ABOUT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "planning_round": ("year",),
        "individual_planning": ("kind", "subject", "employment_start_date", "change_reason", "change_significant"),
        "disagreement": ("kind", "subject", "failure_to_agree_date", "objection"),
        CHANGE: ("subject", "change_reason", "change_significant"),
        "pay_progression": ("subject", "progression_date"),
        **dict.fromkeys((EXTRA_PAS, "standards_statement", "resource_report"), ("subject",)),
    }
)
"""By process: what is asked when a case of it is started, as far as the invented trust leaves anything open."""


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


def examples(process: str, today: date) -> dict[str, Any]:
    """What is answered until somebody says otherwise, by question; a day as a date."""
    answers: Mapping[str, Any] = {
        "year": planning_year(today),
        "kind": KINDS.get(process, "annual"),
        "subject": next(iter(SUBJECTS)),
        "employment_start_date": today + timedelta(days=28),
        "change_reason": "An example of a change.",
        "change_significant": False,
        "failure_to_agree_date": today,
        "objection": "An example of what a doctor objects to.",
        "progression_date": today + timedelta(days=120),
    }
    return {key: answers[key] for key in ABOUT.get(process, ())}


def facts(process: str, cast: Cast, today: date, answers: Mapping[str, Any]) -> dict[str, Json]:
    """What the case of a rehearsal begins with, as it was answered; what does not apply is None. A question that was
    left empty is answered by its example, but for the day that need not be there."""
    given = {key: answer for key, answer in answers.items() if answer or key == "progression_date"}
    said = {**examples(process, today), **given}
    kind = said.get("kind", KINDS.get(process, "annual"))
    changes = kind == "in_year"
    known: Mapping[str, Json] = {
        "year": said.get("year", cast.year),
        "kind": kind,
        "subject": cast.person(said.get("subject", "doctor")).id,
        "team": cast.team.id,
        "care_group": cast.care_group.id,
        "employment_start_date": _day(said.get("employment_start_date")) if kind == "interim" else None,
        "failure_to_agree_date": _day(said.get("failure_to_agree_date")),
        "objection": said.get("objection"),
        "change_reason": said.get("change_reason") if changes else None,
        "change_scope": ("team" if process == CHANGE else "individual") if changes else None,
        "significant_change_date": today.isoformat() if changes and said.get("change_significant") else None,
        "progression_date": _day(said.get("progression_date")),
        "action_words": "An example of what was agreed.",
        "action_owner": cast.person("manager").id,
        "action_due_on": (today + timedelta(days=28)).isoformat(),
    }
    return {key: known.get(key) for key in START_FACTS.get(process, ANY_CASE)}


def _day(answer: date | None) -> str | None:
    return answer.isoformat() if answer else None


def answered(process: str, begun_with: Mapping[str, Json], people: Mapping[int, str]) -> dict[str, Any]:
    """What had been answered to come to these facts. `people`: by id, the names of the invented trust."""
    keys = {name: key for key, name in SUBJECTS.items()}
    found: dict[str, Any] = {key: begun_with.get(key) for key in ABOUT.get(process, ())}
    for key in found.keys() & {"employment_start_date", "failure_to_agree_date", "progression_date"}:
        found[key] = date.fromisoformat(found[key]) if found[key] else None
    if "subject" in found:
        found["subject"] = keys[people[found["subject"]]]
    if "change_significant" in found:
        found["change_significant"] = begun_with.get("significant_change_date") is not None
    return found

"""The tables, by noun."""

from workflows.store.models.base import Base, Instant, Json
from workflows.store.models.cases import (
    Case,
    Draft,
    Event,
    Fact,
    PlanVersion,
    Signature,
    Step,
    StepHolder,
    TeamPlan,
)
from workflows.store.models.people import Account, CareGroup, Contract, Deputy, Person, Post, Team, Trust
from workflows.store.models.releases import Release, ReleaseFile
from workflows.store.models.time import (
    Deadline,
    DeadlineChange,
    DemonstrationClock,
    Firing,
    Heartbeat,
    Incident,
    Message,
    Notice,
)

__all__ = [
    "Account",
    "Base",
    "CareGroup",
    "Case",
    "Contract",
    "Deadline",
    "DeadlineChange",
    "DemonstrationClock",
    "Deputy",
    "Draft",
    "Event",
    "Fact",
    "Firing",
    "Heartbeat",
    "Incident",
    "Instant",
    "Json",
    "Message",
    "Notice",
    "Person",
    "PlanVersion",
    "Post",
    "Release",
    "ReleaseFile",
    "Signature",
    "Step",
    "StepHolder",
    "Team",
    "TeamPlan",
    "Trust",
]

"""The tables, by noun."""

from workflows.store.models.access import Attempt, PasswordReset, Visit
from workflows.store.models.base import Base, Instant, Json
from workflows.store.models.cases import (
    Case,
    CaseRole,
    Draft,
    Event,
    Fact,
    PlanVersion,
    Signature,
    Step,
    StepHolder,
    TeamPlan,
)
from workflows.store.models.extra_pa import ExtraPa, ExtraPaNeed, ExtraPaUse
from workflows.store.models.following import CalendarFeed, SavedView
from workflows.store.models.keeping import Act, Anchor, Erasure, Took
from workflows.store.models.leave import LeaveTaken
from workflows.store.models.moves import MoveBatch, MoveItem
from workflows.store.models.on_call import DiaryEntry, Rota, RotaDiary, RotaMember
from workflows.store.models.panel_register import (
    PanelAbsence,
    PanelAllocation,
    PanelApproval,
    PanelConflict,
    PanelMember,
    PanelReview,
)
from workflows.store.models.papers import Comment, Document, Letter, Mail, PeopleFile
from workflows.store.models.pay import PayReview
from workflows.store.models.people import (
    Account,
    CareGroup,
    Contract,
    Deputy,
    Person,
    Post,
    ReferenceCount,
    Team,
    Trust,
)
from workflows.store.models.rehearsals import Rehearsal, RehearsalState
from workflows.store.models.release_drafts import (
    ReleaseDraft,
    ReleaseDraftDecision,
    ReleaseDraftEdit,
    ReleaseDraftFile,
)
from workflows.store.models.releases import Release, ReleaseFile
from workflows.store.models.time import (
    Deadline,
    DeadlineChange,
    DemonstrationClock,
    Firing,
    Heartbeat,
    Incident,
    IncidentLine,
    Message,
    Notice,
)

__all__ = [
    "Account",
    "Act",
    "Anchor",
    "Attempt",
    "Base",
    "CalendarFeed",
    "CareGroup",
    "Case",
    "CaseRole",
    "Comment",
    "Contract",
    "Deadline",
    "DeadlineChange",
    "DemonstrationClock",
    "Deputy",
    "DiaryEntry",
    "Document",
    "Draft",
    "Erasure",
    "Event",
    "ExtraPa",
    "ExtraPaNeed",
    "ExtraPaUse",
    "Fact",
    "Firing",
    "Heartbeat",
    "Incident",
    "IncidentLine",
    "Instant",
    "Json",
    "LeaveTaken",
    "Letter",
    "Mail",
    "Message",
    "MoveBatch",
    "MoveItem",
    "Notice",
    "PanelAbsence",
    "PanelAllocation",
    "PanelApproval",
    "PanelConflict",
    "PanelMember",
    "PanelReview",
    "PasswordReset",
    "PayReview",
    "PeopleFile",
    "Person",
    "PlanVersion",
    "Post",
    "ReferenceCount",
    "Rehearsal",
    "RehearsalState",
    "Release",
    "ReleaseDraft",
    "ReleaseDraftDecision",
    "ReleaseDraftEdit",
    "ReleaseDraftFile",
    "ReleaseFile",
    "Rota",
    "RotaDiary",
    "RotaMember",
    "SavedView",
    "Signature",
    "Step",
    "StepHolder",
    "Team",
    "TeamPlan",
    "Took",
    "Trust",
    "Visit",
]

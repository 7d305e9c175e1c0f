"""What the screens of a dispute show beside their questions: the dispute as whoever has the step reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from workflows.inbox.dispute_story import Point, Story, story
from workflows.inbox.said import Surroundings

SCREENS = (
    "dispute",
    "referral",
    "talk",
    "mediator",
    "mediation_booking",
    "mediation",
    "decision",
    "panel_seat",
    "third_member",
    "declaration",
    "hearing_booking",
    "hearing",
    "recommendation",
    "board",
)
"""The screens of a dispute (workflows.domain.vocabulary.SCREENS)."""
WITH_AGENDA = frozenset({"hearing_booking", "hearing"})


@dataclass(frozen=True)
class DisputePanel:
    """A dispute beside one of its steps."""

    story: Story
    proposed: Mapping[str, Mapping[str, Any]]
    """What the board is asked to accept: the rows of the panel's recommendation, by element."""
    shows_agenda: bool
    statement_of: str
    """Whose statement of case the step asks for: a role's key, "" for none."""

    @property
    def points(self) -> tuple[Point, ...]:
        """The points in dispute."""
        return self.story.points


def dispute_panel(around: Surroundings) -> DisputePanel:
    """The dispute, and what the board is asked to accept."""
    step, facts = around.row.step, around.facts
    rows = facts.get("outcomes") or () if step.screen == "board" else ()
    wants = around.loaded.diagrams.drawing(step.process).nodes[step.element].deadline == "statements"
    return DisputePanel(
        story=story(around.session, case=around.row.case, loaded=around.loaded, reader=around.reader, now=around.now),
        proposed=MappingProxyType({row["element"]: row for row in rows}),
        shows_agenda=step.screen in WITH_AGENDA or wants,
        statement_of=step.role if wants else "",
    )

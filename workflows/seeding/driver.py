"""Driving the verbs as the people of a story would, with time going by in between."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows import cases, deadlines
from workflows.cases import Actor
from workflows.domain.calendars import civil_day
from workflows.seeding.cast import Cast
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import posts as post_rows
from workflows.store import steps as step_rows
from workflows.store.models import Json, Step

BATCH = 500


class NoSuchPart(LookupError):
    """A story names a step that does not wait for that person."""


@dataclass
class Driver:
    """One trust's story. `at` is the instant of the next move; nothing happens after `until`."""

    session: Session
    cast: Cast
    at: datetime
    until: datetime

    def day(self, days: int = 0) -> str:
        """A civil date, so many days from the story's present, as forms send it."""
        return (civil_day(self.at) + timedelta(days=days)).isoformat()

    def wait(self, days: int) -> None:
        """Let days go by: what falls due on the way happens at its own time."""
        self.reach(min(self.at + timedelta(days=days), self.until))

    def reach(self, instant: datetime) -> None:
        """Let time go by up to an instant."""
        while due := deadlines.due_firings(self.session, now=instant, limit=BATCH):
            for firing_id in due:
                deadlines.fire_on_time(self.session, firing_id=firing_id, not_before=self.at)
        self.at = instant

    def start(self, who: str, process: str, **facts: Json) -> str:
        """Start a case by hand; returns its reference."""
        reference = cases.start_case(
            self.session,
            actor=self.actor(who),
            process=process,
            facts={"year": self.cast.year, **facts},
            now=self.at,
        )
        self.deliver()
        return reference

    def do(self, who: str, element: str, case: str = "", **values: Json) -> None:
        """Complete the step of that element which waits for this person, in a case or in any."""
        step = self.find(who, element, case)
        cases.complete_step(self.session, actor=self.actor(who), step_id=step.id, values=values, now=self.at)
        self.deliver()

    def members(self) -> list[str]:
        """The keys of the doctors who are in the team today."""
        inside = {person.id for person in post_rows.members_of_team(
            self.session, team_id=self.cast.team.id, on=self.today
        )}  # fmt: skip
        return [key for key, person in self.cast.people.items() if person.id in inside]

    def draft(self, who: str, element: str, case: str, **values: Json) -> None:
        """Leave a step half filled."""
        step = self.find(who, element, case)
        cases.save_draft(self.session, actor=self.actor(who), step_id=step.id, values=values, version=0, now=self.at)

    def deliver(self) -> None:
        """Deliver what cases have sent each other, and what that sends in turn."""
        while waiting := cases.waiting_messages(self.session, now=self.at, limit=BATCH):
            for message_id in waiting:
                cases.deliver(self.session, message_id=message_id, now=self.at)

    def case_of(self, who: str) -> str:
        """The reference of a doctor's open job plan case."""
        found = case_rows.open_like(
            self.session,
            trust_id=self.cast.trust.id,
            process="individual_planning",
            year=self.cast.year,
            subject_id=self.cast.person(who).id,
            care_group_id=None,
        )
        if found is None:
            raise NoSuchPart(f"{who} has no open case")
        return found

    def find(self, who: str, element: str, case: str = "") -> Step:
        """The open step. Raises NoSuchPart when the diagram and the story have grown apart."""
        person = self.cast.person(who).id
        step = step_rows.open_for(self.session, person_id=person, element=element, reference=case)
        if step is None:
            raise NoSuchPart(f"{who} has no step {element} in {case or 'any case'}")
        return step

    def actor(self, who: str) -> Actor:
        """A person of the story, as verbs take them."""
        return Actor(self.cast.person(who).id, self.cast.trust.id)

    @property
    def today(self) -> date:
        """The civil day of the story's present."""
        return civil_day(self.at)

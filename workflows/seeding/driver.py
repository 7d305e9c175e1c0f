"""Driving the verbs as the people of a story would, with time going by in between."""

import heapq
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from workflows import cases, deadlines, people
from workflows.cases import Actor
from workflows.domain.calendars import civil_day
from workflows.domain.people import Area
from workflows.seeding.cast import Cast
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import posts as post_rows
from workflows.store import steps as step_rows
from workflows.store.models import Json, Step

BATCH = 500

Scene = Generator[int, None, None]
"""Something that happens, moves and waits in turn: it yields how many days go by before it goes on."""


class NoSuchPart(LookupError):
    """A story names a step that does not wait for that person."""


@dataclass
class Driver:
    """One team's story. `at` is the instant of the next move; nothing happens after `until`."""

    session: Session
    cast: Cast
    at: datetime
    until: datetime

    def day(self, days: int = 0) -> str:
        """A civil date, so many days from the story's present, as forms send it."""
        return (civil_day(self.at) + timedelta(days=days)).isoformat()

    def reach(self, instant: datetime) -> None:
        """Let time go by up to an instant: what falls due on the way happens at its own time."""
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

    def do(self, who: str, element: str, case: str = "", *, by: str = "", **values: Json) -> None:
        """Complete the step of that element which waits for this person, in a case or in any; `by` is their deputy."""
        step = self.find(who, element, case)
        cases.complete_step(self.session, actor=self.actor(by or who), step_id=step.id, values=values, now=self.at)
        self.deliver()

    def waits(self, who: str, element: str, case: str = "") -> bool:
        """Whether this step waits for this person; nothing waits for somebody whom the team does not have."""
        if who not in self.cast.people:
            return False
        person = self.cast.person(who).id
        return step_rows.open_for(self.session, person_id=person, element=element, reference=case) is not None

    def members(self) -> list[str]:
        """The keys of the doctors who are in the team today."""
        inside = {
            person.id for person in post_rows.members_of_team(self.session, team_id=self.cast.team.id, on=self.today)
        }
        keys = {person.id: key for key, person in self.cast.people.items()}
        return [key for person, key in keys.items() if person in inside]

    def draft(self, who: str, element: str, case: str, **values: Json) -> None:
        """Leave a step half filled."""
        step = self.find(who, element, case)
        cases.save_draft(self.session, actor=self.actor(who), step_id=step.id, values=values, version=0, now=self.at)

    def deliver(self) -> None:
        """Deliver what cases have sent each other, and what that sends in turn."""
        while waiting := cases.waiting_messages(self.session, now=self.at, limit=BATCH):
            for message_id in waiting:
                cases.deliver(self.session, message_id=message_id, now=self.at)

    def away(self, who: str, deputy: str, *, first: int, last: int, reason: str) -> None:
        """Somebody records their deputy, from so many days from now to so many days from now."""
        people.record_deputy(
            self.session,
            by=self.actor(who),
            person_id=self.cast.person(who).id,
            deputy_id=self.cast.person(deputy).id,
            starts_on=self.today + timedelta(days=first),
            ends_on=self.today + timedelta(days=last),
            reason=reason,
            now=self.at,
        )

    def leaves(self, who: str, *, days: int) -> Area:
        """The directorate notes somebody's last day, so many days from now. Returns whose steps that touches."""
        return people.set_leaving(
            self.session,
            by=self.actor("office"),
            person_id=self.cast.person(who).id,
            last_day=self.today + timedelta(days=days),
            now=self.at,
        )

    def takes_over(self, who: str, post_of: str, role: str) -> None:
        """A post passes to somebody else today, and its steps with it."""
        posts = post_rows.posts_of(self.session, person_id=self.cast.person(post_of).id, on=self.today)
        post = next(each for each in posts if each.role == role)
        successor = self.cast.person(who).id
        area = people.hand_over(
            self.session, by=self.actor("office"), post_id=post.id, to_id=successor, starts_on=self.today, now=self.at
        )
        self.pass_on(area)

    def pass_on(self, area: Area) -> None:
        """Steps pass to today's holders of their roles."""
        self.session.flush()
        for case_id in cases.cases_around(self.session, trust_id=self.cast.trust.id, area=area):
            cases.rehold(self.session, case_id=case_id, now=self.at)

    def everybody_does(self, element: str, case: str, **values: Json) -> None:
        """Each step of that element in a case is completed by whoever has it: a step that several have one by one."""
        for step in step_rows.open_in(self.session, element=element, reference=case):
            [person] = step_rows.holders(self.session, step_ids=[step.id])[step.id]
            actor = Actor(person, self.cast.trust.id)
            cases.complete_step(self.session, actor=actor, step_id=step.id, values=values, now=self.at)
        self.deliver()

    def propose_settlement(self, who: str, case: str, *, outcomes: list[Json]) -> None:
        """One side of a dispute says what is to stand."""
        cases.propose_settlement(self.session, actor=self.actor(who), reference=case, outcomes=outcomes, now=self.at)

    def withdraw_dispute(self, who: str, case: str, *, reason: str) -> None:
        """The doctor gives a dispute up."""
        cases.withdraw_dispute(self.session, actor=self.actor(who), reference=case, reason=reason, now=self.at)
        self.deliver()

    def case_of(self, who: str, process: str = "individual_planning") -> str:
        """The reference of a doctor's open case, about the job plan unless another process is named."""
        found = case_rows.open_like(
            self.session,
            trust_id=self.cast.trust.id,
            process=process,
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
        return self._actors[who]

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {key: Actor(person.id, self.cast.trust.id) for key, person in self.cast.people.items()}

    @property
    def today(self) -> date:
        """The civil day of the story's present."""
        return civil_day(self.at)


def run(story: Driver, scene: Scene) -> None:
    """Play one scene alone and to its end: it waits until the end of the story at most."""
    for days in scene:
        story.reach(min(story.at + timedelta(days=days), story.until))


def play(scenes: Iterable[tuple[Driver, Scene]]) -> None:
    """Play scenes beside each other, each from its driver's present on, in the order of time; then time goes by until
    the end. What a scene does not come to before that has not happened."""
    told = list(scenes)
    waiting = [(story.at, number) for number, (story, _) in enumerate(told)]
    heapq.heapify(waiting)
    present = min(waiting)[0]
    while waiting:
        at, number = heapq.heappop(waiting)
        story, scene = told[number]
        if at > story.until:
            continue
        story.at = present
        story.reach(at)
        present = at
        for days in scene:
            heapq.heappush(waiting, (at + timedelta(days=days), number))
            break
    last = told[0][0]
    last.at = present
    last.reach(last.until)

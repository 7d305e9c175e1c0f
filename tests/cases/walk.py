"""Walking real cases: the shipped diagrams, the verbs, a moving clock. Tests say who does what on which day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import NOW, House
from workflows import cases, clock, front_door
from workflows.cases import Actor, Completed
from workflows.domain.fields import Json
from workflows.store.models import Case, Deadline, Event, Fact, Notice, Person, Step, StepHolder

PLAN: Mapping[str, Json] = {
    "activities": [
        {
            "id": "clinic",
            "category": "dcc",
            "title": "Outpatient clinic",
            "day": "monday",
            "start": "09:00",
            "end": "13:00",
            "place": "Penrith",
            "pas": "7.5",
        },
        {
            "id": "audit",
            "category": "spa",
            "title": "Audit and revalidation",
            "day": "friday",
            "start": "09:00",
            "end": "13:00",
            "place": "Penrith",
            "pas": "2.5",
        },
    ],
    "not_applicable": {
        "research": "None this year",
        "additional_nhs": "None this year",
        "external": "None this year",
        "academic": "None this year",
        "managerial": "None this year",
        "on_call": "Not on a rota",
    },
    "effective_from": None,
    "base": "Penrith",
    "notes": "",
}


@dataclass
class Walk:
    """One trust, walked from a day on. `at` is the instant at which the next verb happens."""

    engine: Engine
    house: House
    at: datetime = NOW
    done: list[str] = field(default_factory=list)

    def session(self) -> Session:
        """A session of its own, as each front door makes one."""
        return Session(self.engine)

    def perform(self, verb: Callable[..., Json], **words: Json) -> Json:
        """A verb through the front door."""
        with self.session() as session:
            return front_door.perform(session, verb, **words)

    def actor(self, person: Person) -> Actor:
        """Somebody of the trust."""
        return Actor(person.id, self.house.trust.id)

    def start(self, who: Person, process: str, **facts: Json) -> str:
        """Start a case by hand."""
        reference = self.perform(
            cases.start_case,
            actor=self.actor(who),
            process=process,
            facts={"year": "2027/28", **facts},
            now=self.at,
        )
        return str(reference)

    def step(self, who: Person, element: str, reference: str = "") -> int:
        """The open step of that element which this person may act on."""
        with self.session() as session:
            query = (
                select(Step.id)
                .join(StepHolder, StepHolder.step_id == Step.id)
                .join(Case, Case.id == Step.case_id)
                .where(Step.element == element, Step.status == "open", StepHolder.person_id == who.id)
                .order_by(Step.id)
            )
            found = session.scalars(query.where(Case.reference == reference) if reference else query).first()
        assert found is not None, f"{who.name} has no step {element}; open: {self.waiting(reference)}"
        return found

    def do(self, who: Person, element: str, reference: str = "", **values: Json) -> Completed:
        """Complete a step, and let the outbox deliver what it sent."""
        completed = self.perform(
            cases.complete_step,
            actor=self.actor(who),
            step_id=self.step(who, element, reference),
            values=values,
            now=self.at,
        )
        assert isinstance(completed, Completed)
        self.done.append(element)
        self.tick()
        return completed

    def tick(self) -> clock.Tally:
        """What a clock does now."""
        return clock.tick(self.session, at=self.at)

    def pass_time(self, *, days: int = 0, hours: int = 0) -> clock.Tally:
        """Let time go by, and a clock look at its end."""
        self.at += timedelta(days=days, hours=hours)
        return self.tick()

    def live_through(self, *, until: date) -> None:
        """Let time go by hour by hour, as a clock that never stops sees it."""
        while self.at.date() < until:
            self.pass_time(hours=1)

    @property
    def today(self) -> str:
        """The civil day as forms send it."""
        return self.at.date().isoformat()

    def waiting(self, reference: str = "") -> list[str]:
        """The elements of the open steps, of one case or of the trust."""
        with self.session() as session:
            query = select(Step.element).join(Case, Case.id == Step.case_id).where(Step.status == "open")
            return sorted(session.scalars(query.where(Case.reference == reference) if reference else query))

    def case(self, reference: str) -> Case:
        """A case as it is now."""
        with self.session() as session:
            return session.scalars(select(Case).where(Case.reference == reference)).one()

    def case_of(self, person: Person, process: str = "individual_planning") -> str:
        """The reference of a doctor's newest case."""
        with self.session() as session:
            query = select(Case.reference).where(Case.subject_id == person.id, Case.process == process)
            return session.scalars(query.order_by(Case.id.desc())).first() or ""

    def facts(self, reference: str) -> dict[str, Json]:
        """The newest value of each fact."""
        with self.session() as session:
            query = select(Fact).join(Case, Case.id == Fact.case_id).where(Case.reference == reference)
            return {row.key: row.value for row in session.scalars(query.order_by(Fact.id))}

    def deadline(self, reference: str, name: str) -> Deadline:
        """The newest row of a deadline."""
        with self.session() as session:
            query = select(Deadline).join(Case, Case.id == Deadline.case_id)
            query = query.where(Case.reference == reference, Deadline.name == name)
            return session.scalars(query.order_by(Deadline.occurrence.desc())).first()  # type: ignore[return-value]

    def history(self, reference: str) -> list[str]:
        """The kinds of the case's events, in order."""
        with self.session() as session:
            query = select(Event.kind).join(Case, Case.id == Event.case_id).where(Case.reference == reference)
            return list(session.scalars(query.order_by(Event.number)))

    def notices(self, person: Person) -> list[Notice]:
        """What a person has been told, oldest first."""
        with self.session() as session:
            return list(session.scalars(select(Notice).where(Notice.person_id == person.id).order_by(Notice.id)))

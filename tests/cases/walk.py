"""Walking real cases: the shipped diagrams, the verbs, a moving clock. Tests say who does what on which day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, undefer

from tests.factories import NOW, House
from workflows import cases, clock, front_door, releases
from workflows.cases import Actor, Completed
from workflows.domain.fields import Json
from workflows.store.models import (
    Case,
    Deadline,
    Event,
    Fact,
    Incident,
    Message,
    Notice,
    Person,
    PlanVersion,
    Signature,
    Step,
    StepHolder,
)

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
            "evidence": "Clinic list of October",
            "need": "Urgent referrals in five days",
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
            "details": "One audit a quarter, and the year's appraisal",
            "evidence": "Diary of October",
            "agreed": True,
        },
    ],
    "not_applicable": {
        "research": "None this year",
        "additional_nhs": "None this year",
        "external": "None this year",
        "academic": "None this year",
        "managerial": "None this year",
        "on_call": "Not on a rota",
        "duties": "As in the contract",
        "objectives": "Agreed with the team in May",
        "resources": "As last year",
        "leave": "As the policy has it",
    },
    "effective_from": None,
    "base": "Penrith",
    "notes": "",
    "statements": {"private_work": "None", "conflict_of_interest": "None"},
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

    def manager_of(self, reference: str) -> Person:
        """Who agrees this case's plan for the trust: whoever holds the manager's steps in it."""
        if self.case(reference).subject_id == self.house.manager.id:
            return self.house.amd
        return self.house.manager

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
        completed = self.complete(who, self.step(who, element, reference), **values)
        self.done.append(element)
        self.tick()
        return completed

    def complete(self, who: Person, step_id: int, **values: Json) -> Completed:
        """Complete that very step, whoever holds it. No clock looks."""
        completed = self.perform(
            cases.complete_step, actor=self.actor(who), step_id=step_id, values=values, now=self.at
        )
        assert isinstance(completed, Completed)
        return completed

    def tick(self) -> clock.Tally:
        """What a clock does now."""
        return clock.tick(self.session, at=self.at)

    def pass_time(self, *, days: int = 0, hours: int = 0) -> clock.Tally:
        """Let time go by, and a clock look at its end."""
        self.at += timedelta(days=days, hours=hours)
        return self.tick()

    def next_day(self) -> clock.Tally:
        """What a clock does when the next civil day begins, beside its look at what is due."""
        self.at += timedelta(days=1)
        return clock.begin_day(self.session, at=self.at)

    def live_through(self, *, until: date) -> None:
        """Let time go by as a clock that never stops sees it: it looks at each instant at which something is due."""
        end = datetime(until.year, until.month, until.day, 9, tzinfo=UTC)
        while (due := clock.next_due(self.session, end)) is not None:
            self.at = max(self.at, due)
            self.tick()
        self.at = end

    def set_day(self, day: date, hour: int = 9) -> None:
        """Go straight to a morning, without a clock on the way."""
        self.at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)

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
            return session.scalars(select(Case).where(Case.reference == reference).options(undefer(Case.state))).one()

    def case_of(self, person: Person, process: str = "individual_planning") -> str:
        """The reference of a doctor's newest case."""
        with self.session() as session:
            query = select(Case.reference).where(Case.subject_id == person.id, Case.process == process)
            return session.scalars(query.order_by(Case.id.desc())).first() or ""

    def references(self) -> list[str]:
        """The trust's open cases."""
        with self.session() as session:
            query = select(Case.reference).where(Case.trust_id == self.house.trust.id, Case.status == "open")
            return list(session.scalars(query.order_by(Case.id)))

    def open_steps(self, session: Session, case_id: int) -> list[Step]:
        """The rows of what a case waits for."""
        return list(session.scalars(select(Step).where(Step.case_id == case_id, Step.status == "open")))

    def newest(self, process: str) -> str:
        """The reference of the trust's newest case of a process."""
        with self.session() as session:
            query = select(Case.reference).where(Case.trust_id == self.house.trust.id, Case.process == process)
            return session.scalars(query.order_by(Case.id.desc())).first() or ""

    def holders_by_element(self) -> dict[str, set[int]]:
        """Who ever held a step, by element."""
        held: dict[str, set[int]] = {}
        with self.session() as session:
            query = select(Step.element, StepHolder.person_id).join(StepHolder, StepHolder.step_id == Step.id)
            for element, person in session.execute(query):
                held.setdefault(element, set()).add(person)
        return held

    def fields(self, reference: str, element: str) -> set[str]:
        """The keys of the fields that an open step's own release draws."""
        with self.session() as session:
            case = session.scalars(select(Case).where(Case.reference == reference)).one()
            drawing = releases.of(session, release_id=case.release_id).diagrams.drawing(case.process)
            return {field.key for field in drawing.nodes[element].fields}

    def facts(self, reference: str) -> dict[str, Json]:
        """The newest value of each fact."""
        with self.session() as session:
            query = select(Fact).join(Case, Case.id == Fact.case_id).where(Case.reference == reference)
            return {row.key: row.value for row in session.scalars(query.order_by(Fact.id))}

    def ballots(self, reference: str) -> dict[str, Json]:
        """What each wrote in a for-each step, by item."""
        with self.session() as session:
            query = select(Fact).join(Case, Case.id == Fact.case_id).where(Case.reference == reference)
            return {row.item: row.value for row in session.scalars(query) if row.key == "ballot"}

    def deadline(self, reference: str, name: str) -> Deadline:
        """The newest row of a deadline."""
        with self.session() as session:
            query = select(Deadline).join(Case, Case.id == Deadline.case_id)
            query = query.where(Case.reference == reference, Deadline.name == name)
            return session.scalars(query.order_by(Deadline.occurrence.desc())).first()  # type: ignore[return-value]

    def rows(self, session: Session, reference: str, name: str) -> list[Deadline]:
        """Every row of a deadline, oldest first."""
        query = select(Deadline).join(Case, Case.id == Deadline.case_id)
        query = query.where(Case.reference == reference, Deadline.name == name)
        return list(session.scalars(query.order_by(Deadline.occurrence)))

    def deadlines(self, reference: str) -> dict[str, str]:
        """The newest row of every deadline with its status."""
        with self.session() as session:
            query = select(Deadline).join(Case, Case.id == Deadline.case_id).where(Case.reference == reference)
            return {row.name: row.status for row in session.scalars(query.order_by(Deadline.occurrence))}

    def steps(self, reference: str, element: str) -> list[Step]:
        """Every step of an element that the case ever had."""
        with self.session() as session:
            query = select(Step).join(Case, Case.id == Step.case_id)
            return list(session.scalars(query.where(Case.reference == reference, Step.element == element)))

    def events(self, reference: str, kind: str) -> list[Event]:
        """The case's events of one kind, in order."""
        with self.session() as session:
            query = select(Event).join(Case, Case.id == Event.case_id)
            return list(
                session.scalars(query.where(Case.reference == reference, Event.kind == kind).order_by(Event.number))
            )

    def plans(self, person: Person) -> list[PlanVersion]:
        """A doctor's versions, oldest first."""
        with self.session() as session:
            query = select(PlanVersion).where(PlanVersion.person_id == person.id)
            return list(session.scalars(query.order_by(PlanVersion.number)))

    def signatures(self, reference: str) -> list[Signature]:
        """The signatures given in the case, voided ones too."""
        with self.session() as session:
            query = select(Signature).join(Case, Case.id == Signature.case_id).where(Case.reference == reference)
            return list(session.scalars(query.order_by(Signature.id)))

    def standing(self, reference: str) -> list[str]:
        """The roles whose signatures stand."""
        return sorted(one.role for one in self.signatures(reference) if one.voided_at is None)

    def outbox(self, reference: str) -> list[Message]:
        """What the case has sent."""
        with self.session() as session:
            query = select(Message).join(Case, Case.id == Message.sender_id).where(Case.reference == reference)
            return list(session.scalars(query.order_by(Message.id)))

    def incidents(self) -> list[Incident]:
        """Every incident, oldest first."""
        with self.session() as session:
            return list(session.scalars(select(Incident).order_by(Incident.id)))

    def history(self, reference: str) -> list[str]:
        """The kinds of the case's events, in order."""
        with self.session() as session:
            query = select(Event.kind).join(Case, Case.id == Event.case_id).where(Case.reference == reference)
            return list(session.scalars(query.order_by(Event.number)))

    def notices(self, person: Person) -> list[Notice]:
        """What a person has been told, oldest first."""
        with self.session() as session:
            return list(session.scalars(select(Notice).where(Notice.person_id == person.id).order_by(Notice.id)))

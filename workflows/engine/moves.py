"""A move: one case, one instant, one transaction. What diagrams, actions and the ledger work in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from workflows.domain.calendars import civil_day
from workflows.engine.history import Happening
from workflows.engine.holders import Bench
from workflows.engine.known import Known
from workflows.engine.releases import Loaded
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.facts import NewFact
from workflows.store.models import Case, Deadline, Json, Step
from workflows.store.posts import Held


@dataclass(frozen=True)
class Acting:
    """Who acts, and for whom. Nobody: time itself, or the case on its own."""

    person_id: int | None = None
    on_behalf_of_id: int | None = None

    @property
    def whose(self) -> int | None:
        """In whose name it is done: that of whoever is stood in for, else their own."""
        return self.on_behalf_of_id or self.person_id


NOBODY = Acting()


def in_the_name_of(session: Session, *, person_id: int, on: date) -> list[Acting]:
    """All in whose name somebody may act on a day: their own first, then those whom they deputise for."""
    away = post_rows.deputising_for(session, person_id=person_id, on=on)
    return [Acting(person_id), *(Acting(person_id, person.id) for person in away)]


@dataclass
class Move:
    """What a move knows and what it has gathered so far. Nothing is written to the history before its end."""

    session: Session
    case: Case
    loaded: Loaded
    now: datetime
    by: Acting
    known: Known
    deadlines: list[Deadline]
    happenings: list[Happening] = field(default_factory=list)
    step: Step | None = None
    """The step that is being completed, if one is."""
    waiting: dict[Step, list[int]] | None = None
    """The case's open steps, each with the ids of those who may act on it; None while nobody has looked."""
    entered: dict[tuple[str, str], int] | None = None
    """How often each element has been entered, by (process, element); None while nobody has looked."""
    posts: list[Held] | None = None
    """Who holds which role around the case today; None while nobody has looked."""
    next_step_ids: list[int] = field(default_factory=list)
    """Kept for the next steps that open."""
    names: dict[int, str] = field(default_factory=dict)
    """Names of people, as far as the move has come by them."""
    sent: int = 0
    """How many messages the move has put into the outbox."""
    on_fact: Callable[["Move", str, Json], None] = lambda _move, _key, _value: None

    @property
    def today(self) -> date:
        """The civil day of the move in Europe/London."""
        return civil_day(self.now)

    @cached_property
    def bench(self) -> Bench:
        """The people who hold posts around the case today."""
        return Bench(self.session, case=self.case, policy=self.loaded.policy, on=self.today, posts=self.posts)

    def names_of(self, people: Iterable[int]) -> Mapping[int, str]:
        """Names by the ids of people: of these, and of whomever the move has come by."""
        unknown = set(people) - self.names.keys()
        self.names |= people_rows.names(self.session, person_ids=unknown)
        return self.names

    def record(self, kind: str, *, clause: str = "", **details: Json) -> None:
        """Note something for the case's history."""
        self.happenings.append(
            Happening(
                at=self.now,
                kind=kind,
                who_id=self.by.person_id,
                on_behalf_of_id=self.by.on_behalf_of_id,
                clause=clause,
                details=details,
            )
        )

    def write(self, facts: Mapping[str, Json], types: Mapping[str, str] | None = None) -> None:
        """Write facts of the case. Deadlines that start with them are opened here, before the engine moves on."""
        step = self.step
        for key, value in facts.items():
            occurrence = step.occurrence if step else self.known.occurrence(key) + 1
            row = NewFact(
                case_id=self.case.id,
                key=key,
                occurrence=occurrence,
                item=step.item if step else "",
                value=value,
                type=(types or {}).get(key, "text"),
                step_id=step.id if step else None,
                writer_id=self.by.person_id,
                written_at=self.now,
            )
            self.known.add(row, (step.process, step.element, occurrence) if step else ("", "", occurrence))
            self.on_fact(self, key, value)

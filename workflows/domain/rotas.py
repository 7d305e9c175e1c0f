"""On-call rotas: who is on one, how often, and what was agreed of its work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Protocol, TypeVar

from workflows.domain.arithmetic.on_call_supplement import frequency
from workflows.domain.errors import NotAllowed
from workflows.domain.people import covers

MOST_WEEKS = 52
"""The longest diary."""


class Spell(Protocol):
    """Something that holds from a day to a day."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date | None:
        """The last."""


class Agreement(Protocol):
    """A diary, and what was agreed from it."""

    @property
    def applies_from(self) -> date | None:
        """The first day on which it counts; None while nothing is agreed."""

    @property
    def agreed_at(self) -> datetime | None:
        """When it was agreed."""


class Average(Agreement, Protocol):
    """A diary with its PAs a week, exactly ("1/3"); "" until they are agreed."""

    @property
    def predictable_pas(self) -> str:
        """Of predictable work."""

    @property
    def unpredictable_pas(self) -> str:
        """Of unpredictable work."""


class Kept(Protocol):
    """A rota as it is kept."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def frequency(self) -> str:
        """As `often` takes it."""

    @property
    def category(self) -> str:
        """As RotaShare has it."""

    @property
    def routine_emergencies(self) -> bool:
        """Whether its specialty deals with emergencies as a routine."""

    @property
    def members(self) -> Sequence[Spell]:
        """Who was ever on it."""

    @property
    def diaries(self) -> Sequence[Average]:
        """All that were kept for it."""


@dataclass(frozen=True)
class RotaShare:
    """A doctor's part in a rota, as it was agreed for everybody on it (BTH-3.4.13.2-b)."""

    id: int
    name: str
    frequency: Fraction
    """The n of 1 in n, without prospective cover."""
    category: str
    """ "A", "B", or "" where it has not been set."""
    predictable: Fraction | None
    """PAs a week; None until they are agreed."""
    unpredictable: Fraction | None
    """Likewise."""
    emergencies: bool = False
    """Whether the specialty deals with emergencies as a routine (BTH-3.2.3-c)."""


S = TypeVar("S", bound=Spell)
A = TypeVar("A", bound=Agreement)


class NotAFrequency(NotAllowed):
    """A frequency is how many days or weeks lie from one turn to the next: the 8 of 1 in 8, at least 1."""


def on_it(members: Iterable[S], day: date) -> list[S]:
    """Those who are on a rota on a day."""
    return [member for member in members if covers(member.starts_on, member.ends_on, day)]


def in_force(diaries: Iterable[A], day: date) -> A | None:
    """The agreement that counts on a day: the one with the latest first day, and of those the last agreed."""
    agreed = [one for one in diaries if one.agreed_at and one.applies_from and one.applies_from <= day]
    return max(agreed, key=lambda one: (one.applies_from, one.agreed_at), default=None)


def often(members: Sequence[Spell], stated: str) -> Fraction | None:
    """How often a rota's doctors are on call, 1 in so many; None for one of nobody. `stated`: as Rota.frequency."""
    if not members and not stated:
        return None
    return frequency(len(members), Fraction(stated) if stated else None)


def share(rota: Kept, on: date) -> RotaShare:
    """A doctor's part in a rota on a day: everybody's on it."""
    agreed = in_force(rota.diaries, on)
    return RotaShare(
        id=rota.id,
        name=rota.name,
        frequency=often(on_it(rota.members, on), rota.frequency) or Fraction(1),
        category=rota.category,
        predictable=read_pas(agreed.predictable_pas) if agreed else None,
        unpredictable=read_pas(agreed.unpredictable_pas) if agreed else None,
        emergencies=rota.routine_emergencies,
    )


def read_pas(kept: str) -> Fraction | None:
    """PAs as a diary keeps them; None until they are agreed."""
    return Fraction(kept) if kept else None


def check_frequency(stated: Fraction | None) -> str:
    """A stated frequency as it is kept; "" for one that goes by the number of doctors. Raises NotAFrequency."""
    if stated is not None and not 1 <= stated <= 1000:
        raise NotAFrequency
    return "" if stated is None else str(stated)

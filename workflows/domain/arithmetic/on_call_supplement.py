"""What doctors are paid for being available on call (BTH 3.4.13): how often, in which category, how much.

The percentages stand in the decision table `on_call_supplement`, which a trust may edit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from workflows.domain.arithmetic.on_call import Availability, NoDoctors
from workflows.domain.calculations import Decide

TABLE = "on_call_supplement"
CONSULTANT, SAS = "consultant", "sas"
GRADES: Mapping[str, str] = MappingProxyType({CONSULTANT: "Consultant", SAS: "SAS doctor"})
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "A": "A: typically returns at once, or does work as complex as on site from where they are",
        "B": "B: typically gives advice by telephone, or returns to work later",
    }
)
"""The category of a rota (BTH 3.4.13.1)."""
BASIS: Mapping[str, str] = MappingProxyType({CONSULTANT: "full-time basic salary", SAS: "basic salary"})
"""Of what the supplement is a percentage. The policy says "full time" of consultants alone."""

METHOD_NOT_STATED = (
    "The policy asks for the overall frequency of several rotas (BTH 3.4.13.2) and states no method. Accord adds the"
    " shares up: 1 in 8 and 1 in 8 is 1 in 4."
)
NO_CATEGORY = "The category of the rota, A or B, has not been set yet."
UNEQUAL = "This doctor’s share of the rota differs from the others’, and the policy gives no figure for that."
MIXED = "The rotas are of different categories, and the policy does not say which of them counts."
NO_TABLE = "The trust’s processes have no table of on-call supplements yet."


@dataclass(frozen=True)
class Supplement:
    """The supplement. `percent` is None where the policy does not say; `flag` then says why, and "" otherwise."""

    percent: Fraction | None
    basis: str
    flag: str = ""
    clause: str = ""


class Turn(NamedTuple):
    """A doctor's part in one rota: 1 in `often`, its category, and whether they take the same share as the others."""

    often: Fraction
    category: str
    equal_share: bool


def frequency(doctors: int, stated: Fraction | None = None) -> Fraction:
    """How often a doctor of a rota is on call: 1 in so many. By the number of doctors on it, unless it is stated.

    Prospective cover is left out: how many of them are away at a time does not count (BTH 3.4.13.1). Raises NoDoctors.
    """
    if doctors < 1 and stated is None:
        raise NoDoctors
    return Fraction(doctors) if stated is None else stated


def with_cover(often: Fraction, available: Availability) -> Fraction:
    """How often it comes to, 1 in so many, once they cover each other's leave: never what the supplement goes by."""
    return often / available.weekday_factor


def combined(frequencies: Sequence[Fraction]) -> Fraction:
    """The overall frequency of a doctor on several rotas, 1 in so many: see METHOD_NOT_STATED. Raises NoDoctors."""
    if not frequencies or min(frequencies) <= 0:
        raise NoDoctors
    return 1 / sum((1 / each for each in frequencies), Fraction(0))


def supplement(decide: Decide, *, grade: str, category: str, often: Fraction, equal_share: bool = True) -> Supplement:
    """The supplement of a doctor on a rota of 1 in `often`. How much of full time they work is not asked: whoever takes
    the same share of the rota gets the same percentage (BTH 3.4.13.1).

    grade: a key of GRADES. category: "A", "B", or "" where it has not been set, which counts for consultants alone.
    """
    basis = BASIS[grade]
    if grade == CONSULTANT and category not in CATEGORIES:
        return Supplement(None, basis, NO_CATEGORY)
    if not equal_share:
        return Supplement(None, basis, UNEQUAL)
    found = decide(TABLE, {"grade": grade, "category": category, "frequency": _number(often)})
    if not found:
        return Supplement(None, basis, NO_TABLE)
    if found["percent"] is None:
        between = f"1 in {spoken(often)} lies between two bands of the policy. It is not rounded: it has to be settled."
        return Supplement(None, basis, between)
    return Supplement(Fraction(str(found["percent"])), basis, clause=str(found["clause"] or ""))


def overall(decide: Decide, *, grade: str, turns: Sequence[Turn]) -> Supplement:
    """The supplement of a doctor on one rota or several, by their combined frequency. Raises NoDoctors for none."""
    often = combined([turn.often for turn in turns])
    if grade == CONSULTANT and len({turn.category for turn in turns}) > 1:
        return Supplement(None, BASIS[grade], MIXED)
    equal_share = all(turn.equal_share for turn in turns)
    return supplement(decide, grade=grade, category=turns[0].category, often=often, equal_share=equal_share)


def grade_of(contract_kind: str, grade: str) -> str:
    """Which of GRADES a contract comes under, by its kind (a key of domain.people.CONTRACT_KINDS) and its grade."""
    is_consultant = contract_kind.startswith("consultant") or "consultant" in grade.casefold()
    return CONSULTANT if is_consultant else SAS


def spoken(often: Fraction) -> str:
    """A frequency as people say it: the 8 of "1 in 8", the 4.5 of "1 in 4.5"."""
    return f"{float(often):.2f}".rstrip("0").rstrip(".")


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)

"""A rota from a file: what each doctor's on-call work comes to by both methods of Appendix 4, and the supplement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from workflows.calculating import rules
from workflows.calculating.files import read_json
from workflows.domain.arithmetic import on_call_supplement as supplements
from workflows.domain.arithmetic.given import Given
from workflows.domain.arithmetic.on_call import (
    Availability,
    Figures,
    Result,
    Work,
    availability,
    beyond_limit,
    pas_a_week,
    percent,
)
from workflows.domain.arithmetic.terms import Terms, terms
from workflows.domain.arithmetic.working import exactly
from workflows.domain.calculations import Decide

FIELDS = (
    "doctors", "weekday_hours", "weekend_hours", "hours_per_pa", "availability", "frequency", "category", "grade",
    "predictable", "equal_share", "on",
)  # fmt: skip
DAYS_AWAY = ("annual_leave", "extra_days", "bank_and_lieu", "study")
CONTRACTS: Mapping[str, str] = MappingProxyType(
    {supplements.CONSULTANT: "consultant_2003", supplements.SAS: "sas_2021"}
)
"""By whose terms a rota is worked out, by grade."""
MOST_DOCTORS, MOST_ROTAS = 500, 20
ONE = Fraction(1)


@dataclass(frozen=True)
class Rota:
    """What a file says of a rota. `predictable` is None where it does not part the hours."""

    grade: str
    category: str
    often: tuple[Fraction, ...]
    equal_share: bool
    doctors: int
    hours_per_pa: Fraction
    available: Availability
    work: Work
    predictable: Work | None

    def pas(self, work: Work) -> Result:
        """What hours of the team come to for each doctor."""
        return pas_a_week(work, doctors=self.doctors, hours_per_pa=self.hours_per_pa, available=self.available)


def from_file(data: bytes, policy: str, today: date) -> dict[str, Any]:
    """The figures of a rota, as JSON, by the rules of the day that the file names, or of today.

    Raises NoSuchPolicy, NotReadable, NotAFile, BadValues with a sentence for each field, NobodyAvailable.
    """
    by, said = rules.shipped(policy), Given.of(read_json(data))
    on = _day(said) or today
    grade = said.choice("grade", list(supplements.GRADES))
    contract = terms(by.values, CONTRACTS[grade], on)
    rota = _read(said, grade, contract, availability(by.values, contract, on))
    return {"policy": by.key, "on": on.isoformat(), **_worked_out(rota, contract, by.decide)}


def _read(said: Given, grade: str, contract: Terms, usual: Availability) -> Rota:
    """Raises BadValues."""
    said.only(FIELDS)
    doctors = _doctors(said)
    rota = Rota(
        grade=grade,
        category=said.choice("category", ["", "a", "b"], default="").upper(),
        often=tuple(_frequencies(said, doctors)),
        equal_share=said.yes_no("equal_share", default=True),
        doctors=doctors,
        hours_per_pa=said.number("hours_per_pa", least=ONE, most=Fraction(12), default=contract.premium_hours_per_pa),
        available=_available(said, usual),
        work=_work(said),
        predictable=_predictable(said),
    )
    said.done()
    return rota


def _worked_out(rota: Rota, contract: Terms, decide: Decide) -> dict[str, Any]:
    result, parts = rota.pas(rota.work), {}
    if rota.predictable:
        parts["predictable"] = rota.pas(rota.predictable)
        parts["unpredictable"] = rota.pas(_less(rota.work, rota.predictable))
    often, available = supplements.combined(rota.often), rota.available
    found = supplements.supplement(
        decide, grade=rota.grade, category=rota.category, often=often, equal_share=rota.equal_share
    )
    percentage = None if found.percent is None else exactly(found.percent)
    return {
        "pas_a_week": _both(result),
        **{name: _both(part) for name, part in parts.items()},
        "hours_per_pa": exactly(rota.hours_per_pa),
        "available_days": {"weekdays": exactly(available.weekdays), "weekends": exactly(available.weekends)},
        "factors": {"weekdays": _factor(available.weekday_factor), "weekends": _factor(available.weekend_factor)},
        "frequency": exactly(often),
        "supplement": {"percent": percentage, "of": found.basis, "clause": found.clause},
        "notes": _notes(found.flag, rota.often, parts.get("unpredictable"), contract),
        "working": [line.to_json() for line in result.working],
    }


def _doctors(said: Given) -> int:
    number = said.number("doctors", least=ONE, most=Fraction(MOST_DOCTORS))
    if number.denominator != 1:
        said.wrong("doctors", "This has to be a whole number.")
    return max(1, int(number))


def _day(said: Given) -> date | None:
    """The day of "on"."""
    if "on" not in said.values:
        return None
    days = Given({"on": [said.values["on"]]}, {}).dates("on")
    if not days:
        said.wrong("on", "Write the date as 2027-04-01.")
    return days[0] if days else None


def _available(said: Given, usual: Availability) -> Availability:
    part = said.part("availability")
    known = {"weekdays_year": "weekdays_year", **{key: key for key in DAYS_AWAY}}
    known |= {"weekends_year": "weekends_year", "weekends_available": "weekends"}
    part.only(known)
    read = {name: part.number(key, most=Fraction(366), default=getattr(usual, name)) for key, name in known.items()}
    return replace(usual, **read)


def _work(said: Given) -> Work:
    day, weekend = Fraction(24 * MOST_DOCTORS), Fraction(48 * MOST_DOCTORS)
    return Work(said.number("weekday_hours", most=day), said.number("weekend_hours", most=weekend))


def _predictable(said: Given) -> Work | None:
    """What of the hours is predictable, where the file says so."""
    if "predictable" not in said.values:
        return None
    part, whole = said.part("predictable"), _work(said)
    part.only(("weekday_hours", "weekend_hours"))
    return Work(
        part.number("weekday_hours", most=whole.weekday_hours), part.number("weekend_hours", most=whole.weekend_hours)
    )


def _frequencies(said: Given, doctors: int) -> list[Fraction]:
    """One frequency, or those of several rotas; as many as there are doctors where none is given."""
    value, about = said.values.get("frequency"), {"least": ONE, "most": Fraction(1000)}
    if not isinstance(value, list):
        return [said.number("frequency", default=Fraction(doctors), **about)]
    if not 0 < len(value) <= MOST_ROTAS:
        said.wrong("frequency", f"A number is needed here, or a list of them for several rotas, {MOST_ROTAS} at most.")
    each = Given({f"frequency.{place}": one for place, one in enumerate(value[:MOST_ROTAS])}, said.problems)
    return [each.number(key, **about) for key in each.values]


def _less(whole: Work, part: Work) -> Work:
    return Work(whole.weekday_hours - part.weekday_hours, whole.weekend_hours - part.weekend_hours)


def _both(result: Result) -> dict[str, Any]:
    return {"method_1": _figures(result.method_1), "method_2": _figures(result.method_2)}


def _figures(figures: Figures) -> dict[str, Any]:
    return {name: exactly(getattr(figures, name)) for name in ("weekdays", "weekends", "total")}


def _factor(factor: Fraction) -> dict[str, Any]:
    return {**exactly(factor), "percent": percent(factor)}


def _notes(flag: str, often: Sequence[Fraction], unpredictable: Result | None, contract: Terms) -> list[str]:
    limit = contract.unpredictable_limit
    beyond = beyond_limit(unpredictable.pas, limit) if unpredictable else ""
    several = supplements.METHOD_NOT_STATED if len(often) > 1 else ""
    return [note for note in (flag, several, beyond) if note]

"""Pay progression: seven criteria looked at each year, and thresholds of pay that rest on every year (BTH 3.4.18)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from workflows.domain.errors import BadValues
from workflows.domain.fields import LONG_TEXT_LIMIT, Json

CRITERIA: Mapping[str, str] = MappingProxyType(
    {
        "commitments": "Every reasonable effort to meet the time and service commitments in the job plan",
        "appraisal": "Satisfactory part in appraisal",
        "plan_review": "Satisfactory part in reviewing the job plan and setting personal objectives",
        "objectives": "Personal objectives in the job plan met, or every reasonable effort made to meet them",
        "changes": "Work towards the changes that the last review found necessary for the trust’s objectives",
        "extra_pa": "An additional programmed activity taken up where the trust has offered one",
        "private_practice": "Standards of conduct between private practice and NHS commitments kept",
    }
)
"""The criteria that are looked at each year, with their words (BTH 3.4.18)."""

MET, EXCUSED, NOT_MET = "met", "excused", "not_met"
RESULTS: Mapping[str, str] = MappingProxyType(
    {
        MET: "Met",
        EXCUSED: "Not met for reasons beyond the doctor’s control, with every reasonable effort: counts as met",
        NOT_MET: "Not met",
    }
)
RELEASED, DEFERRED = "released", "deferred"
NO_EVIDENCE = "Say what shows that “{title}” was not met: the doctor is given it."
STARTS_IN = 4
"""A planning year begins in April."""


def judged(known: Mapping[str, Json], *, extra_pa_held: bool) -> dict[str, str]:
    """The result of each criterion as the head of department reports it, by criterion.

    An unmet objective is excused only where both the reasons beyond the doctor's control and the reasonable effort are
    on record (BTH-3.4.18-b). A plan with an additional PA settles the criterion of the offer (BTH-App3.2-e).
    """
    found = {key: str(known.get(f"criterion_{key}") or NOT_MET) for key in CRITERIA}
    if found["objectives"] == EXCUSED and not (known.get("objectives_reasons") and known.get("objectives_effort")):
        found["objectives"] = NOT_MET
    if extra_pa_held:
        found["extra_pa"] = MET
    return found


def all_met(results: Mapping[str, str]) -> bool:
    """Whether every one of the seven criteria passes."""
    return all(results.get(key) in (MET, EXCUSED) for key in CRITERIA)


def check_failed(decision: object, rows: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
    """The criteria that the Medical Director finds unmet, with the evidence for each, cleaned; [] where all are met.

    rows: criterion (a key of CRITERIA), evidence. Raises BadValues for a decision against the doctor that names no
    criterion, or one without evidence (BTH-3.4.18-f).
    """
    if decision != NOT_MET:
        return []
    problems: dict[str, str] = {}
    kept: list[dict[str, Json]] = []
    for number, row in enumerate(rows):
        criterion, evidence = str(row.get("criterion") or ""), str(row.get("evidence") or "").strip()
        if criterion not in CRITERIA or criterion in {one["criterion"] for one in kept}:
            problems[f"failed.{number}.criterion"] = f"Row {number + 1}: choose a criterion, each once."
        elif not evidence or len(evidence) > LONG_TEXT_LIMIT or "\0" in evidence:
            problems[f"failed.{number}.evidence"] = f"Row {number + 1}: {NO_EVIDENCE.format(title=CRITERIA[criterion])}"
        kept.append({"criterion": criterion, "evidence": evidence})
    if not kept:
        problems["failed"] = "Name each criterion that was not met, and what shows it."
    if problems:
        raise BadValues(problems)
    return kept


def year_of(day: date) -> str:
    """The planning year in which a day lies: "2026/27"."""
    first = day.year - (day.month < STARTS_IN)
    return f"{first}/{(first + 1) % 100:02}"


def years_since(since: date, year: str) -> tuple[str, ...]:
    """The planning years that a threshold rests on: those that began since a day, up to and with this one."""
    first = since.year + ((since.month, since.day) > (STARTS_IN, 1))
    last = int(year[:4])
    return tuple(f"{one}/{(one + 1) % 100:02}" for one in range(min(first, last), last + 1))


@dataclass(frozen=True)
class Years:
    """How it stands with the years that a threshold rests on: all of them, those without a result, those not met."""

    counted: tuple[str, ...]
    missing: tuple[str, ...]
    not_met: tuple[str, ...]

    @property
    def threshold(self) -> str:
        """What becomes of a threshold: it is released only if every year was met (BTH-3.4.18-h). One that was deferred
        rests on the years since (BTH-3.4.18-i)."""
        return DEFERRED if self.missing or self.not_met else RELEASED


def stand(counted: Iterable[str], results: Mapping[str, bool]) -> Years:
    """The years against what was decided in each of them. `results`: whether the criteria were met, by year."""
    years = tuple(counted)
    missing = tuple(year for year in years if year not in results)
    return Years(years, missing, tuple(year for year in years if results.get(year) is False))


def a_year_later(day: date) -> date:
    """The same day of the next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)

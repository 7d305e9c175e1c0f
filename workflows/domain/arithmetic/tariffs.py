"""What a role is worth in supporting activities by a trust's policy: the decision table `spa_tariff`."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from workflows.domain.arithmetic.working import HOURS, PA, Working, counted, plainly
from workflows.domain.calculations import Decide
from workflows.domain.errors import NotAllowed

TABLE = "spa_tariff"
NEEDS_TRAINING = frozenset({"undergraduate_supervisor"})
"""Roles that only a trained doctor is given time for (BTH-3.4.8.5)."""
NONE = Fraction(0)


class NotTrained(NotAllowed):
    """Record first that the doctor is trained for this role: {title} (BTH 3.4.8.5)."""


class NoTariff(NotAllowed):
    """The policy gives no time for the role “{role}”."""


@dataclass(frozen=True)
class Tariff:
    """A role's time in PAs a week on top of the minimum. `pas` is None where the policy leaves the figure to a setting
    that the trust has not filled in: `undecided` then says so, and "" otherwise."""

    title: str
    pas: Fraction | None
    clause: str
    core: str
    """ "non_core" where the policy says so, else ""."""
    counted: str
    """What has to be counted for it ("trainee", "appraisal"), or ""."""
    supervision: Fraction
    """Hours a week that those counted need together (BTH-3.4.8.1-c); 0 where the policy says nothing."""
    working: tuple[Working, ...]
    undecided: str = ""


def tariff(
    decide: Decide,
    values: Mapping[str, Any],
    *,
    role: str,
    number: int = 0,
    not_counted: int = 0,
    trained: bool = False,
) -> Tariff:
    """The time for a role (CPFT-7.2.1-f to -h, BTH-3.4.8).

    number: of trainees, or of appraisals a year. not_counted: those of them that do not count, as foundation doctors do
    not for a training lead (BTH-3.4.8.3-a). `values` are those of the policy. Raises NoTariff, NotTrained.
    """
    found = decide(TABLE, {"role": role})
    if not found or found["title"] is None:
        raise NoTariff(role=role)
    if role in NEEDS_TRAINING and not trained:
        raise NotTrained(title=found["title"])
    if found["setting"]:
        return _by_setting(found, values)
    line = _worked(found, Fraction(max(number - not_counted, 0)), not_counted)
    hours = Fraction(str(found["hours"] or 0)) * number
    lines = [
        line,
        *([Working(f"At least {counted(hours, 'hour')} of supervision in it", hours, HOURS)] if hours else []),
    ]
    return _tariff(found, line.value, tuple(lines), hours)


def _tariff(
    found: Mapping[str, Any], pas: Fraction | None, lines: tuple[Working, ...], hours: Fraction, undecided: str = ""
) -> Tariff:
    said = {name: str(found[name] or "") for name in ("title", "clause", "core", "counted")}
    return Tariff(pas=pas, supervision=hours, working=lines, undecided=undecided, **said)


def _worked(found: Mapping[str, Any], number: Fraction, not_counted: int) -> Working:
    """The figure as it is, or for each so many."""
    each = Fraction(str(found["spa"]))
    if not found["per"]:
        return Working(f"{found['title']}: {plainly(each)} PA ({found['clause']})", each, PA)
    per = Fraction(str(found["per"]))
    times = Fraction(ceil(number / per)) if found["steps"] else number / per
    whole = f"each {plainly(per)}" + (", begun or whole" if found["steps"] else "")
    of_what = counted(number, str(found["counted"])) + (f" ({not_counted} not counted)" if not_counted else "")
    words = f"{found['title']}, {of_what}: {plainly(each)} PA for {whole if per != 1 else 'each'} ({found['clause']})"
    return Working(words, each * times, PA)


def _by_setting(found: Mapping[str, Any], values: Mapping[str, Any]) -> Tariff:
    said = values.get("spa_settings", {}).get(found["setting"], "")
    if said == "":
        undecided = f"{found['title']}: the policy leaves the figure blank, and the trust has not decided it yet."
        return _tariff(found, None, (), NONE, undecided)
    pas = Fraction(str(said))
    words = f"{found['title']}: {plainly(pas)} PA, as the trust has set it ({found['clause']})"
    return _tariff(found, pas, (Working(words, pas, PA),), NONE)


def supervision_missing(found: Tariff, hours_in_plan: Fraction) -> Fraction:
    """Hours a week that a supervisor's plan lacks of an hour for each trainee (BTH-3.4.8.1-c)."""
    return max(found.supervision - hours_in_plan, NONE)

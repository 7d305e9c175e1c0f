"""How long personal text is kept: the rules of a policy, and what they come to on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.domain.vocabulary import EVERY_CASE

RULES: Mapping[str, str] = {
    "case_years": "text of a case, so many years after it closed",
    "person_years": "name, address and numbers of somebody who has left, so many years after they left",
    "post_years": "notices, e-mails, uploaded lists of people and what came of reviews of the panel register, so many "
    "years after they were written",
}
"""The keys of [values.retention] in a policy, in words."""

MAIL_DAYS = 90
"""An e-mail goes so many days after it was written, wherever the rule for its notice is longer: it says what the notice
says."""

KEPT_TYPES = frozenset(
    {"date", "time", "number", "yes_no", "choice", "several", "person", "people", "team", "care_group", "teams", "plan"}
)
"""Types of facts that hold no words of people: ids, figures, days and what was drawn to be chosen from."""
KEPT_FACTS = frozenset(EVERY_CASE)
"""Texts that every case is started with and that nobody typed."""

LEFT = "Somebody who has left"
"""What stands in place of an erased name."""


@dataclass(frozen=True)
class Retention:
    """The rules of a trust. `verified` is False while no source was read for them."""

    case_years: int
    person_years: int
    post_years: int
    verified: bool

    def cases_closed_by(self, today: date) -> date:
        """The last day on which a case may have closed whose text goes today."""
        return years_before(today, self.case_years)

    def people_left_by(self, today: date) -> date:
        """The last day on which somebody may have left whose name goes today."""
        return years_before(today, self.person_years)

    def post_written_by(self, today: date) -> date:
        """The last day of notices and e-mails that go today."""
        return years_before(today, self.post_years)


def read(values: Mapping[str, Any]) -> Retention | None:
    """The rules as a policy's values give them; None where it gives none: then nothing is ever erased.

    Raises ValueError for a period that is no whole number of years, or shorter than one.
    """
    said = values.get("retention")
    if not said:
        return None
    years = {key: said.get(key) for key in RULES}
    for key, value in years.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"values.retention.{key} must be a whole number of years, at least 1.")
    return Retention(**years, verified=bool(said.get("verified", True)))


def is_text(key: str, type_: str) -> bool:
    """Whether a fact may hold words of people."""
    return type_ not in KEPT_TYPES and key not in KEPT_FACTS


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

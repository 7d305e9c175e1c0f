"""Lengths of time as policies write them: "28 days", "2 weeks", "1 month", "5 working days", "1 year"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.domain.calendars import Calendar, add_months
from workflows.domain.errors import Unsound

PATTERN = re.compile(r"([+-]?)([0-9]{1,3}) (day|week|month|year|working day)s?")


class NotALength(Unsound):
    """“{text}” is not a length of time such as “28 days”, “2 weeks”, “1 month”, “5 working days” or “1 year”."""


@dataclass(frozen=True)
class Length:
    """A number of days, weeks, months, years or working days; negative only as an offset on a ladder."""

    count: int
    unit: str
    """day, week, month, year or working day."""

    @classmethod
    def parse(cls, text: str) -> "Length":
        """Read "28 days", "-7 days" or "+1 day". Raises NotALength."""
        match = PATTERN.fullmatch(text.strip())
        if match is None:
            raise NotALength(text=text)
        sign, digits, unit = match.groups()
        return cls(-int(digits) if sign == "-" else int(digits), unit)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if abs(self.count) == 1 else 's'}"

    def __neg__(self) -> "Length":
        return Length(-self.count, self.unit)

    def after(self, day: date, calendar: Calendar) -> date:
        """The day that lies this length after another; weeks have seven days, whatever day they begin on."""
        if self.unit == "working day":
            return calendar.add_working_days(day, self.count)
        if self.unit in ("month", "year"):
            return add_months(day, self.count * (12 if self.unit == "year" else 1))
        return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))

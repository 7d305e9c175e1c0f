"""Civil days in England: working days, months, and where a day ends in Europe/London."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The working days of a country: Monday to Friday without its bank holidays."""

    bank_holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people normally work on this day."""
        return day.weekday() < 5 and day not in self.bank_holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The day that lies `count` working days after `day`, or before it where count is negative.

        `day` itself is not counted: one working day after a Friday, or after a Saturday, is the Monday.
        """
        step = ONE_DAY if count >= 0 else -ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days(self, start: date, end: date) -> int:
        """How many working days there are from `start` up to, but not with, `end`."""
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range((end - start).days))

    def holidays_between(self, start: date, end: date) -> list[date]:
        """The bank holidays from Monday to Friday strictly between two days, in order."""
        return sorted(day for day in self.bank_holidays if start < day < end and day.weekday() < 5)


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later, or that month's last: 31 January and one month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_day(day: date) -> datetime:
    """The first instant after the civil day in Europe/London, in UTC."""
    return at_hour(day + ONE_DAY, 0)


def at_hour(day: date, hour: int) -> datetime:
    """The instant at which clocks in London show this hour on this day, in UTC."""
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)


def civil_day(instant: datetime) -> date:
    """The civil day in Europe/London on which an aware instant falls."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs its time zone.")
    return instant.astimezone(LONDON).date()


def in_words(day: date) -> str:
    """The date as people write it: "3 March 2027"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_full(day: date) -> str:
    """The date with its weekday: "Wednesday 3 March 2027"."""
    return f"{WEEKDAYS[day.weekday()]} {in_words(day)}"

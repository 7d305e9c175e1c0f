"""The terms of a contract on a day: how much time makes a PA, which hours are premium, how many weeks a year has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from workflows.domain.errors import Unsound

MINUTES_IN_HOUR = 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIGURE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9}|/[0-9]{1,12})?")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class NoTerms(Unsound):
    """The trust’s policy says nothing about the contract “{element}”, so time under it cannot be valued."""


class TermsUnfit(Unsound):
    """The policy’s terms of the contract “{element}” cannot be used: {fault}."""


@dataclass(frozen=True)
class Terms:
    """What a policy says of a kind of contract on a day. Figures are exact; `verified` is False where they are believed
    to be the contract's and have not been read again in their source."""

    contract: str
    """The key: one of `domain.people.CONTRACT_KINDS`."""
    title: str
    plain_from: str
    """From here on plain days are plain time ("07:00"), until `plain_until`. All other time is premium."""
    plain_until: str
    plain_days: tuple[str, ...]
    """Days of the week with plain time; public holidays have none (BTH-3.2.8)."""
    plain_hours_per_pa: Fraction
    premium_hours_per_pa: Fraction
    premium_needs_agreement: bool
    """Whether premium time counts as such only where it was agreed (BTH-3.4.3-b)."""
    full_time_pas: Fraction
    weeks_in_year: Fraction
    weeks_in_attendance: Fraction
    weekends_in_year: Fraction
    weekends_available: Fraction
    weekdays_in_year: Fraction
    working_days_a_week: Fraction
    """Of the week on which leave is reckoned (BTH-3.4.12.1-c)."""
    annual_leave_days: Fraction
    """Of somebody who works so many days a week; longer service may give more."""
    hours_limit: Fraction
    """Hours a week above which private work is the doctor's own responsibility (BTH-3.4.16-e)."""
    pensionable_pas: Fraction
    unpredictable_limit: Fraction
    """PAs a week of unpredictable work on call that are normal at most."""
    out_of_hours_share: Fraction | None
    """The part of the hours that may lie in premium time, 2/5 for 40 per cent; None where there is no limit."""
    professional_leave_days: Fraction
    """Days of professional and study leave in three years (BTH-3.4.12.2-a)."""
    verified: bool

    def __hash__(self) -> int:
        """By the contract alone: there are few, and their terms are looked up often."""
        return hash(self.contract)

    @cached_property
    def plain_window(self) -> tuple[int, int]:
        """The plain hours of a plain day, in minutes from midnight."""
        return minutes(self.plain_from), minutes(self.plain_until)


def terms(values: Mapping[str, Any], contract: str, on: date) -> Terms:
    """The terms of a contract on a day, from the values of a policy.

    `values["contracts"][contract]` over what the policy says for all contracts; then each of its `since` whose `from`
    has come, in order. Raises NoTerms for a contract without any, TermsUnfit where one is missing or no figure.
    """
    own = values.get("contracts", {}).get(contract)
    if own is None:
        raise NoTerms(element=contract)
    try:
        said = {"verified": True, **values, **own, "contract": contract}
        for change in sorted(own.get("since", ()), key=lambda each: str(each["from"])):
            if date.fromisoformat(str(change["from"])) <= on:
                said |= change
        held = Terms(**{part.name: _read(str(part.type), said[part.name]) for part in fields(Terms)})
    except KeyError as error:
        raise TermsUnfit(element=contract, fault=f"{error.args[0]} is missing") from None
    except (AttributeError, TypeError):
        raise TermsUnfit(element=contract, fault="a value is of another kind than is needed here") from None
    except (ValueError, ZeroDivisionError) as error:
        raise TermsUnfit(element=contract, fault=str(error)) from None
    if fault := _fault(held):
        raise TermsUnfit(element=contract, fault=fault)
    return held


def unfit(values: Mapping[str, Any]) -> Iterator[TermsUnfit]:
    """What is wrong with the terms of a policy, from whichever day on they hold: one fault a contract at most. For the
    check before publishing: what was published is not looked over again."""
    contracts = values.get("contracts", {})
    if not isinstance(contracts, Mapping):
        yield TermsUnfit(element="", fault="a table of kinds of contracts is needed here")
        return
    for key in contracts:
        try:
            for day in (date.min, *_days_of_change(contracts[key])):
                terms(values, key, day)
        except TermsUnfit as fault:
            yield fault


def _days_of_change(own: Mapping[str, Any]) -> list[date]:
    try:
        return [date.fromisoformat(str(change["from"])) for change in own.get("since", ())]
    except (AttributeError, KeyError, TypeError, ValueError):
        return []  # terms() says what is wrong with them


def _fault(held: Terms) -> str:
    """What in terms that could be read makes no sense, or ""."""
    for name in ("plain_from", "plain_until"):
        if not CLOCK.fullmatch(str(getattr(held, name))):
            return f"{name} must be a time such as 07:00"
    if held.plain_from > held.plain_until:
        return "plain_from must not be after plain_until"
    if strange := sorted(set(held.plain_days) - set(WEEKDAYS)):
        return f"plain_days must be days of the week, and {strange[0]} is none"
    for part in fields(Terms):
        if isinstance(figure := getattr(held, part.name), Fraction) and figure <= 0:
            return f"{part.name} must be more than nothing"
    return ""


def _read(kind: str, value: Any) -> Any:
    if "Fraction" in kind:
        return None if value == "" and "None" in kind else _exactly(value)
    if kind.startswith("tuple"):
        return tuple(value)
    return value


def _exactly(value: Any) -> Fraction:
    """A figure such as 4, "7.5" or "2/5". ValueError for any other: 1e999999999 has as many digits as it says."""
    if not FIGURE.fullmatch(str(value)):
        raise ValueError(f"“{str(value)[:40]}” is not a figure")
    return Fraction(str(value))


def minutes(clock: str) -> int:
    """Minutes from midnight of "07:30", or of "24:00" for its end."""
    hours, _, rest = clock.partition(":")
    return int(hours) * MINUTES_IN_HOUR + int(rest)

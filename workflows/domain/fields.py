"""Fields of a step: what a diagram may ask for, and what counts as an answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from workflows.domain.errors import BadValues
from workflows.domain.wording import code, short

Json = Any
"""A value that JSON can hold: None, bool, int, float, str, list or dict of these."""

FIELD_TYPES: Mapping[str, str] = {
    "text": "a line of text",
    "long_text": "a text of any length",
    "date": "a date",
    "time": "a time of day",
    "number": "a number",
    "yes_no": "yes or no",
    "choice": "one of several options",
    "several": "any of several options",
    "person": "a person",
    "people": "several people",
    "files": "documents of the case",
}
"""The types of fields, in words."""

TODAY = "today"
"""The limit of a date that moves with the calendar."""
TEXT_LIMIT = 300
LONG_TEXT_LIMIT = 20_000
DIGITS = 12
FILES_LIMIT = 50
LARGEST_ID = 2**31 - 1
YEARS = range(1900, 2200)
"""Dates outside these years are slips of the keyboard, and would break the reckoning of deadlines."""


@dataclass(frozen=True)
class Field:
    """A field as the diagram draws it. `options` are pairs of key and label; `visible` the roles that see it."""

    key: str
    type: str
    label: str
    hint: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    visible: tuple[str, ...] = ()
    earliest: str = ""
    """The limits of a date: "today", or a date such as "2027-03-31"; "" for none."""
    latest: str = ""
    when: tuple[str, tuple[str, ...]] = ("", ())
    """For one that is needed only with certain answers: the key of the other field, and those answers to it."""
    limit: int = 0
    """How many characters a text may have; 0 for as many as its type allows."""

    def needed(self, values: Mapping[str, object]) -> bool:
        """Whether it needs an answer, given what else was answered; yes and no are written yes, no."""
        other, answers = self.when
        if not other:
            return self.required
        given = values.get(other)
        return ("yes" if given else "no") in answers if isinstance(given, bool) else given in answers


class Refusal(Exception):
    """What is wrong with an answer, to follow its label: "is not a date"."""


def check_values(
    fields: Sequence[Field],
    values: Mapping[str, object],
    people: frozenset[int] = frozenset(),
    *,
    today: date | None = None,
) -> dict[str, Json]:
    """The answers as JSON: date "2027-03-03", time "09:30", number int or float, yes_no bool, choice str, several list
    of str, person int, people and files lists of int. An empty answer is None, or [] for several, people and files.

    `people` are the ids that may be named; `today` is the civil day that limits of dates look at, and without it only
    limits that are dates themselves are kept to. Raises BadValues with a sentence for each field that is wrong; an
    answer that no field asks for is wrong too.
    """
    known = {field.key for field in fields}
    problems = {key: f"“{key}” is not asked for here." for key in values if key not in known}
    answers: dict[str, Json] = {}
    for field in fields:
        try:
            answer = _answer(field, values.get(field.key), people, needed=field.needed(values))
            if field.type == "date" and answer is not None:
                _within(field, date.fromisoformat(answer), today)
            answers[field.key] = answer
        except Refusal as refusal:
            problems[field.key] = f"“{field.label}” {refusal}."
    if problems:
        raise BadValues(problems)
    return answers


def _answer(field: Field, value: object, people: frozenset[int], *, needed: bool) -> Json:
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip()
    if value is None or value in ("", [], ()):
        if needed:
            raise Refusal("needs an answer")
        return [] if field.type in ("several", "people", "files") else None
    if field.type in ("person", "people"):
        return _person(value, people) if field.type == "person" else _people(value, people)
    return READERS[field.type](field, value)


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise Refusal("must be text")
    limit = field.limit or (LONG_TEXT_LIMIT if field.type == "long_text" else TEXT_LIMIT)
    if len(value) > limit:
        raise Refusal(f"must be {limit:,} characters or fewer; it has {len(value):,}")
    if field.type == "text" and "\n" in value:
        raise Refusal("must be a single line")
    # A NUL or half a surrogate pair cannot be kept by PostgreSQL.
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise Refusal("has a character that cannot be kept")
    return value


def _date(_: Field, value: object) -> str:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise Refusal("must be a real date") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refusal("must be a real date")
    if value.year not in YEARS:
        raise Refusal(f"must have a year from {YEARS[0]} to {YEARS[-1]}")
    return value.isoformat()


def _within(field: Field, answer: date, today: date | None) -> None:
    """Raises Refusal for a date outside the limits of its field."""
    earliest, latest = _limit(field.earliest, today), _limit(field.latest, today)
    if latest is not None and answer > latest:
        raise Refusal("must not be in the future" if field.latest == TODAY else f"must not be after {latest}")
    if earliest is not None and answer < earliest:
        raise Refusal("must not be in the past" if field.earliest == TODAY else f"must not be before {earliest}")


def _limit(limit: str, today: date | None) -> date | None:
    return today if limit == TODAY else date.fromisoformat(limit) if limit else None


def _time(_: Field, value: object) -> str:
    if isinstance(value, str):
        try:
            value = time.fromisoformat(value)
        except ValueError:
            raise Refusal("must be a real time, such as 09:30") from None
    if not isinstance(value, time) or value.tzinfo is not None:
        raise Refusal("must be a real time, such as 09:30")
    return value.strftime("%H:%M")


def _number(field: Field, value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction | str):
        raise Refusal("must be a number")
    try:
        exact = value if isinstance(value, Fraction) else _exact(Decimal(str(value)))
    except (InvalidOperation, ValueError, OverflowError):
        raise Refusal("must be a number") from None
    if field.minimum is not None and exact < field.minimum:
        raise Refusal(f"must be {number_in_words(field.minimum)} or more")
    if field.maximum is not None and exact > field.maximum:
        raise Refusal(f"must be {number_in_words(field.maximum)} or less")
    return int(exact) if exact.denominator == 1 else float(exact)


def _exact(number: Decimal) -> Fraction:
    """The number as a Fraction. A Decimal made from text keeps 0.1 exact for the comparison with the limits."""
    # Looked at first: the Fraction of 1e999999999 would fill the memory.
    if number and abs(number.adjusted()) > DIGITS:
        raise Refusal(f"must have {DIGITS} digits or fewer")
    return Fraction(number)


def _yes_no(_: Field, value: object) -> bool:
    if not isinstance(value, bool):
        raise Refusal("must be answered with yes or no")
    return value


def _choice(field: Field, value: object) -> str:
    if not isinstance(value, str) or value not in dict(field.options):
        raise Refusal("must be one of the options")
    return value


def _several(field: Field, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or not all(item in [key for key, _ in field.options] for item in value):
        raise Refusal("must be some of the options")
    return [key for key, _ in field.options if key in value]


def _person(value: object, people: frozenset[int]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in people:
        raise Refusal("must name somebody from the list")
    return value


def _people(value: object, people: frozenset[int]) -> list[int]:
    if not isinstance(value, list | tuple):
        raise Refusal("must name people from the list")
    return list(dict.fromkeys(_person(item, people) for item in value))


def _files(_: Field, value: object) -> list[int]:
    """Ids of documents; whether they are of the case is for whoever knows the case to say."""
    if not isinstance(value, list | tuple) or len(value) > FILES_LIMIT:
        raise Refusal(f"must be documents of this case, {FILES_LIMIT} at most")
    if not all(isinstance(item, int) and not isinstance(item, bool) and 0 < item <= LARGEST_ID for item in value):
        raise Refusal("must be documents of this case")
    return list(dict.fromkeys(value))


READERS: Mapping[str, Callable[[Field, Any], Json]] = {
    "text": _text,
    "long_text": _text,
    "date": _date,
    "time": _time,
    "number": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "several": _several,
    "files": _files,
}


def number_in_words(number: Fraction) -> str:
    """A number as people write it, to three places at most: "2.5", "10"."""
    return f"{float(number):.3f}".rstrip("0").rstrip(".")


def asked(field: Field) -> str:
    """A question by its words, else by its name in conditions."""
    return f"“{short(field.label)}”" if field.label.strip() else f"The question {code(field.key)}"


def faults(field: Field) -> list[str]:
    """What is wrong with the field as drawn, a sentence each."""
    found = []
    if not field.key.isidentifier():
        found.append(f"{asked(field)} needs a name in conditions and letters, of letters, digits and underscores.")
    if field.type not in FIELD_TYPES:
        found.append(f"{asked(field)} wants {code(field.type)}, which is no kind of answer.")
    if not field.label.strip():
        found.append(f"The question {code(field.key)} has no words. Say what is asked.")
    if field.required and field.when[0]:
        found.append(f"{asked(field)} needs an answer always, or with certain answers to another question: not both.")
    found += _faults_of_options(field)
    if field.type != "number" and (field.minimum, field.maximum) != (None, None):
        found.append(f"{asked(field)} has limits, but its answer is no number.")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        found.append(f"“At least” of {asked(field)} is more than “At most”.")
    return found + _faults_of_dates(field)


def said_twice(answers: Iterable[str]) -> str:
    """The first of some answers that reads as one before it, in small or capital letters; "" where each is its own."""
    seen: set[str] = set()
    for answer in answers:
        read = " ".join(answer.split()).casefold()
        if read and read in seen:
            return answer
        seen.add(read)
    return ""


def _faults_of_dates(field: Field) -> list[str]:
    if field.type != "date" and (field.earliest or field.latest):
        return [f"{asked(field)} has limits that are dates, but its answer is no date."]
    dates = field.earliest and field.latest and TODAY not in (field.earliest, field.latest)
    if dates and field.earliest > field.latest:
        return [f"“At least” of {asked(field)} is more than “At most”."]
    return []


def _faults_of_options(field: Field) -> list[str]:
    chooses = field.type in ("choice", "several")
    if chooses and not field.options:
        return [f"{asked(field)} offers a choice, but has no answers to choose from."]
    if field.options and not chooses:
        return [f"{asked(field)} has answers to choose from, but offers no choice."]
    if twice := said_twice(label for _, label in field.options):
        return [f"{asked(field)} has the answer “{short(twice)}” twice."]
    if len(dict(field.options)) != len(field.options):
        return [f"{asked(field)} has an answer twice."]
    return []

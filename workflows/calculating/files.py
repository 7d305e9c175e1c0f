"""A JSON file that somebody wrote by hand, read without losing a digit; what is wrong in it is said with its place."""

import json
from collections.abc import Sequence
from decimal import Decimal

from workflows.domain.errors import BadValues, Broken
from workflows.domain.fields import Json

MOST_BYTES = 1_000_000


class NotReadable(Broken):
    """Line {line}, column {column}: {fault}."""


class NotAFile(Broken):
    """{fault}"""


def read_json(data: bytes) -> Json:
    """The values of a JSON file; its numbers as Decimal. Raises NotReadable with line and column, or NotAFile."""
    if len(data) > MOST_BYTES:
        raise NotAFile(fault=f"The file is larger than {MOST_BYTES:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise NotReadable(line=line, column=column, fault="this is not text in UTF-8") from None
    try:
        return json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number, object_pairs_hook=_each_once
        )
    except json.JSONDecodeError as error:
        raise NotReadable(line=error.lineno, column=error.colno, fault=_plainly(error.msg)) from None
    except RecursionError:
        raise NotAFile(fault="The file is nested too deeply.") from None


def _no_number(name: str) -> Json:
    raise NotAFile(fault=f"{name} is not a number that can be reckoned with.")


def _each_once(pairs: Sequence[tuple[str, Json]]) -> dict[str, Json]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
        raise BadValues({twice: f"“{twice}” is written twice in one place: which one counts?"})
    return values


def _plainly(message: str) -> str:
    return f"this is not JSON ({message[:1].lower()}{message[1:]})"

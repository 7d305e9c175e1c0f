"""The text of a policy file and of the list of clauses, read within bounds: whoever edits them may mean harm."""

import csv
import math
import tomllib
from collections.abc import Mapping
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from workflows.domain.policy_tables import PolicyFault

LARGEST = 200_000
"""Characters of a policy; the largest that ships has 23,000."""
DEEPEST = 12
MOST_DOTS = 500
"""In one line: a name of n parts costs the reader n times n."""
LARGEST_NUMBER = 10**15
TOO_DEEP = "the file nests its tables or lists too deeply"


@lru_cache(maxsize=32)
def parsed(file: str, text: str) -> Mapping[str, Any]:
    """The tables of a policy file, shared by all who read that text: nobody changes them. Raises PolicyFault."""
    if len(text) > LARGEST:
        raise PolicyFault(file, "", f"the file is larger than {LARGEST:,} characters")
    if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
        raise PolicyFault(file, "", TOO_DEEP)
    try:
        text.encode()
        values = tomllib.loads(text)
    except UnicodeEncodeError:
        raise PolicyFault(file, "", "this is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyFault(file, "", f"this is not TOML: {error}") from None
    except ValueError:  # of Python itself, for more digits than it takes
        raise PolicyFault(file, "", "a number is too large") from None
    except RecursionError:
        raise PolicyFault(file, "", TOO_DEEP) from None
    _check(file, values)
    return values


def _check(file: str, values: Mapping[str, Any]) -> None:
    """Every value is one that an expression may meet."""
    waiting: list[tuple[str, Any, int]] = [("", values, 1)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise PolicyFault(file, "", TOO_DEEP)
        if isinstance(value, Mapping):
            waiting += [(f"{path}.{key}".lstrip("."), each, depth + 1) for key, each in value.items()]
        elif isinstance(value, list):
            waiting += [(path, each, depth + 1) for each in value]
        elif isinstance(value, datetime | time):
            raise PolicyFault(file, path, "a day is needed here, without a time")
        elif isinstance(value, float) and not math.isfinite(value):
            raise PolicyFault(file, path, "this is not a number")
        elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
            raise PolicyFault(file, path, "the number is too large")


def clause_ids(file: str, text: str) -> frozenset[str]:
    """The ids in a list of clauses. Raises PolicyFault."""
    try:
        rows = csv.DictReader(text.splitlines(), strict=True)
        if "id" not in (rows.fieldnames or ()):
            raise PolicyFault(file, "", "the list of clauses needs a column “id”")
        return frozenset(row["id"] or "" for row in rows)
    except csv.Error as error:
        raise PolicyFault(file, "", f"this is not a list of clauses as CSV: {error}") from None

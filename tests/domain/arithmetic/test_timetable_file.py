"""Whatever stands in the file of a timetable: it is understood, or refused with sentences under its fields."""

import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import TIMED, TODAY, Entry
from tests.domain.factories import policy
from workflows.domain.arithmetic.timetable import total
from workflows.domain.arithmetic.timetable_file import FIELDS, LINE, TimetableFile, read_timetable
from workflows.domain.errors import BadValues

VALUES = policy("blackpool").values
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False) | st.integers(-5, 60).map(Decimal),
    st.sampled_from(["", "Mon", "tuesday", "DCC", "spa", "travel", "08:00", "19:30", "24:00", "local", "agreed"]),
    st.sampled_from(["2027-04-01", "2024-02-29", "9999-12-31", "0001-01-01"]),
    st.text(max_size=5),
)
PATTERN = st.dictionaries(
    st.sampled_from(["every_weeks", "week", "month_weeks", "per_year", "dates", "daily"]),
    LEAVES | st.lists(LEAVES, max_size=3),
    max_size=2,
)
ROW = st.dictionaries(st.sampled_from([*LINE, "else"]), LEAVES | PATTERN, max_size=7)
CONTENT = st.fixed_dictionaries(
    {"contract": st.just("local") | LEAVES, "activities": st.lists(ROW | LEAVES, max_size=3) | LEAVES},
    optional={key: LEAVES | st.lists(LEAVES, max_size=2) for key in FIELDS if key not in {"contract", "activities"}},
)


def read(content: Any) -> TimetableFile | dict[str, str]:
    """What is understood, or a sentence for each field that is not."""
    try:
        return read_timetable(content, VALUES, TODAY)
    except BadValues as bad:
        return bad.problems


@given(CONTENT | LEAVES | st.lists(LEAVES, max_size=2))
def test_any_content_is_understood_or_refused_field_by_field(content: Any) -> None:
    found = read(content)
    if isinstance(found, TimetableFile):
        assert total(found.lines, found.terms, found.holidays).overall.hours_a_year >= 0
    else:
        assert found
        assert all(key and sentence.endswith((".", "?", "}")) for key, sentence in found.items())


@given(st.lists(TIMED, max_size=5))
def test_a_sound_timetable_is_understood_as_it_is_written(lines: list[Entry]) -> None:
    rows = [
        {name: getattr(line, name) for name in ("category", "day", "start", "end", "premium", "pattern")}
        for line in lines
        if line.day
    ]
    found = read(json.loads(json.dumps({"contract": "local", "activities": rows}), parse_int=Decimal))
    assert isinstance(found, TimetableFile), found
    assert [{name: getattr(line, name) for name in rows[0]} for line in found.lines] == rows

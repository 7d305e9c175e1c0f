"""History in words, and the chain that shows a change."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.events import EVENTS, UNKNOWN, details_of, event_hash, sentence

AT = datetime(2027, 3, 3, 9, 30, tzinfo=UTC)
EVENT: dict[str, Any] = {
    "previous": "",
    "number": 1,
    "at": AT,
    "kind": "plan_signed",
    "who": 1,
    "on_behalf": None,
    "clause": "CPFT-7.5-a",
    "release": 3,
    "details": {"role": "practitioner", "sections": ["dcc", "spa"]},
    "case": 7,
}


def test_an_event_reads_as_a_sentence_in_the_past_tense() -> None:
    assert sentence("plan_signed", {"who": "Dr Shah", "role": "Practitioner"}) == (
        "Dr Shah signed the job plan as Practitioner."
    )


@pytest.mark.parametrize("kind", EVENTS)
def test_every_kind_has_words_for_its_details(kind: str) -> None:
    words = sentence(kind, dict.fromkeys(details_of(kind), "XYZ"))
    assert UNKNOWN not in words
    assert ("XYZ" in words) == bool(details_of(kind))
    assert words.endswith(".")


@pytest.mark.parametrize("kind", EVENTS)
def test_an_old_event_without_the_details_of_today_can_still_be_read(kind: str) -> None:
    assert sentence(kind, {}).endswith(".")


def test_messages_and_processes_are_told_in_words() -> None:
    assert sentence("message_received", {"name": "dispute_closed"}) == "The case had word: the dispute has ended."
    assert sentence("case_started_child", {"process": "team_planning"}) == "A case was started: Team planning."


def test_words_of_people_cannot_reach_into_a_sentence() -> None:
    assert sentence("case_opened", {"title": "{who}"}) == "The case was opened: {who}."


def test_the_hash_of_an_event_stays_the_same_from_release_to_release() -> None:
    assert event_hash(**EVENT)[:16] == "9a95aace49096bbf"


CHANGES: dict[str, Any] = {
    "previous": "0" * 64,
    "number": 2,
    "at": AT + timedelta(microseconds=1),
    "kind": "plan_saved",
    "who": None,
    "on_behalf": 1,
    "clause": "",
    "release": 4,
    "details": {"role": "practitioner", "sections": ["spa", "dcc"]},
    "case": 8,
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_change_of_any_part_changes_the_hash(part: str) -> None:
    assert event_hash(**(EVENT | {part: CHANGES[part]})) != event_hash(**EVENT)


def test_the_same_instant_in_another_zone_and_another_order_of_details_is_the_same_event() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    turned = dict(reversed(EVENT["details"].items()))
    assert event_hash(**(EVENT | {"at": elsewhere, "details": turned})) == event_hash(**EVENT)


def test_an_instant_without_its_zone_has_no_hash() -> None:
    with pytest.raises(ValueError, match="time zone"):
        event_hash(**(EVENT | {"at": AT.replace(tzinfo=None)}))


DETAILS = st.dictionaries(
    st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=5), max_size=4
)


@given(DETAILS, DETAILS)
def test_equal_details_have_equal_hashes_and_different_ones_different(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    same = event_hash(**(EVENT | {"details": first})) == event_hash(**(EVENT | {"details": second}))
    assert same == (repr(sorted(first.items())) == repr(sorted(second.items())))

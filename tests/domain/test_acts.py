"""Acts outside cases, in words and chained."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workflows.domain.acts import ACTS, PEOPLE, act_hash, anchor_hash, details_of, sentence
from workflows.domain.events import UNKNOWN

AT = datetime(2027, 3, 3, 9, 30, tzinfo=UTC)
ACT: dict[str, Any] = {
    "previous": "",
    "trust": 1,
    "number": 1,
    "at": AT,
    "kind": "post_given",
    "who": 4,
    "details": {"person": 7, "role": "amd"},
}
CHANGES: dict[str, Any] = {
    "previous": "0" * 64,
    "trust": 2,
    "number": 2,
    "at": AT + timedelta(microseconds=1),
    "kind": "post_ended",
    "who": None,
    "details": {"person": 8, "role": "amd"},
}
ANCHOR: dict[str, Any] = {
    "previous": "",
    "trust": "CPFT",
    "number": 1,
    "day": date(2027, 3, 3),
    "heads": {"7": [3, "ab"]},
}


def test_an_act_reads_as_a_sentence_with_names_in_place_of_ids() -> None:
    said = sentence("post_given", {"person": 7, "role": "amd"}, who="Imogen Bland", names={7: "Dr Osei"})
    assert said == "Imogen Bland gave Dr Osei a post: amd."


def test_time_and_commands_act_as_accord_itself() -> None:
    assert sentence("incident_retried", {"incident": 3}, who="", names={}) == "Accord had incident 3 tried again."


def test_somebody_erased_is_said_to_have_left() -> None:
    said = sentence("person_added", {"person": 7}, who="Imogen Bland", names={})
    assert said == "Imogen Bland added somebody who has left."


@pytest.mark.parametrize("kind", ACTS)
def test_every_kind_has_words_for_its_details(kind: str) -> None:
    given = {key: 7 if key in PEOPLE else "XYZ" for key in details_of(kind)}
    words = sentence(kind, given, who="Somebody", names={7: "XYZ"})
    assert UNKNOWN not in words
    assert ("XYZ" in words) == bool(given)
    assert words.endswith(".")


def test_the_hash_of_an_act_stays_the_same_from_release_to_release() -> None:
    assert act_hash(**ACT)[:16] == "1fd79d226e78acdc"
    assert anchor_hash(**ANCHOR)[:16] == "da730da79bb1791e"


@pytest.mark.parametrize("part", CHANGES)
def test_every_part_of_an_act_is_under_its_hash(part: str) -> None:
    assert act_hash(**ACT | {part: CHANGES[part]}) != act_hash(**ACT)


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        act_hash(**ACT | {"at": AT.replace(tzinfo=None)})

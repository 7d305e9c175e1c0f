"""Whatever a process owner is sent and hands in: refused with a sentence, or taken as text, and neither costs much."""

from collections.abc import Iterator, Mapping

import pytest

from tests.hostile.archives import ARCHIVES
from tests.hostile.attack import Attack
from tests.hostile.expressions import HARMLESS, REFUSED, WITHOUT_VALUE
from tests.hostile.under_limits import MEGABYTES, SECONDS, Outcome, outcomes
from tests.hostile.ways_in import EXPRESSIONS, FAMILIES, ZIPS


def out_of_bounds(found: Mapping[str, Outcome]) -> Iterator[str]:
    """What escaped, did what it must not, or took too much."""
    for name, one in found.items():
        if one.escaped or one.did:
            yield f"{name}: {one.escaped} {one.did}"
        if one.seconds > SECONDS or one.megabytes > MEGABYTES:
            yield f"{name}: {one.seconds} seconds, {one.megabytes} megabytes"


def unanswered(attack: Attack, said: tuple[str, ...]) -> bool:
    """Whether it was not refused in the words that are meant for it, or refused though it is harmless."""
    if not attack.says:
        return len(said) > 0
    return not any(attack.says.lower() in sentence.lower() for sentence in said)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_hostile_file_is_refused_with_a_sentence_or_taken_as_text_within_two_seconds_and_200_megabytes(
    family: str,
) -> None:
    found = outcomes(family)
    attacks = FAMILIES[family]
    assert found.keys() == attacks.keys()
    assert list(out_of_bounds(found)) == []
    assert {name: (attacks[name].says, one.said[:3]) for name, one in found.items()
            if unanswered(attacks[name], one.said)} == {}  # fmt: skip
    assert [sentence for one in found.values() for sentence in one.said if not sentence.endswith((".", "?", "…"))] == []


@pytest.mark.slow
def test_a_hostile_expression_is_refused_or_has_no_value_within_two_seconds_and_200_megabytes() -> None:
    found = outcomes(EXPRESSIONS)
    assert found.keys() == {*REFUSED, *WITHOUT_VALUE, *HARMLESS}
    assert list(out_of_bounds(found)) == []
    assert {name: one.said for name, one in found.items() if bool(one.said) == (name in HARMLESS)} == {}
    assert [name for name in REFUSED if "cannot be used" not in found[name].said[0]] == []


@pytest.mark.slow
def test_a_hostile_zip_is_refused_with_a_sentence_within_two_seconds_and_200_megabytes() -> None:
    found = outcomes(ZIPS)
    assert found.keys() == ARCHIVES.keys()
    assert list(out_of_bounds(found)) == []
    answers = {name: (ARCHIVES[name].says, one.said) for name, one in found.items()}
    wrong = {
        name: answer
        for name, answer in answers.items()
        if not (any(answer[0] in sentence for sentence in answer[1]) if answer[0] else not answer[1])
    }
    assert wrong == {}

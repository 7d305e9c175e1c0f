"""Who may sit on an appeal panel, and whose turn it is on the register."""

from datetime import date
from typing import Any

import pytest

from tests.domain.test_panel_register import BODIES, DAY, at, member
from workflows.domain.panel_register import Absence, Conflict, Use
from workflows.domain.panels import PARTS, Part, next_third, refusal, weightiest

DOCTOR, MANAGER, CHAIR, SIGNER = 1, 2, 3, 4


def refused(person_id: int, **changed: Any) -> str:
    given: dict[str, Any] = {
        "parties": {DOCTOR, MANAGER},
        "seated": {CHAIR},
        "parts": {SIGNER: Part("signed")},
        "left": False,
    }
    return refusal("Dr Ada Hope", person_id, **{**given, **changed})


def test_somebody_who_had_no_part_can_sit() -> None:
    assert refused(5) == ""


@pytest.mark.clause("TCS-4-e")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("mediated", "they mediated in it"),
        ("signed", "they signed a version of the job plan"),
        ("wrote", "they edited a version of the job plan"),
        ("attended", "they were at a meeting about it"),
        ("panel", "they have been on its panel before"),
    ],
)
def test_whoever_had_an_earlier_part_is_refused_with_what_it_was(kind: str, said: str) -> None:
    words = refused(5, parts={5: Part(kind)})
    assert words == f"Dr Ada Hope had an earlier part in this: {said}. Choose somebody who had none."


def test_a_step_that_somebody_took_is_named() -> None:
    assert "they took part in it by “Compare with the contract”" in refused(
        5, parts={5: Part("step", "Compare with the contract")}
    )


def test_neither_side_sits_nobody_sits_twice_and_nobody_who_has_left() -> None:
    assert "one of the two sides" in refused(DOCTOR)
    assert "one of the two sides" in refused(MANAGER)
    assert "sits on the panel already" in refused(CHAIR)
    assert refused(5, left=True) == "Dr Ada Hope has left. Choose somebody else."


def test_of_several_parts_the_weightiest_is_told() -> None:
    found = [(1, Part("step", "Read")), (1, Part("signed")), (2, Part("attended")), (1, Part("wrote"))]
    assert weightiest(found) == {1: Part("signed"), 2: Part("attended")}
    assert weightiest([]) == {}
    assert next(iter(PARTS)) == "party"


MEMBERS = [member(1, "Dr Ada Hope"), member(2, "Dr Bo Hope"), member(3, "Dr Cy Hope")]
USED = {101: Use(sat=1, last=at(2026, 11)), 102: Use(sat=1, last=at(2026, 3)), 103: Use(proposed=1, last=at(2027, 1))}


def third(*members: Any, used: dict[int, Use] | None = None, **changed: Any) -> str | None:
    given: dict[str, Any] = {"ruled_out": (), "care_group_id": 7}
    chosen = next_third(members or MEMBERS, USED if used is None else used, BODIES, DAY, **{**given, **changed})
    return chosen.name if chosen else None


@pytest.mark.clause("CPFT-7.8.10-c", "TCS-4-f")
def test_the_third_is_whoever_of_the_register_was_called_least_recently() -> None:
    assert third() == "Dr Bo Hope"
    assert third(used={}) == "Dr Ada Hope"
    assert third(member(1, approvals={"BMA": date(2026, 1, 1)})) is None


@pytest.mark.clause("TCS-4-e")
def test_whoever_is_ruled_out_is_passed_over_and_a_register_can_be_exhausted() -> None:
    assert third(ruled_out={102}) == "Dr Ada Hope"
    assert third(ruled_out={101, 102}) == "Dr Cy Hope"
    assert third(ruled_out={101, 102, 103}) is None


def test_a_conflict_with_the_care_group_of_the_case_passes_somebody_over_and_any_other_does_not() -> None:
    with_group = member(1, conflicts=(Conflict(1, "Worked there", 7, "Mental health"),))
    assert third(with_group) is None
    assert third(with_group, care_group_id=8) == "Dr Ada Hope"
    assert third(member(1, conflicts=(Conflict(1, "Shares in a company", None, ""),)), care_group_id=None)


def test_whoever_is_away_on_the_day_of_the_hearing_is_passed_over() -> None:
    assert third(member(1, absences=(Absence(1, DAY, DAY),)), member(2, "Dr Bo Hope")) == "Dr Bo Hope"

"""Pay progression: which criteria pass, which years a threshold rests on, and what becomes of it."""

from datetime import date

import pytest

from workflows.domain import pay_progression as rules
from workflows.domain.errors import BadValues

REPORTED = {f"criterion_{key}": "met" for key in rules.CRITERIA}


@pytest.mark.clause("BTH-3.4.18-a")
def test_there_are_seven_criteria_and_all_of_them_count() -> None:
    assert len(rules.CRITERIA) == 7
    assert rules.all_met(rules.judged(REPORTED, extra_pa_held=False))
    for key in rules.CRITERIA:
        found = rules.judged({**REPORTED, f"criterion_{key}": "not_met"}, extra_pa_held=False)
        assert not rules.all_met(found)
        found = rules.judged(
            {name: said for name, said in REPORTED.items() if not name.endswith(key)}, extra_pa_held=False
        )
        assert not rules.all_met(found), "a criterion of which nothing is said is not met"


@pytest.mark.clause("BTH-3.4.18-b")
@pytest.mark.parametrize(
    ("reasons", "effort", "passes"),
    [("", "", False), ("Closed", "", False), ("", "Tried", False), ("Closed", "Tried", True)],
)
def test_an_unmet_objective_passes_with_reasons_and_effort_alone(reasons: str, effort: str, passes: bool) -> None:
    said = {**REPORTED, "criterion_objectives": "excused", "objectives_reasons": reasons, "objectives_effort": effort}
    assert rules.all_met(rules.judged(said, extra_pa_held=False)) is passes


@pytest.mark.clause("BTH-App3.2-e")
def test_an_additional_pa_in_the_plan_settles_the_criterion_of_the_offer() -> None:
    said = {**REPORTED, "criterion_extra_pa": "not_met"}
    assert rules.judged(said, extra_pa_held=True)["extra_pa"] == "met"
    assert rules.judged(said, extra_pa_held=False)["extra_pa"] == "not_met"


@pytest.mark.parametrize(
    ("since", "year", "counted"),
    [
        (date(2024, 4, 1), "2026/27", ("2024/25", "2025/26", "2026/27")),
        (date(2024, 4, 2), "2026/27", ("2025/26", "2026/27")),
        (date(2024, 12, 1), "2026/27", ("2025/26", "2026/27")),
        (date(2025, 2, 1), "2025/26", ("2025/26",)),
        (date(2026, 9, 1), "2026/27", ("2026/27",)),
        (date(2030, 1, 1), "2026/27", ("2026/27",)),
        (date(1998, 4, 1), "2000/01", ("1998/99", "1999/00", "2000/01")),
    ],
)
def test_the_whole_planning_years_since_a_day_count(since: date, year: str, counted: tuple[str, ...]) -> None:
    assert rules.years_since(since, year) == counted


@pytest.mark.clause("BTH-3.4.18-h")
def test_a_threshold_is_released_only_if_every_year_was_met() -> None:
    years = ("2024/25", "2025/26", "2026/27")
    met = dict.fromkeys(years, True)
    assert rules.stand(years, met).threshold == "released"
    for year in years:
        assert rules.stand(years, {**met, year: False}).threshold == "deferred"
        known = {name: result for name, result in met.items() if name != year}
        assert rules.stand(years, known).missing == (year,)
        assert rules.stand(years, known).threshold == "deferred"


@pytest.mark.parametrize(
    ("day", "year"), [(date(2027, 3, 31), "2026/27"), (date(2027, 4, 1), "2027/28"), (date(1999, 5, 1), "1999/00")]
)
def test_a_planning_year_begins_in_april(day: date, year: str) -> None:
    assert rules.year_of(day) == year


def test_a_year_after_the_leap_day_is_the_last_of_february() -> None:
    assert rules.a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)
    assert rules.a_year_later(date(2027, 4, 1)) == date(2028, 4, 1)


@pytest.mark.clause("BTH-3.4.18-f")
def test_each_failed_criterion_is_named_once_and_has_evidence() -> None:
    good = {"criterion": "appraisal", "evidence": "None since May"}
    assert rules.check_failed("not_met", [good]) == [good]
    assert rules.check_failed("met", [good]) == [], "what the report said against the doctor is not kept"
    for rows in ([], [good, good], [{**good, "evidence": "\0"}], [{**good, "evidence": "x" * 20_001}]):
        with pytest.raises(BadValues):
            rules.check_failed("not_met", rows)

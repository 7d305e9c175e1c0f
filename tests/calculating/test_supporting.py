"""Time for supporting activities and for roles, by the shipped decision tables of both trusts."""

from fractions import Fraction

import pytest

from tests.domain.arithmetic.lines import BLACKPOOL, terms_of
from workflows.calculating import rules
from workflows.domain.arithmetic.supporting import ERROR, NOTE, WARNING, Compared, Standards, compared, standards
from workflows.domain.arithmetic.tariffs import NoTariff, NotTrained, Tariff, supervision_missing, tariff

NONE, WHOLE = Fraction(0), Fraction(1)
RULES = {key: rules.shipped(key) for key in ("blackpool", "cumbria", "national_england")}


def asked(trust: str, grade: str, pas: str = "10") -> Standards:
    return standards(RULES[trust].decide, grade=grade, pas=Fraction(pas), terms=terms_of(trust))


def plan(trust: str, grade: str, spa: str, pas: str = "10", core: str | None = None) -> Compared:
    return compared(Fraction(spa), asked(trust, grade, pas), core=None if core is None else Fraction(core))


@pytest.mark.clause("CPFT-7.2.1-a")
def test_a_consultant_with_ten_pas_and_other_than_two_and_a_half_is_asked_for_a_reason_and_not_refused() -> None:
    under, at, over = (plan("cumbria", "consultant", spa) for spa in ("2", "2.5", "3"))
    assert [each.away for each in (under, at, over)] == [Fraction(-1, 2), 0, Fraction(1, 2)]
    assert under.standards.norm is not None
    assert (under.standards.norm.effect, under.standards.norm.clause) == (WARNING, "CPFT-7.2.1-a")
    assert under.short == 0
    assert asked("cumbria", "consultant", "6").norm is None


@pytest.mark.clause("CPFT-7.2.1-b")
def test_other_doctors_are_compared_with_one_and_a_half() -> None:
    found = plan("cumbria", "sas", "2")
    assert found.standards.norm is not None
    assert (found.away, found.standards.norm.clause) == (Fraction(1, 2), "CPFT-7.2.1-b")
    assert plan("cumbria", "sas", "1.5", pas="6").away == 0


@pytest.mark.clause("CPFT-7.2.1-c")
@pytest.mark.parametrize("grade", ["consultant", "sas"])
@pytest.mark.parametrize("pas", ["4", "10"])
def test_less_than_one_and_a_half_for_revalidation_is_an_error_for_every_grade(grade: str, pas: str) -> None:
    found = plan("cumbria", grade, "1.25", pas)
    assert found.standards.minimum is not None
    assert (found.short, found.standards.minimum.effect) == (Fraction(1, 4), ERROR)
    assert plan("cumbria", grade, "1.5", pas).short == 0


@pytest.mark.clause("BTH-3.4.5.2.1-a")
def test_the_average_of_two_and_a_half_is_shown_at_blackpool_and_neither_raises_nor_caps() -> None:
    low, high = plan("blackpool", "consultant", "1.5"), plan("blackpool", "consultant", "4")
    assert (low.short, low.away, high.short, high.away) == (NONE, -WHOLE, NONE, Fraction(3, 2))
    assert low.standards.norm is not None
    assert low.standards.norm.effect == NOTE


@pytest.mark.clause("BTH-3.4.5.2.1-b")
def test_a_consultant_below_one_and_a_half_core_is_asked_for_a_reason() -> None:
    found = plan("blackpool", "consultant", "2.5", core="1")
    assert found.standards.minimum is not None
    assert (found.short, found.standards.minimum.effect) == (Fraction(1, 2), WARNING)
    assert [line.words for line in found.working] == [
        "Supporting activities in the plan",
        "Of these core, which alone count for the minimum",
        "Minimum (BTH-3.4.5.2.1-b)",
        "Short of the minimum",
        "Normal for a whole-time doctor (BTH-3.4.5.2.1-a)",
    ]


@pytest.mark.clause("BTH-3.4.5.2.1-e")
@pytest.mark.parametrize("pas", ["2", "5", "7.5", "10"])
def test_a_consultants_minimum_is_not_made_smaller_for_part_time(pas: str) -> None:
    found = asked("blackpool", "consultant", pas)
    assert found.minimum is not None
    assert (found.minimum.spa, found.note) == (Fraction(3, 2), "")


@pytest.mark.clause("BTH-3.4.5.2.2-a")
def test_a_whole_time_sas_doctor_has_one() -> None:
    found = plan("blackpool", "sas", "0.75")
    assert found.standards.minimum is not None
    assert (found.short, found.standards.minimum.clause) == (Fraction(1, 4), "BTH-3.4.5.2.2-a")
    assert found.standards.minimum.effect == WARNING


@pytest.mark.clause("BTH-3.4.6-b", "BTH-3.4.5.2.2-a")
def test_a_part_time_sas_doctor_falls_under_both_minima_and_the_higher_applies_and_says_so() -> None:
    found = plan("blackpool", "sas", "1.25", pas="6")
    assert found.short == Fraction(1, 4)
    assert found.standards.note == (
        "The policy gives two minima for this doctor: 1 PA (BTH-3.4.5.2.2-a), and 1.5 PA (BTH-3.4.6-b). "
        "The higher one applies."
    )


def test_a_policy_that_says_nothing_has_neither_minimum_nor_norm() -> None:
    found = plan("national_england", "consultant", "0")
    assert (found.standards.minimum, found.standards.norm, found.short, found.away) == (None, None, NONE, None)


def test_a_release_without_the_table_says_nothing() -> None:
    found = standards(lambda _key, _inputs: {}, grade="sas", pas=Fraction(10), terms=BLACKPOOL)
    assert (found.minimum, found.norm) == (None, None)


def role(trust: str, key: str, number: int = 0, **more: int | bool) -> Tariff:
    held = RULES[trust]
    return tariff(held.decide, held.values, role=key, number=number, **more)  # type: ignore[arg-type]


@pytest.mark.clause("CPFT-7.2.1-f")
def test_at_cumbria_an_educational_supervisor_has_half_a_pa_and_a_tutor_one() -> None:
    assert role("cumbria", "educational_supervisor", 4).pas == Fraction(1, 2)
    assert role("cumbria", "tutor").pas == 1


@pytest.mark.clause("CPFT-7.2.1-g")
def test_a_lead_clinicians_tariff_is_one_in_the_policys_example() -> None:
    found = role("cumbria", "lead_clinician")
    assert (found.pas, found.clause) == (WHOLE, "CPFT-7.2.1-g")


@pytest.mark.clause("CPFT-7.2.1-h")
@pytest.mark.parametrize(("appraisals", "expected"), [(10, "1/2"), (20, "1"), (5, "1/4")])
def test_an_appraiser_has_half_a_pa_for_ten_appraisals(appraisals: int, expected: str) -> None:
    found = role("cumbria", "appraiser", appraisals)
    assert (found.pas, found.counted) == (Fraction(expected), "appraisal")
    assert found.working[0].words == (f"Medical appraiser, {appraisals} appraisals: 0.5 PA for each 10 (CPFT-7.2.1-h)")


@pytest.mark.clause("BTH-3.4.8.1-b")
@pytest.mark.parametrize("key", ["educational_supervisor", "clinical_supervisor"])
def test_at_blackpool_a_supervisor_has_a_quarter_for_each_trainee_on_top_of_the_minimum(key: str) -> None:
    assert [role("blackpool", key, trainees).pas for trainees in (0, 1, 3)] == [0, Fraction(1, 4), Fraction(3, 4)]
    assert role("blackpool", key, 1).core == "non_core"


@pytest.mark.clause("BTH-3.4.8.1-c")
def test_a_supervisors_plan_has_an_hour_a_week_for_each_trainee() -> None:
    found = role("blackpool", "educational_supervisor", 3)
    assert found.supervision == 3
    assert supervision_missing(found, Fraction(5, 2)) == Fraction(1, 2)
    assert supervision_missing(found, Fraction(3)) == 0


@pytest.mark.clause("BTH-3.4.8.3-a")
@pytest.mark.parametrize(
    ("trainees", "foundation", "expected"),
    [(1, 0, "0.5"), (10, 0, "0.5"), (11, 0, "1"), (20, 0, "1"), (21, 0, "1.5"), (12, 2, "0.5"), (2, 2, "0")],
)
def test_a_training_lead_has_half_a_pa_for_each_ten_trainees_begun(
    trainees: int, foundation: int, expected: str
) -> None:
    assert role("blackpool", "training_lead", trainees, not_counted=foundation).pas == Fraction(expected)


@pytest.mark.clause("BTH-3.4.8.5")
def test_a_supervisor_of_undergraduates_must_be_trained_and_the_trusts_own_figure_is_read() -> None:
    with pytest.raises(NotTrained, match="Undergraduate supervisor"):
        role("blackpool", "undergraduate_supervisor")
    blank = role("blackpool", "undergraduate_supervisor", trained=True)
    assert blank.pas is None
    assert blank.undecided == (
        "Undergraduate supervisor: the policy leaves the figure blank, and the trust has not decided it yet."
    )
    held = {**RULES["blackpool"].values, "spa_settings": {"undergraduate_supervisor": 0.2}}
    decided = tariff(RULES["blackpool"].decide, held, role="undergraduate_supervisor", trained=True)
    assert (decided.pas, decided.undecided, decided.core) == (Fraction(1, 5), "", "non_core")


@pytest.mark.clause("BTH-3.4.5.2-e")
def test_time_for_professional_management_is_undecided_until_the_trust_fills_it_in() -> None:
    found = role("blackpool", "professional_management")
    assert (found.pas, "has not decided it yet" in found.undecided) == (None, True)


def test_a_role_that_the_policy_does_not_know_is_refused() -> None:
    with pytest.raises(NoTariff, match="chief_coffee_maker"):
        role("blackpool", "chief_coffee_maker")

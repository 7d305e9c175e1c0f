"""A team's plans together: capacity against need, what is held twice, what nobody holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import activity, plan, policy_files
from workflows.domain.plan import CATEGORIES
from workflows.domain.policy import read_policy
from workflows.domain.teamwork import Gap, OnCall, Service, gaps, services, shared

FILES = policy_files()
RULES = {trust: read_policy(trust, FILES).values["team_rules"] for trust in ("cumbria", "blackpool")}

FULL = plan(*(activity(key, key, "1", title=title) for key, title in CATEGORIES.items()))
CLINIC = plan(activity("a", title="Memory clinic", pas="2"), activity("b", "managerial", title="Rota lead", pas="0.5"))
NEED = [{"service": "memory  Clinic", "pas": "3.5"}]


def found(**given: object) -> list[str]:
    facts = {"plans": {"Dr A": FULL}, "requirements": (), "served": (), "rotas": (), **given}
    return [gap.sentence for gap in gaps(facts.pop("plans"), RULES["cumbria"], **facts)]  # type: ignore[arg-type]


@pytest.mark.clause("CPFT-7.4.1-e")
def test_capacity_stands_beside_what_the_service_needs_now_and_as_proposed() -> None:
    [one] = services({"Dr A": CLINIC}, None, NEED)
    assert one == Service("Memory clinic", ("Dr A",), Fraction(2), None, Fraction(7, 2))
    assert one.short == Fraction(3, 2)
    [then] = services({"Dr A": CLINIC}, {"Dr A": CLINIC, "Dr B": CLINIC}, NEED)
    assert (then.proposed, then.short) == (Fraction(4), Fraction(0))


def test_a_service_that_needs_somebody_and_has_nobody_is_listed() -> None:
    [clinic, theatre] = services({"Dr A": CLINIC}, None, [{"service": "Theatre", "pas": "1"}])
    assert (clinic.need, clinic.short) == (None, None), "nobody entered a need for it"
    assert (theatre.names, theatre.now, theatre.short) == ((), Fraction(0), Fraction(1))
    assert found(served=[clinic, theatre]) == ["Theatre: 0 of the 1 PAs a week that it needs"]


@pytest.mark.clause("CPFT-7.4.1-c")
def test_a_lead_role_that_two_hold_is_a_finding_of_the_team_and_a_clinic_that_two_do_is_none() -> None:
    plans = {"Dr A": FULL, "Dr B": CLINIC, "Dr C": CLINIC}
    assert [one.title for one in shared(plans)] == ["Memory clinic", "Rota lead"]
    assert found(plans=plans) == ["Rota lead: held by Dr B and Dr C"]


@pytest.mark.clause("CPFT-7.4.1-c", "BTH-3.4.1.4-c")
def test_what_nobody_holds_is_a_finding_of_the_team() -> None:
    requirements = [{"requirement": "Audit lead", "lead": ""}, {"requirement": "Teaching", "lead": "Dr A"}]
    said = found(
        plans={"Dr B": CLINIC}, requirements=requirements, rotas=[OnCall("Medical rota", 0), OnCall("Other", 3)]
    )
    assert said[0] == "Audit lead (in the team plan, without a lead)"
    assert "Research: in nobody’s plan" in said
    assert "Managerial work: in nobody’s plan" not in said
    assert said[-1] == "Nobody is on the on-call rota “Medical rota”."


def test_a_team_without_plans_is_not_told_that_nobody_does_anything() -> None:
    assert found(plans={}) == []


def all_lacking(trust: str) -> list[Gap]:
    """What a policy finds in a team in which everything is wrong that can be."""
    clinic = services({"Dr B": CLINIC}, None, NEED)
    lead = [{"requirement": "Audit lead", "lead": ""}]
    plans = {"Dr B": CLINIC, "Dr C": CLINIC}
    return list(gaps(plans, RULES[trust], requirements=lead, served=clinic, rotas=[OnCall("Medical rota", 0)]))


@pytest.mark.parametrize(("trust", "prefix"), [("cumbria", "CPFT-"), ("blackpool", "BTH-")])
def test_a_team_is_told_the_clauses_of_its_own_policy_and_no_others(trust: str, prefix: str) -> None:
    listed = {line.partition(",")[0] for line in FILES["clauses.csv"].splitlines()}
    named = {clause for gap in all_lacking(trust) for clause in gap.clauses}
    assert named
    assert named <= listed
    assert {clause for clause in named if not clause.startswith(prefix)} == set()
    assert {gap.rule for gap in all_lacking(trust)} == set(RULES[trust]), "a rule that is named is known"


@pytest.mark.clause("BTH-3.4.1.4-d")
def test_blackpool_asks_who_leads_and_not_that_each_kind_of_work_is_somebodys() -> None:
    found = {gap.rule: gap.clauses for gap in all_lacking("blackpool")}
    assert found["requirement_without_lead"] == found["lead_held_twice"] == ("BTH-3.4.1.4-d",)
    assert "held_by_nobody" not in found
    assert "held_by_nobody" in {gap.rule for gap in all_lacking("cumbria")}


PLANS = st.dictionaries(
    st.sampled_from(["Dr A", "Dr B", "Dr C"]),
    st.builds(
        lambda lines: plan(
            *(
                activity(str(place), category, str(pas), title=title)
                for place, (category, pas, title) in enumerate(lines)
            )
        ),
        st.lists(
            st.tuples(
                st.sampled_from(list(CATEGORIES)),
                st.fractions(0, 10, max_denominator=8),
                st.sampled_from(["Clinic", "clinic ", "Ward"]),
            ),
            max_size=5,
        ),
    ),
)


@given(PLANS)
def test_the_services_together_come_to_the_clinical_pas_of_the_team(plans: dict[str, object]) -> None:
    done = services(plans, None, [])  # type: ignore[arg-type]
    totals = [each.totals().by_category for each in plans.values()]  # type: ignore[attr-defined]
    clinical = sum((sums["dcc"] + sums["on_call"] for sums in totals), Fraction(0))
    assert sum((one.now for one in done), Fraction(0)) == clinical

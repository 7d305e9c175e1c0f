"""An agreement on extra programmed activities in pay and pension, on its own page."""

from collections.abc import Callable

import pytest

from tests.cases.extra import accepted
from tests.cases.walk import Walk
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
YEARLY = {"extra_basis": "yearly", "extra_pas": None, "extra_pas_yearly": 24, "by": "doctor"}


def worked_out(walk: Walk, visit: Visit, **changes: object) -> tuple[Visitor, str]:
    """The doctor at the page of an agreement, and its address."""
    address = f"/cases/{accepted(walk, **changes)}/extra"
    doctor = visit(walk.house.doctor)
    assert f"{address}/pay" in doctor.open(address).links
    doctor.open(f"{address}/pay")
    return doctor, f"{address}/pay"


@pytest.mark.clause("BTH-App3.3-c", "BTH-App3.3-f")
def test_what_ends_with_a_regular_agreement_is_a_tenth_a_pa_unprotected_and_not_pensionable_above_ten(
    walk: Walk, visit: Visit
) -> None:
    doctor, address = worked_out(walk, visit)
    assert "10 of 11 PAs a week: ending this agreement changes nothing. Up to 10 a week count." in doctor.page.text
    assert "Pay for it ends too. It is not protected." in doctor.page.text
    text = doctor.send(address, {"answer-salary": "105000"}).text
    assert "When it ends, pay falls by £10,500 a year. Pay for additional PAs is not protected." in text
    assert "11 PA before, 10 PA after: £10,500" in text
    assert "pay falls" not in doctor.open(address).text, "the salary is not kept"


@pytest.mark.clause("BTH-App3.3-d")
def test_a_regular_agreement_is_paid_in_weeks_of_leave_and_one_used_as_needed_by_what_is_agreed(
    walk: Walk, visit: Visit
) -> None:
    doctor, _ = worked_out(walk, visit)
    assert "Paid in weeks of annual leave, study leave and sick leave too, as they are regular." in doctor.page.text


@pytest.mark.clause("BTH-App3.3-e", "BTH-App3.3-d")
def test_a_number_used_as_needed_is_paid_in_equal_parts_over_the_year(walk: Walk, visit: Visit) -> None:
    doctor, address = worked_out(walk, visit, **YEARLY)
    assert "A number used as needed: paid for what is agreed in all" in doctor.page.text
    text = doctor.send(address, {"answer-salary": "104000"}).text
    assert "12 equal payments of £400. For 24 PAs in all" in text
    assert "1/10 of basic pay over 52 weeks: £200" in text


def test_a_salary_has_to_be_a_sum_of_money(walk: Walk, visit: Visit) -> None:
    doctor, address = worked_out(walk, visit)
    assert doctor.send(address, {"answer-salary": "a lot"}, status=422).problems


@pytest.mark.parametrize(
    ("part", "status"),
    [("manager", 200), ("amd", 200), ("directorate", 200), ("medical_director", 200), ("hr", 403), ("finance", 403),
     ("service_manager", 403), ("colleague", 403), ("board_secretary", 403)],
)  # fmt: skip
def test_it_is_open_to_whoever_reads_the_agreement(walk: Walk, visit: Visit, part: str, status: int) -> None:
    reference = accepted(walk)
    visit(getattr(walk.house, part)).open(f"/cases/{reference}/extra/pay", status=status)

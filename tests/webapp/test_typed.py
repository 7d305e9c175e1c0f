"""What people type that must not be taken for something else, and what no database can keep."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tests.factories import World
from tests.webapp.visitor import Visitor
from webapp.forms.fields import Number
from workflows.domain.errors import BadValues
from workflows.domain.rows import check_reasons
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
HUGE = "9" * 20


@pytest.mark.parametrize("room", ["steps", "plans", "deadlines", "teams", "team-plans"])
def test_there_is_no_page_of_an_id_that_no_database_gives(world: World, visit: Visit, room: str) -> None:
    visitor = visit(world.cpft.directorate)
    for number in (HUGE, str(2**31), str(2**31 - 1)):
        assert visitor.open(f"/{room}/{number}", status=404).heading == "Page not found"


def test_notices_with_ids_beyond_all_bounds_are_passed_over(world: World, visit: Visit) -> None:
    visitor = visit(world.cpft.doctor)
    assert visitor.send("/notices/read", {"notice": [HUGE, "²", "-1", "x", "999999"]}).heading == "My steps"


@pytest.mark.parametrize(
    "address", ["/?q=a\0b", "/cases?q=\0", "/cases?status=a&team=\0", "/cases/CPFT\0", "/teams?\0=x"]
)
def test_a_null_character_in_an_address_is_refused_in_words(world: World, visit: Visit, address: str) -> None:
    visitor = visit(world.cpft.directorate)
    page = visitor.open(quote(address, safe="/?=&"), status=400)
    assert page.heading == "That could not be read"
    assert visitor.open("/").status == visitor.open("/cases").status == 200, "a filter that failed is not remembered"


def test_a_null_character_in_a_form_is_refused_in_words(world: World, visit: Visit) -> None:
    visitor = visit(world.cpft.doctor)
    page = visitor.send("/sign-in", {"email": "a\0@cpft.example", "password": "x"}, status=400)
    assert "Take it out and send it again." in page.text


def test_a_reason_with_a_null_character_is_refused() -> None:
    with pytest.raises(BadValues) as refused:
        check_reasons({"dcc": "a\0b"}, ["dcc"])
    assert "unusable sign" in refused.value.problems["return_reasons.dcc"]


class OneNumber(Form):
    pas = Number("PAs a week")


@pytest.mark.parametrize(("typed", "meant"), [("1.5", "1.5"), ("1,000", "1000"), ("1,5", None), ("1,50", None)])
def test_a_comma_never_turns_one_and_a_half_into_fifteen(typed: str, meant: str | None) -> None:
    read = OneNumber(MultiDict({"pas": typed})).pas.data
    assert (None if read is None else str(read)) == meant

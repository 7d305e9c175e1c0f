"""Views of the board under names of one's own."""

from collections.abc import Callable

import pytest

from tests.factories import House
from tests.factories.disputes import open_dispute
from tests.webapp.apps import Store
from tests.webapp.test_disputes import listed
from tests.webapp.test_people import answers
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
NEW = "/disputes/views/new"


def save(visitor: Visitor, name: str, asked: str, status: int = 200) -> str:
    """Save the filters of an address; returns what the page then says."""
    visitor.open(f"{NEW}?{asked}")
    return visitor.send(f"{NEW}?{asked}", answers(name=name), status=status).text


def test_filters_are_saved_under_a_name_and_opened_with_one_press(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        open_dispute(session, cpft, due=9)
        late = open_dispute(session, cpft, stage="mediation", due=-1).reference
    visitor = visit(cpft.amd)
    assert f"{NEW}?stage=mediation&late=yes" in visitor.open("/disputes?stage=mediation&late=yes").links
    visitor.open(f"{NEW}?stage=mediation&late=yes")
    assert "It shows: open disputes in the stage “Mediation”, late only." in visitor.page.text
    save(visitor, "  Late   mediations ", "stage=mediation&late=yes")
    visitor.open("/disputes?all=yes")
    [way] = [one.get("href", "") for one in visitor.page.root.iter("a") if one.text == "Late mediations"]
    assert listed(visitor.open(way)) == [late]


def test_a_view_is_renamed_and_deleted(cpft: House, visit: Visit) -> None:
    visitor = visit(cpft.amd)
    save(visitor, "Late", "late=yes")
    page = visitor.open("/disputes/views")
    [rename] = [link for link in page.links if link.endswith("/rename")]
    visitor.open(rename)
    page = visitor.send(rename, answers(name="Overdue"))
    assert "Overdue" in page.text
    assert "late only" in page.text
    page = visitor.send(rename.replace("rename", "delete"), {})
    assert "The view “Overdue” is deleted." in page.text
    assert "You have none yet." in page.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("late", "You have a view called “late” already."),
        ("x" * 61, "Give the view a name of at most 60 characters."),
    ],
)
def test_a_name_is_refused_that_is_taken_or_too_long(cpft: House, visit: Visit, name: str, said: str) -> None:
    visitor = visit(cpft.amd)
    save(visitor, "Late", "late=yes")
    assert said in save(visitor, name, "stage=mediation", status=409)


def test_twenty_views_are_enough(cpft: House, visit: Visit) -> None:
    visitor = visit(cpft.amd)
    for number in range(20):
        save(visitor, f"View {number}", "late=yes")
    assert "You have 20 views" in save(visitor, "One more", "late=yes", status=409)


def test_views_are_nobody_elses(cpft: House, visit: Visit) -> None:
    visitor, other = visit(cpft.amd), visit(cpft.directorate)
    save(visitor, "Late", "late=yes")
    [rename] = [link for link in visitor.open("/disputes/views").links if link.endswith("/rename")]
    other.open(rename, status=404)
    other.open("/disputes/views")
    assert "You have none yet." in other.page.text
    other.send(rename.replace("rename", "delete"), {}, status=404)
    assert "Late" in visitor.open("/disputes/views").text


def test_whoever_follows_no_disputes_has_no_views(cpft: House, visit: Visit) -> None:
    visitor = visit(cpft.doctor)
    for address in ("/disputes/views", NEW, "/disputes/calendar"):
        visitor.open(address, status=403)
    visitor.open("/cases")
    visitor.send("/disputes/calendar/new", {}, status=403)

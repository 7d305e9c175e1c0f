"""Whether every case of a draft can end: a page that a process owner reads alone."""

from collections.abc import Callable

import pytest

from tests.factories import NOW, World, add_account, add_person, add_post
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.cases import Actor
from workflows.store.models import Person
from workflows.studio import drafts

Visit = Callable[[Person], Visitor]
PATH = "processes/mediation.bpmn"


class Draft:
    """A draft of CPFT's processes, and who changes it."""

    def __init__(self, store: Store, owner: Person, world: World) -> None:
        self.store, self.owner = store, owner
        self.by = Actor(person_id=owner.id, trust_id=world.cpft.trust.id)
        with store() as session:
            self.id = drafts.begin(session, by=self.by, name="Talks first", now=NOW)
            session.commit()

    @property
    def address(self) -> str:
        return f"/studio/drafts/{self.id}/soundness"

    def replace(self, old: str, new: str) -> None:
        """Put one text in the place of another in the drawing of mediation."""
        with self.store() as session:
            file = drafts.files(session, draft_id=self.id)[PATH]
            assert old in file
            drafts.save_file(
                session,
                by=self.by,
                draft_id=self.id,
                path=PATH,
                text=file.replace(old, new),
                read=0,
                said="Changed it",
                now=NOW,
            )
            session.commit()


@pytest.fixture
def draft(world: World, store: Store) -> Draft:
    """One that Yvonne Sharples, who owns the processes of CPFT, has begun."""
    with store() as session:
        person = add_person(session, trust=world.cpft.trust, name="Yvonne Sharples")
        add_post(session, person=person, role="process_owner", care_group=world.cpft.care_group, team=world.cpft.team)
        add_account(session, person=person, persona="Owns the processes of CPFT")
        session.commit()
    return Draft(store, person, world)


def test_a_draft_that_is_as_published_has_only_cases_that_end(draft: Draft, visit: Visit) -> None:
    page = visit(draft.owner).open(draft.address)
    assert "Whatever people answer, every case can come to its end." in page.text
    assert "Looked at all " in page.text
    assert "data-diagrams" not in page.text


def test_a_fault_is_told_with_its_answers_in_their_order_and_drawn_with_the_same_numbers(
    draft: Draft, visit: Visit
) -> None:
    draft.replace('case.mediation_result == "agreed"', 'case.mediation_result == "settled"')
    visitor = visit(draft.owner)
    page = visitor.open(draft.address)
    assert "One thing goes wrong." in page.text
    assert "No answers lead to “Agreed”" in page.text
    assert "it is never so that “What came of it?” is “settled”" in page.text
    assert "Is anybody in “Other parties”? No" in page.text
    assert not [raw for raw in ("case.", "policy.", "==") if raw in page.text]
    (region,) = (each for each in page.root.iter("div") if each.get("data-diagram"))
    assert region.get("data-place") == "mediation_agreed"
    numbers = dict(pair.split(":") for pair in region.get("data-numbers", "").split())
    way = ["".join(each.itertext()).split() for each in page.root.iter("li") if each.find("strong") is not None]
    assert " ".join(way[int(numbers["record_mediation"]) - 1]).startswith("Somebody does: Record the mediation")
    assert "record_mediation" in region.get("data-way", "").split()
    drawing = visitor.client.get(region.get("data-diagram", ""))
    assert drawing.mimetype == "application/xml"
    assert "settled" in drawing.text


def test_a_fault_of_a_stage_is_told_once_and_its_callers_point_to_it(draft: Draft, visit: Visit) -> None:
    draft.replace('case.mediation_result == "agreed"', 'case.mediation_result == "settled"')
    text = visit(draft.owner).open(draft.address).text
    assert text.count("No answers lead to “Agreed”") == 1
    assert "Goes wrong in Mediation" in text


def test_what_only_follows_from_a_fault_in_a_stage_stands_below_it_and_says_so(draft: Draft, visit: Visit) -> None:
    way = 'sourceRef="record_mediation" targetRef='
    draft.replace(f'{way}"agreement_reached"', f'{way}"book_mediation"')
    text = visit(draft.owner).open(draft.address).text
    cause, caller = "it goes round “Book the mediation meeting” and “Record the mediation”", "It calls Mediation, where"
    assert 0 < text.index(cause) < text.index(caller) < text.index("No answers lead to “What came of it?”")
    shown = visit(draft.owner).open(f"/studio/drafts/{draft.id}").text
    assert "Nothing leads to “Agreement?”. So it and 14 more cannot be reached from the start" in shown
    assert "2 faults stand in the way" in shown


def test_a_drawing_that_cannot_be_read_is_named_and_nothing_is_claimed_of_it(draft: Draft, visit: Visit) -> None:
    draft.replace("</bpmn:definitions>", "")
    text = visit(draft.owner).open(draft.address).text
    assert "nothing is known of them: processes/mediation.bpmn" in text
    assert "every case can come to its end" not in text


def test_the_other_trust_has_no_such_draft(draft: Draft, world: World, visit: Visit, store: Store) -> None:
    with store() as session:
        other = add_person(session, trust=world.bth.trust, name="Rita Hargreaves")
        add_post(session, person=other, role="process_owner", care_group=world.bth.care_group, team=world.bth.team)
        add_account(session, person=other, persona="Owns the processes of BTH")
        session.commit()
    visitor = visit(other)
    for address in (draft.address, f"{draft.address}/mediation.bpmn"):
        assert visitor.client.get(address).status_code == 404
    assert visit(draft.owner).client.get(f"{draft.address}/no_such_process.bpmn").status_code == 404

"""What a draft changes, as owner and approver read it: in words, with the two pictures beside it."""

from collections.abc import Callable

import pytest

from tests.factories import NOW, World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import actor, begun, of_the_studio
from tests.webapp.visitor import Visitor
from workflows.domain.releases import content_hash
from workflows.engine.editing.steps import NewStep
from workflows.engine.editing.together import add_beside
from workflows.store.models import Person
from workflows.studio import drafts, publishing

Visit = Callable[[Person], Visitor]
MEDIATION, NATIONAL = "processes/mediation.bpmn", "policies/national_england.toml"


@pytest.fixture
def draft_id(owner: Person, store: Store) -> int:
    """A draft with a changed diagram and a longer deadline."""
    files = shipped_files()
    changed: dict[str, str | None] = {
        MEDIATION: files[MEDIATION].replace('name="Name the mediator"', 'name="Choose the mediator"'),
        NATIONAL: files[NATIONAL].replace('length = "28 days"', 'length = "6 weeks"'),
    }
    return begun(store, owner, changed)


def test_a_draft_leads_to_what_it_changes_in_words(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    visitor.open(f"/studio/drafts/{draft_id}")
    assert f"/studio/drafts/{draft_id}/changes" in visitor.page.links
    visitor.open(f"/studio/drafts/{draft_id}/changes")
    said = visitor.page.text
    assert "2 files differ from release 1: 2 changes." in said
    assert "~ Changed Step “Choose the mediator”" in said
    assert "Length: 28 days → becomes 6 weeks" in said


def test_an_approver_is_led_to_it_before_deciding(
    world: World, store: Store, owner: Person, visit: Visit, draft_id: int
) -> None:
    address, by = f"/studio/drafts/{draft_id}", actor(owner)
    with store() as session:
        read = content_hash(drafts.files(session, draft_id=draft_id))
        publishing.submit(session, by=by, draft_id=draft_id, read=read, words="People asked for it.", now=NOW)
        session.commit()
    visitor = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    visitor.open(f"{address}/approve")
    assert f"{address}/changes" in visitor.page.links
    visitor.open(f"{address}/changes")
    assert "People asked for it." in visitor.page.text


def test_each_side_of_a_diagram_is_given_to_its_picture(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    for side, name in (("before", "Name the mediator"), ("after", "Choose the mediator")):
        answer = visitor.client.get(f"/studio/drafts/{draft_id}/changes/{side}/mediation.bpmn")
        assert answer.status_code == 200
        assert f'name="{name}"' in answer.text
        assert answer.mimetype == "text/plain"
    for nowhere in ("between/mediation.bpmn", "after/no_such_process.bpmn"):
        assert visitor.client.get(f"/studio/drafts/{draft_id}/changes/{nowhere}").status_code == 404


def test_nobody_else_and_no_other_trust_reads_it(world: World, visit: Visit, draft_id: int) -> None:
    for person in (world.cpft.doctor, world.bth.directorate):
        visitor = visit(person)
        visitor.open(f"/studio/drafts/{draft_id}/changes", 404)
        visitor.open(f"/studio/drafts/{draft_id}/changes/after/mediation.bpmn", 404)


def test_the_page_says_that_the_picture_was_laid_out_anew_and_folds_what_only_joins_a_step(
    owner: Person, visit: Visit, store: Store
) -> None:
    step = NewStep("Tell the team", "clinical_manager", "Say what is being decided.")
    made = add_beside(shipped_files()[MEDIATION], "decide", step)
    visitor = visit(owner)
    page = visitor.open(f"/studio/drafts/{begun(store, owner, {MEDIATION: made.text})}/changes")
    assert "1 file differs from release 1: 1 change." in page.text
    assert "+ New Step “Tell the team”, at the same time as “Decide in writing”" in page.text
    assert "The picture was laid out anew." in page.text
    folds = [" ".join(" ".join(each.itertext()).split()) for each in page.root.iter("details")]
    assert any("+ New Way from “Tell the team” to" in fold for fold in folds)
    assert "moved on the picture" not in page.text

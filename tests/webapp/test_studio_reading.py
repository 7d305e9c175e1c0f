"""A draft as those find it who may not change it: what its links and pages say is what they may do there."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import World, own_files, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import STEP, Cast
from workflows.domain.releases import content_hash
from workflows.store.models import ReleaseFile

NATIONAL = "policies/national_england.toml"
MOVES = ('move = ["process_owner"]', 'move = ["service_manager"]')
PAGES = ("", "/diagrams/mediation", "/list/mediation", "/tables/spa_minimum", "/policy", "/letters/board_decision")
TO_CHANGE = {
    "Draw",
    "Look and change",
    "Change",
    "Change titles",
    "Look for repairs",
    "Add a rule",
    "Take this letter out",
}
TOLD = ("What to mend", "Whatever you change", "What can be inserted", "Mend it")
"""What links and pages say to whoever may change a draft, and to nobody else."""


@pytest.fixture
def cast(app: Flask, store: Store, world: World) -> Cast:
    return Cast(app, store, world.bth)


@pytest.fixture
def service_managers_move(cast: Cast, store: Store) -> None:
    """At this trust, service managers move running cases to another release; they do nothing else in the studio."""
    with store() as session:
        release = session.merge(cast.house.release)
        file = session.scalar(select(ReleaseFile).filter_by(release_id=release.id, path=NATIONAL))
        assert file
        file.text = file.text.replace(*MOVES)
        release.content_hash = content_hash({**own_files(shipped_files(), cast.house.trust), NATIONAL: file.text})
        session.commit()


@pytest.mark.usefixtures("service_managers_move")
@pytest.mark.parametrize("role", ["approver", "mover"])
def test_whoever_may_not_change_a_draft_is_asked_to_look_and_led_only_where_they_may_go(cast: Cast, role: str) -> None:
    faulty = shipped_files()[STEP].replace('name="Decide in writing"', "")
    draft_id = cast.draft(faulty)
    visitor = cast.at(cast.approver if role == "approver" else cast.house.service_manager)
    ways: dict[str, str] = {}
    for end in PAGES:
        page = visitor.open(f"/studio/drafts/{draft_id}{end}")
        assert TO_CHANGE.isdisjoint(page.text_of(link).partition(":")[0].strip() for link in page.root.iter("a")), end
        assert [words for words in TOLD if words in page.text] == [], end
        ways |= {kind(link): link for link in page.links if link.startswith("/studio/drafts")}
    for way in ways.values():
        assert visitor.client.get(way).status_code == 200, way
    told = visitor.open(f"/studio/drafts/{draft_id}").text
    assert "Look at the picture : Mediation" in told
    assert ("You will be told when it is submitted" in told) == (role == "approver")


def kind(address: str) -> str:
    """An address without the name of a file."""
    return "/".join(address.partition("#")[0].split("/")[:5])


def test_whoever_may_change_a_draft_draws_it_until_it_is_closed(cast: Cast) -> None:
    draft_id = cast.draft()
    owner = cast.at(cast.owner)
    assert "Draw : Calm mediation" in owner.open(f"/studio/drafts/{draft_id}").text
    assert "What to mend" in owner.open(f"/studio/drafts/{draft_id}/tables/spa_minimum").text
    owner.open(f"/studio/drafts/{draft_id}/drop")
    owner.send(f"/studio/drafts/{draft_id}/drop", {})
    assert "Look at the picture : Calm mediation" in owner.open(f"/studio/drafts/{draft_id}").text

"""Who looks after the processes of either trust, and drafts of theirs."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import NOW, House, World, add_account, add_person, add_post, shipped_files
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.cases import Actor
from workflows.domain.releases import content_hash
from workflows.store import release_drafts
from workflows.store.models import Person
from workflows.studio import drafts

STEP = "processes/mediation.bpmn"
CALM = ('id="mediation" name="Mediation"', 'id="mediation" name="Calm mediation"')
NOTHING: Mapping[str, str] = MappingProxyType({})


def of_the_studio(world: World, store: Store, name: str, role: str) -> Person:
    """Somebody with a role of the studio, at a persona's button."""
    with store() as session:
        person = add_person(session, trust=world.cpft.trust, name=name)
        add_post(session, person=person, role=role, care_group=world.cpft.care_group, team=world.cpft.team)
        add_account(session, person=person, persona=f"{name} in the studio")
        session.commit()
        return person


def actor(person: Person) -> Actor:
    """Somebody who acts."""
    return Actor(person_id=person.id, trust_id=person.trust_id)


def begun(store: Store, owner: Person, changed: Mapping[str, str | None] | None = None) -> int:
    """A draft with these files changed; its id."""
    with store() as session:
        draft_id = drafts.begin(session, by=actor(owner), name="Talks first", now=NOW)
        for path, text in (changed or {}).items():
            about = {"path": path, "text": text, "read": 0, "said": "Changed.", "now": NOW}
            drafts.save_file(session, by=actor(owner), draft_id=draft_id, **about)  # type: ignore[arg-type]
        session.commit()
    return draft_id


def text_of(store: Store, draft_id: int, path: str) -> str | None:
    """A file of a draft as it is kept."""
    with store() as session:
        return drafts.files(session, draft_id=draft_id).get(path)


class Cast:
    """Who looks after the processes of Blackpool, each at a browser of their own."""

    def __init__(self, app: Flask, store: Store, house: House) -> None:
        self.app, self.store, self.house = app, store, house
        with store() as session:
            self.owner = self._person(session, "Yvonne Sharples", "process_owner")
            self.second = self._person(session, "Alan Dewhurst", "process_owner")
            self.approver = self._person(session, "Zoe Catterall", "process_approver")
            session.merge(house.release).content_hash = content_hash(shipped_files())

    def _person(self, session: Session, name: str, role: str) -> Person:
        person = add_person(session, trust=self.house.trust, name=name)
        add_post(session, person=person, role=role, care_group=self.house.care_group, team=self.house.team)
        add_account(session, person=person, persona=name)
        return person

    def at(self, person: Person) -> Visitor:
        """A browser in which somebody is signed in."""
        return Visitor(self.app).sign_in(person)

    def draft(self, text: str | None = None, by: Person | None = None) -> int:
        """A draft in which the mediation has another name, or another text."""
        with self.store() as session:
            acting = actor(by or self.owner)
            draft_id = drafts.begin(session, by=acting, name="A calmer mediation", now=NOW)
            changed = shipped_files()[STEP].replace(*CALM) if text is None else text
            save(session, acting, draft_id, changed, said="Gave the mediation another name.")
        return draft_id

    def status(self, draft_id: int) -> str:
        """How a draft stands."""
        with self.store() as session:
            found = release_drafts.of_id(session, draft_id=draft_id)
            assert found is not None
            return found.status


def save(session: Session, by: Actor, draft_id: int, text: str, read: int = 0, said: str = "Changed it.") -> None:
    drafts.save_file(session, by=by, draft_id=draft_id, path=STEP, text=text, read=read, said=said, now=NOW)


def press(visitor: Visitor, address: str, typed: Mapping[str, str] = NOTHING, status: int = 200) -> None:
    """Open a page of the studio and send its form."""
    visitor.open(address)
    visitor.send(address, {**seen(visitor), **typed}, status)


def seen(visitor: Visitor) -> dict[str, str]:
    """What the open page's form holds by itself."""
    form = next(
        each for each in visitor.page.root.iter("form") if each.get("method") == "post" and not each.get("action")
    )
    return {box.get("name", ""): box.get("value", "") for box in form.iter("input") if box.get("type") == "hidden"}


def approved(cast: Cast) -> int:
    draft_id = cast.draft()
    press(cast.at(cast.owner), f"/studio/drafts/{draft_id}/submit", {"answer-words": "People asked for it."})
    decide(cast.at(cast.approver), draft_id)
    return draft_id


def decide(visitor: Visitor, draft_id: int, decision: str = "approve", words: str = "", status: int = 200) -> None:
    said = {"answer-decision": decision, "answer-words": words}
    press(visitor, f"/studio/drafts/{draft_id}/approve", said, status)

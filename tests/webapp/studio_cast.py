"""Who looks after the processes of CPFT, and drafts of theirs."""

from collections.abc import Mapping

from tests.factories import NOW, World, add_account, add_person, add_post
from tests.webapp.conftest import Store
from workflows.cases import Actor
from workflows.store.models import Person
from workflows.studio import drafts


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

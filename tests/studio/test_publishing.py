"""From a draft to what new cases start on: submitted with a note, approved by somebody else, published as approved."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import NOW, House, add_post
from tests.store.threads import at_once
from tests.studio.conftest import STEP, Studio, by, reader
from workflows.domain.errors import Broken
from workflows.domain.releases import content_hash
from workflows.store import acts, release_drafts, releases
from workflows.store import notices as notice_rows
from workflows.store.models import Person, Release, ReleaseDraft
from workflows.studio import drafts, publishing
from workflows.studio.pages import DraftPage, Released, draft_page, problems
from workflows.studio.rights import MayNotApprove, MayNotEdit, MayNotPublish, NotYourStudio

NAME = 'id="mediation" name="Mediation"'


NEVER_AGREED = ('case.mediation_result == "agreed"', 'case.mediation_result == "settled"')
SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def changed(studio: Studio, name: str = "Calm mediation") -> str:
    text = studio.base[STEP]
    assert text.count(NAME) == 1
    return text.replace(NAME, f'id="mediation" name="{name}"')


def begun(session: Session, studio: Studio, text: str | None = None) -> int:
    draft_id = drafts.begin(session, by=by(studio.owner), name="A calmer mediation", now=NOW)
    save(session, studio, draft_id, changed(studio) if text is None else text)
    return draft_id


def save(
    session: Session, studio: Studio, draft_id: int, text: str, who: Person | None = None, path: str = STEP
) -> None:
    read = drafts.file(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, path=path).version
    said = {"path": path, "text": text, "read": read, "said": "Changed the diagram.", "now": NOW}
    drafts.save_file(session, by=by(who or studio.owner), draft_id=draft_id, **said)  # type: ignore[arg-type]


def content(session: Session, draft_id: int) -> str:
    return content_hash(drafts.files(session, draft_id=draft_id))


def submit(session: Session, who: Person, draft_id: int, words: str = "People asked for it.") -> None:
    read = content(session, draft_id)
    publishing.submit(session, by=by(who), draft_id=draft_id, read=read, words=words, now=NOW)


def approve(session: Session, who: Person, draft_id: int) -> None:
    read = content(session, draft_id)
    publishing.approve(session, by=by(who), draft_id=draft_id, read=read, words="", now=NOW)


def give_back(session: Session, who: Person, draft_id: int, words: str = "The name is odd.") -> None:
    read = content(session, draft_id)
    publishing.give_back(session, by=by(who), draft_id=draft_id, read=read, words=words, now=NOW)


def publish(session: Session, who: Person, draft_id: int) -> int:
    return publishing.publish(session, by=by(who), draft_id=draft_id, read=content(session, draft_id), now=NOW)


def approved(session: Session, studio: Studio) -> int:
    draft_id = begun(session, studio)
    submit(session, studio.owner, draft_id)
    approve(session, studio.approver, draft_id)
    return draft_id


def page_of(session: Session, studio: Studio, draft_id: int) -> DraftPage:
    return draft_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, now=NOW)


def told(session: Session, person: Person) -> list[str]:
    found = notice_rows.unread(session, trust_id=person.trust_id, person_id=person.id, limit=9)
    return [row.notice.subject for row in found]


def test_a_submitted_approved_and_published_draft_is_what_new_cases_start_on(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    submit(session, studio.owner, draft_id)
    assert told(session, studio.approver) == ["A change of the processes waits for your approval"]
    approve(session, studio.approver, draft_id)
    assert told(session, studio.owner) == ["A change of the processes was approved"]
    release_id = publish(session, studio.second, draft_id)
    release = releases.published(session, trust_id=studio.house.trust.id)
    assert release is not None
    assert (release.id, release.number, release.note) == (release_id, 2, "People asked for it.")
    assert releases.files(session, release_id=release_id)[STEP] == changed(studio)
    old = releases.by_number(session, trust_id=studio.house.trust.id, number=1)
    assert old is not None
    assert old.status == "superseded"
    assert releases.files(session, release_id=old.id) == studio.base, "an old release stays as it was"
    page = page_of(session, studio, draft_id)
    assert page.status == "published"
    assert page.release == Released(number=2, at=NOW, newest=None)
    assert [one.kind for one in page.decisions] == ["published", "approved", "submitted"]
    done = [act.kind for act in acts.newest(session, trust_id=studio.house.trust.id, limit=9)]
    assert done == ["release_published", "draft_approved", "draft_submitted", "draft_begun"]


def test_a_submission_needs_words_and_a_change(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    for words in ("", "  ", "x" * 2001):
        with pytest.raises(publishing.NoteNeeded):
            submit(session, studio.owner, draft_id, words)
    save(session, studio, draft_id, studio.base[STEP])
    with pytest.raises(publishing.NothingChanged):
        submit(session, studio.owner, draft_id)


def test_a_draft_with_a_fault_is_kept_but_not_submitted(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio, "<html/>")
    with pytest.raises(publishing.Faulty, match=r"Nothing was sent: \d+ faults were found|one fault was found"):
        submit(session, studio.owner, draft_id)
    assert page_of(session, studio, draft_id).status == "open"


@SQLITE_ALONE
def test_a_draft_in_which_no_answers_lead_to_a_step_is_not_submitted(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio, studio.base[STEP].replace(*NEVER_AGREED))
    assert problems(drafts.files(session, draft_id=draft_id)) == [], "it is no fault of one element"
    page = page_of(session, studio, draft_id)
    [fault] = page.problems
    assert fault.sentence.startswith("No answers lead to")
    assert fault.way[-1].startswith("Record the mediation")
    assert page.places[fault.file, fault.element] == "“Agreed”"
    with pytest.raises(publishing.Faulty, match="one fault was found"):
        submit(session, studio.owner, draft_id)


def test_whoever_changed_or_submitted_a_draft_never_approves_it(session: Session, studio: Studio) -> None:
    house = studio.house
    for person in (studio.owner, studio.second):
        add_post(session, person=person, role="process_approver", care_group=house.care_group, team=house.team)
    draft_id = begun(session, studio)
    submit(session, studio.second, draft_id)
    for person in (studio.owner, studio.second):
        with pytest.raises(publishing.OwnWork):
            approve(session, person, draft_id)
        with pytest.raises(publishing.OwnWork):
            give_back(session, person, draft_id)
    assert page_of(session, studio, draft_id).took_part
    approve(session, studio.approver, draft_id)


def test_whoever_undid_something_in_a_draft_had_a_part_in_it(session: Session, studio: Studio) -> None:
    house = studio.house
    add_post(session, person=studio.second, role="process_approver", care_group=house.care_group, team=house.team)
    draft_id = begun(session, studio)
    drafts.undo(session, by=by(studio.second), draft_id=draft_id, number=1, now=NOW)
    drafts.redo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW)
    drafts.undo(session, by=by(studio.second), draft_id=draft_id, number=1, now=NOW)
    save(session, studio, draft_id, changed(studio, "Mediation, calmly"))
    submit(session, studio.owner, draft_id)
    with pytest.raises(publishing.OwnWork):
        approve(session, studio.second, draft_id)


def test_an_edit_after_the_approval_takes_it_away(session: Session, studio: Studio) -> None:
    draft_id = approved(session, studio)
    save(session, studio, draft_id, changed(studio, "Calmer mediation"))
    page = page_of(session, studio, draft_id)
    assert page.status == "open"
    assert page.lost_approval
    with pytest.raises(publishing.NotApproved):
        publish(session, studio.owner, draft_id)


def test_what_was_not_looked_at_is_not_decided_on(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    submit(session, studio.owner, draft_id)
    seen = content(session, draft_id)
    save(session, studio, draft_id, changed(studio, "Calmer mediation"))
    submit(session, studio.owner, draft_id)
    about = {"by": by(studio.approver), "draft_id": draft_id, "read": seen, "now": NOW}
    for verb in (publishing.approve, publishing.give_back):
        with pytest.raises(publishing.Changed):
            verb(session, words="Fine.", **about)  # type: ignore[arg-type]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_change_between_a_page_and_its_verb_is_not_decided_on(engine: Engine, studio: Studio) -> None:
    with Session(engine) as session:
        draft_id = begun(session, studio)
        submit(session, studio.owner, draft_id)
        session.commit()
    with Session(engine) as deciding, Session(engine) as drawing:
        viewer = reader(studio.approver, "process_approver")
        page = draft_page(deciding, viewer=viewer, draft_id=draft_id, now=NOW)
        held = release_drafts.files(deciding, draft_id=draft_id)
        save(drawing, studio, draft_id, changed(studio, "Calmer mediation"))
        submit(drawing, studio.owner, draft_id)
        drawing.commit()
        about = {"by": by(studio.approver), "draft_id": draft_id, "read": page.content_hash, "words": "", "now": NOW}
        with pytest.raises(publishing.Changed):
            publishing.approve(deciding, **about)  # type: ignore[arg-type]
        assert held, "what the page has read is still there, and is not what is decided on"


def test_a_returned_draft_is_open_again_and_its_maker_reads_why(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    submit(session, studio.owner, draft_id)
    with pytest.raises(publishing.NoteNeeded):
        give_back(session, studio.approver, draft_id, " ")
    give_back(session, studio.approver, draft_id)
    page = page_of(session, studio, draft_id)
    assert (page.status, page.decisions[0].note) == ("open", "The name is odd.")
    assert told(session, studio.owner) == ["A change of the processes was returned"]
    with pytest.raises(publishing.NotSubmitted):
        approve(session, studio.approver, draft_id)


def test_an_approved_draft_can_still_be_returned_or_withdrawn(session: Session, studio: Studio) -> None:
    draft_id = approved(session, studio)
    give_back(session, studio.approver, draft_id)
    submit(session, studio.owner, draft_id)
    approve(session, studio.approver, draft_id)
    publishing.withdraw(session, by=by(studio.owner), draft_id=draft_id, now=NOW)
    with pytest.raises(publishing.NotApproved):
        publish(session, studio.owner, draft_id)
    with pytest.raises(publishing.NotSubmitted):
        publishing.withdraw(session, by=by(studio.owner), draft_id=draft_id, now=NOW)


def test_each_act_wants_its_own_permission(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    acting: list[tuple[Callable[[Session, Person, int], object], Person, type[Broken]]] = [
        (submit, studio.approver, MayNotEdit),
        (approve, studio.second, MayNotApprove),
        (give_back, studio.second, MayNotApprove),
        (publish, studio.approver, MayNotPublish),
    ]
    for act, person, error in acting:
        with pytest.raises(error):
            act(session, person, draft_id)
        with pytest.raises(NotYourStudio):
            act(session, studio.house.doctor, draft_id)
        with pytest.raises((drafts.NoSuchDraft, MayNotApprove)):
            act(session, studio.there, draft_id)
    with pytest.raises(MayNotEdit):
        publishing.withdraw(session, by=by(studio.approver), draft_id=draft_id, now=NOW)
    with pytest.raises(MayNotEdit):
        publishing.publish_again(session, by=by(studio.approver), number=1, words="Better.", now=NOW)


def test_permissions_are_those_of_the_published_policy_not_of_the_draft(session: Session, studio: Studio) -> None:
    path = "policies/blackpool.toml"
    draft_id = begun(session, studio)
    own = studio.base[path].replace("[bodies]", '[studio]\napprove = ["process_owner"]\n\n[bodies]', 1)
    save(session, studio, draft_id, own, path=path)
    submit(session, studio.owner, draft_id)
    with pytest.raises(MayNotApprove):
        approve(session, studio.second, draft_id)
    approve(session, studio.approver, draft_id)
    publish(session, studio.owner, draft_id)
    later = begun(session, studio, changed(studio, "Mediation, later"))
    submit(session, studio.owner, later)
    with pytest.raises(NotYourStudio):
        approve(session, studio.approver, later)
    approve(session, studio.second, later)


def test_an_old_release_is_published_again_with_a_second_persons_approval(session: Session, studio: Studio) -> None:
    publish(session, studio.owner, approved(session, studio))
    again = {"by": by(studio.owner), "words": "Calm did not help.", "now": NOW}
    with pytest.raises(publishing.InForceAlready):
        publishing.publish_again(session, number=2, **again)  # type: ignore[arg-type]
    with pytest.raises(publishing.NoSuchRelease):
        publishing.publish_again(session, number=99, **again)  # type: ignore[arg-type]
    draft_id = publishing.publish_again(session, number=1, **again)  # type: ignore[arg-type]
    with pytest.raises(publishing.NotApproved):
        publish(session, studio.owner, draft_id)
    approve(session, studio.approver, draft_id)
    release_id = publish(session, studio.owner, draft_id)
    assert releases.files(session, release_id=release_id) == studio.base
    release = releases.by_id(session, release_id=release_id)
    assert release is not None
    assert (release.number, release.note) == (3, "Release 1 again. Calm did not help.")
    [newest] = acts.newest(session, trust_id=studio.house.trust.id, limit=1)
    assert (newest.kind, newest.details) == ("release_published_again", {"again": 1, "release": 3})


def test_of_two_who_publish_at_once_one_does_and_the_release_is_there_once(engine: Engine, studio: Studio) -> None:
    with Session(engine) as session:
        draft_id = approved(session, studio)
        read = content(session, draft_id)
        session.commit()
    who = [by(studio.owner), by(studio.second)]

    def press(session: Session) -> int:
        try:
            return publishing.publish(session, by=who.pop(), draft_id=draft_id, read=read, now=NOW)
        except drafts.DraftClosed:
            return 0

    assert sorted(bool(found) for found in at_once(engine, press, threads=2)) == [False, True]
    with Session(engine) as session:
        assert count(session, studio.house) == 2


def test_of_two_drafts_that_are_published_at_once_one_is_told_of_the_other(engine: Engine, studio: Studio) -> None:
    with Session(engine) as session:
        waiting = [begun(session, studio), begun(session, studio, changed(studio, "Another mediation"))]
        for draft_id in waiting:
            submit(session, studio.owner, draft_id)
            approve(session, studio.approver, draft_id)
        reads = {draft_id: content(session, draft_id) for draft_id in waiting}
        session.commit()

    def press(session: Session) -> int:
        mine = session.info.setdefault("mine", waiting.pop() if waiting else 0)
        try:
            return publishing.publish(session, by=by(studio.owner), draft_id=mine, read=reads[mine], now=NOW)
        except publishing.OutOfDate:
            return 0

    assert sorted(bool(found) for found in at_once(engine, press, threads=2)) == [False, True]
    with Session(engine) as session:
        assert count(session, studio.house) == 2
        statuses = session.query(ReleaseDraft.status).order_by(ReleaseDraft.status).all()
        assert [status for (status,) in statuses] == ["approved", "published"]


def count(session: Session, house: House) -> int:
    return session.query(Release).filter_by(trust_id=house.trust.id).count()

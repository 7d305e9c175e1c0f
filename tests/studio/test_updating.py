"""A draft that another release overtook is brought up to date: file by file, or part by part."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW
from tests.studio.conftest import STEP, Studio, by, reader
from tests.studio.test_publishing import approve, begun, changed, page_of, publish, save, submit
from workflows.engine.editing.steps import rename
from workflows.studio import drafts, policy_texts, publishing, updating


def test_a_draft_over_an_older_release_is_brought_up_to_date_before_it_goes_on(
    session: Session, studio: Studio
) -> None:
    first, second = begun(session, studio), begun(session, studio, changed(studio, "Another mediation"))
    for draft_id in (first, second):
        submit(session, studio.owner, draft_id)
        approve(session, studio.approver, draft_id)
    publish(session, studio.owner, first)
    with pytest.raises(publishing.OutOfDate, match="Release 2 was published"):
        publish(session, studio.owner, second)
    page = page_of(session, studio, second)
    assert (page.base.number, page.base.newest) == (1, 2)
    update = updating.update_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=second)
    assert [line.path for line in update.both] == [STEP]
    bring = {"by": by(studio.owner), "draft_id": second, "now": NOW + timedelta(minutes=1)}
    with pytest.raises(updating.PublishedMeanwhile):
        updating.bring_up_to_date(session, release_id=page.base.id, choices={STEP: "ours"}, **bring)  # type: ignore[arg-type]
    with pytest.raises(updating.ChoiceNeeded):
        updating.bring_up_to_date(session, release_id=update.release_id, choices={}, **bring)  # type: ignore[arg-type]
    updating.bring_up_to_date(session, release_id=update.release_id, choices={STEP: "ours"}, **bring)  # type: ignore[arg-type]
    page = page_of(session, studio, second)
    assert (page.status, page.base.number, page.base.newest, page.undo) == ("open", 2, None, None)
    with pytest.raises(drafts.NothingToUndo):
        drafts.undo(session, by=by(studio.owner), draft_id=second, number=page.edits[0].number, now=NOW)
    submit(session, studio.owner, second)


def test_what_a_release_changed_elsewhere_comes_in_and_what_it_changed_too_may_be_taken_from_it(
    session: Session, studio: Studio
) -> None:
    letter = next(path for path in studio.base if path.startswith("letters/"))
    other = studio.base[letter].replace("title: ", "title: New: ", 1)
    first, second = begun(session, studio), begun(session, studio, changed(studio, "Another mediation"))
    save(session, studio, first, other, path=letter)
    submit(session, studio.owner, first)
    approve(session, studio.approver, first)
    publish(session, studio.owner, first)
    update = updating.update_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=second)
    assert [line.path for line in update.theirs] == [letter]
    about = {"by": by(studio.owner), "draft_id": second, "now": NOW, "release_id": update.release_id}
    updating.bring_up_to_date(session, choices={STEP: "theirs"}, **about)  # type: ignore[arg-type]
    whole = drafts.files(session, draft_id=second)
    assert (whole[letter], whole[STEP]) == (other, changed(studio))
    with pytest.raises(updating.UpToDate):
        updating.update_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=second)


def test_what_a_draft_and_a_release_changed_in_one_file_is_put_together(session: Session, studio: Studio) -> None:
    policy = "policies/blackpool.toml"
    ours = {
        STEP: rename(studio.base[STEP], "book_mediation", "Book it").text,
        policy: policy_texts.say(studio.base[policy], ("titles", "amd"), "Deputy"),
    }
    theirs = {
        STEP: rename(studio.base[STEP], "record_mediation", "Record it").text,
        policy: policy_texts.say(studio.base[policy], ("deadlines", "team_meeting", "length"), "21 days"),
    }
    first, second = (begun(session, studio, studio.base[STEP]) for _ in range(2))
    for draft_id, texts in ((first, theirs), (second, ours)):
        for path, text in texts.items():
            save(session, studio, draft_id, text, path=path)
    submit(session, studio.owner, first)
    approve(session, studio.approver, first)
    publish(session, studio.owner, first)
    update = updating.update_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=second)
    about = {"by": by(studio.owner), "draft_id": second, "now": NOW, "release_id": update.release_id}
    updating.bring_up_to_date(session, choices={STEP: "both", policy: "both"}, **about)  # type: ignore[arg-type]
    whole = drafts.files(session, draft_id=second)
    assert all(name in whole[STEP] for name in ('name="Book it"', 'name="Record it"'))
    assert whole[policy] == policy_texts.say(theirs[policy], ("titles", "amd"), "Deputy")
    submit(session, studio.owner, second)


@pytest.mark.parametrize("unfit", ["the same step", "the same entry", "a letter"])
def test_what_both_changed_otherwise_is_never_put_together(session: Session, studio: Studio, unfit: str) -> None:
    policy, letter = "policies/blackpool.toml", next(path for path in studio.base if path.startswith("letters/"))
    ways: dict[str, tuple[str, Callable[[str, str], str]]] = {
        "the same step": (STEP, lambda text, name: rename(text, "book_mediation", name).text),
        "the same entry": (policy, lambda text, name: policy_texts.say(text, ("titles", "amd"), name)),
        "a letter": (letter, lambda text, name: text.replace("title: ", f"title: {name} ", 1)),
    }
    path, change = ways[unfit]
    first, second = (begun(session, studio, studio.base[STEP]) for _ in range(2))
    save(session, studio, first, change(studio.base[path], "Deputy"), path=path)
    save(session, studio, second, change(studio.base[path], "Lieutenant"), path=path)
    submit(session, studio.owner, first)
    approve(session, studio.approver, first)
    publish(session, studio.owner, first)
    update = updating.update_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=second)
    assert update.offered(path) == ("ours", "theirs")
    about = {"by": by(studio.owner), "draft_id": second, "now": NOW, "release_id": update.release_id}
    with pytest.raises(updating.ChoiceNeeded):
        updating.bring_up_to_date(session, choices={path: "both"}, **about)  # type: ignore[arg-type]

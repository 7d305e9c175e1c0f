"""Drafts of the processes: begun, changed, undone and done again, by whoever may, and never over somebody's change."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import NOW
from tests.store.threads import at_once
from tests.studio.conftest import STEP, Studio, by, reader
from workflows.domain.errors import Broken
from workflows.store import acts
from workflows.studio import drafts
from workflows.studio.pages import draft_page, problems
from workflows.studio.rights import MayNotEdit, NotYourStudio

A_MINUTE = timedelta(minutes=1)
LETTER = "letters/a_new_letter.md"


def begun(session: Session, studio: Studio) -> int:
    return drafts.begin(session, by=by(studio.owner), name="A calmer mediation", now=NOW)


def save(session: Session, studio: Studio, draft_id: int, text: str | None, read: int = 0, **more: object) -> int:
    said = {"path": STEP, "said": "Changed the diagram.", "now": NOW, "by": by(studio.owner), **more}
    return drafts.save_file(session, draft_id=draft_id, text=text, read=read, **said)  # type: ignore[arg-type]


def text_of(session: Session, draft_id: int) -> str | None:
    return drafts.files(session, draft_id=draft_id).get(STEP)


def test_a_new_draft_is_the_published_release_with_nothing_changed(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    assert drafts.files(session, draft_id=draft_id) == studio.base
    page = draft_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, now=NOW)
    assert (page.name, page.status, page.changed, page.base.number) == ("A calmer mediation", "open", (), 1)
    assert {line.kind for line in page.files} == {"processes", "decisions", "policies", "letters"}
    assert ("mediation", "Mediation") in {(line.key, line.title) for line in page.files}
    assert [act.kind for act in acts.newest(session, trust_id=studio.house.trust.id, limit=1)] == ["draft_begun"]


def test_a_saved_file_lies_over_the_base_and_the_bases_own_text_takes_it_away(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    version = save(session, studio, draft_id, "<not-even-sound/>")
    assert version > 0
    assert text_of(session, draft_id) == "<not-even-sound/>"
    opened = drafts.file(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, path=STEP)
    assert opened == drafts.DraftFile(STEP, "<not-even-sound/>", version)
    assert save(session, studio, draft_id, studio.base[STEP], read=version) == 0
    assert drafts.files(session, draft_id=draft_id) == studio.base


def test_a_save_that_changes_line_ends_alone_changes_nothing(session: Session, studio: Studio) -> None:
    """Browsers send the words of a form with line ends of their own."""
    draft_id = begun(session, studio)
    assert save(session, studio, draft_id, studio.base[STEP].replace("\n", "\r\n")) == 0
    changed = studio.base[STEP].replace("Name the mediator", "Choose the mediator")
    save(session, studio, draft_id, changed.replace("\n", "\r\n"))
    assert text_of(session, draft_id) == changed
    save(session, studio, draft_id, "title: New\r\nto: amd\r\n", path=LETTER)
    assert drafts.files(session, draft_id=draft_id)[LETTER] == "title: New\nto: amd\n"


def test_a_file_keeps_the_line_ends_that_it_was_published_with() -> None:
    kept = "title: New\r\nto: amd\r\n"
    assert drafts.with_line_ends_of(kept, "title: New\nto: hr\r\n") == "title: New\r\nto: hr\r\n"
    assert drafts.with_line_ends_of(kept, kept) == kept


def test_a_file_is_added_and_another_taken_out(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    save(session, studio, draft_id, "title: New\nto: amd\n\nHello.\n", path=LETTER)
    save(session, studio, draft_id, None)
    whole = drafts.files(session, draft_id=draft_id)
    assert LETTER in whole
    assert STEP not in whole
    page = draft_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, now=NOW)
    assert {(line.path, line.change) for line in page.changed} == {(LETTER, "added"), (STEP, "removed")}
    with pytest.raises(drafts.NoSuchFile):
        drafts.file(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, path=STEP)


def test_a_second_window_is_told_who_changed_the_file_and_when_and_nothing_is_lost(
    session: Session, studio: Studio
) -> None:
    draft_id = begun(session, studio)
    save(session, studio, draft_id, "<mine/>")
    own = "You changed this since you opened it here, in another window, at 9:30am on 1 March 2027"
    with pytest.raises(drafts.Stale, match=own):
        save(session, studio, draft_id, "<theirs/>")
    with pytest.raises(drafts.Stale, match="Yvonne Sharples changed this"):
        save(session, studio, draft_id, "<theirs/>", by=by(studio.second))
    assert text_of(session, draft_id) == "<mine/>"


def test_of_two_windows_that_save_at_once_one_is_told_of_the_other(engine: Engine, studio: Studio) -> None:
    with Session(engine) as session:
        draft_id = begun(session, studio)
        session.commit()
    who = [by(studio.owner), by(studio.second)]

    def press(session: Session) -> int:
        mine = session.info.setdefault("mine", who.pop())
        try:
            return save(session, studio, draft_id, f"<of-{mine.person_id}/>", by=mine)
        except drafts.Stale:
            return 0

    assert sorted(bool(found) for found in at_once(engine, press, threads=2)) == [False, True]


def test_a_window_from_before_a_change_and_its_undoing_is_told_of_a_third_change(
    session: Session, studio: Studio
) -> None:
    draft_id = begun(session, studio)
    read = save(session, studio, draft_id, "<first/>")
    drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW)
    save(session, studio, draft_id, "<second/>")
    with pytest.raises(drafts.Stale):
        save(session, studio, draft_id, "<late/>", read=read)


def test_saves_of_one_person_in_one_file_within_five_minutes_are_one_edit(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    read = save(session, studio, draft_id, "<a/>")
    read = save(session, studio, draft_id, "<b/>", read=read, now=NOW + 5 * A_MINUTE)
    read = save(session, studio, draft_id, "<c/>", read=read, now=NOW + 6 * A_MINUTE)
    read = save(session, studio, draft_id, "<d/>", read=read, now=NOW + 6 * A_MINUTE, by=by(studio.second))
    save(session, studio, draft_id, "<e/>", read=read, now=NOW + 6 * A_MINUTE, said="Added the step “Check”.")
    page = draft_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, now=NOW)
    assert [(one.number, one.who) for one in page.edits] == [
        (4, "Yvonne Sharples"),
        (3, "Alan Dewhurst"),
        (2, "Yvonne Sharples"),
        (1, "Yvonne Sharples"),
    ]
    drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=4, now=NOW)
    drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=3, now=NOW)
    drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=2, now=NOW)
    assert text_of(session, draft_id) == "<b/>"


def test_edits_are_undone_and_done_again_in_order(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    read = save(session, studio, draft_id, "<a/>", said="Drew a.")
    save(session, studio, draft_id, "<b/>", read=read, said="Drew b.")
    assert drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=2, now=NOW) == "Drew b."
    assert drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW) == "Drew a."
    assert text_of(session, draft_id) == studio.base[STEP]
    with pytest.raises(drafts.NothingToUndo):
        drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW)
    assert drafts.redo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW) == "Drew a."
    assert text_of(session, draft_id) == "<a/>"
    with pytest.raises(drafts.Stale):
        drafts.redo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW)
    drafts.redo(session, by=by(studio.owner), draft_id=draft_id, number=2, now=NOW)
    with pytest.raises(drafts.NothingToRedo):
        drafts.redo(session, by=by(studio.owner), draft_id=draft_id, number=2, now=NOW)
    assert text_of(session, draft_id) == "<b/>"


def test_what_was_undone_cannot_be_done_again_over_something_new(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    save(session, studio, draft_id, "<a/>", said="Drew a.")
    drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW)
    save(session, studio, draft_id, "<b/>", said="Drew b.")
    drafts.undo(session, by=by(studio.owner), draft_id=draft_id, number=2, now=NOW)
    drafts.redo(session, by=by(studio.owner), draft_id=draft_id, number=2, now=NOW)
    with pytest.raises(drafts.NothingToRedo):
        drafts.redo(session, by=by(studio.owner), draft_id=draft_id, number=1, now=NOW)
    assert text_of(session, draft_id) == "<b/>"


@pytest.mark.parametrize("path", ["processes/../../etc.bpmn", "/etc/passwd", "letters/x.toml", "x.md", "letters/é.md"])
def test_a_file_has_a_plain_name_in_its_folder(session: Session, studio: Studio, path: str) -> None:
    with pytest.raises(drafts.NotAPath):
        save(session, studio, begun(session, studio), "x", path=path)


def test_what_is_too_large_or_no_text_is_refused(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    with pytest.raises(drafts.TooLarge):
        save(session, studio, draft_id, "é" * 600_000)
    for strange in ("a\0b", "\ud800"):
        with pytest.raises(drafts.NotText):
            save(session, studio, draft_id, strange)


def test_only_an_owner_of_the_trust_changes_a_draft(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    refused: list[tuple[object, type[Broken]]] = [
        (by(studio.approver), MayNotEdit),
        (by(studio.house.doctor), NotYourStudio),
        (by(studio.there), drafts.NoSuchDraft),
    ]
    for who, error in refused:
        with pytest.raises(error):
            save(session, studio, draft_id, "<x/>", by=who)
        with pytest.raises(error):
            drafts.rename(session, by=who, draft_id=draft_id, name="Mine", now=NOW)  # type: ignore[arg-type]
        with pytest.raises(error):
            drafts.drop(session, by=who, draft_id=draft_id, now=NOW)  # type: ignore[arg-type]
        with pytest.raises(error):
            drafts.undo(session, by=who, draft_id=draft_id, number=1, now=NOW)  # type: ignore[arg-type]
        with pytest.raises(error):
            drafts.redo(session, by=who, draft_id=draft_id, number=1, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(MayNotEdit):
        drafts.begin(session, by=by(studio.approver), name="Mine", now=NOW)


def test_a_draft_is_read_by_those_of_the_studio_alone(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    for viewer, error in (
        (reader(studio.house.doctor, "practitioner"), NotYourStudio),
        (reader(studio.there, "process_owner"), drafts.NoSuchDraft),
    ):
        with pytest.raises(error):
            draft_page(session, viewer=viewer, draft_id=draft_id, now=NOW)
        with pytest.raises(error):
            drafts.file(session, viewer=viewer, draft_id=draft_id, path=STEP)
    page = draft_page(session, viewer=reader(studio.approver, "process_approver"), draft_id=draft_id, now=NOW)
    assert page.may == {"approve"}


def test_a_dropped_draft_is_read_but_changed_no_more(session: Session, studio: Studio) -> None:
    draft_id = begun(session, studio)
    drafts.drop(session, by=by(studio.owner), draft_id=draft_id, now=NOW)
    with pytest.raises(drafts.DraftClosed):
        save(session, studio, draft_id, "<x/>")
    page = draft_page(session, viewer=reader(studio.owner, "process_owner"), draft_id=draft_id, now=NOW)
    assert page.status == "dropped"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\u0007b"])
def test_a_draft_has_a_name(session: Session, studio: Studio, name: str) -> None:
    with pytest.raises(drafts.NeedsAName):
        drafts.begin(session, by=by(studio.owner), name=name, now=NOW)


def test_problems_are_the_checkers_own_and_of_some_files_where_only_those_are_wanted(studio: Studio) -> None:
    assert problems(studio.base) == []
    broken = studio.base | {STEP: "<html/>"}
    found = problems(broken)
    assert "This file is not a BPMN drawing." in [one.sentence for one in found]
    assert {one.file for one in problems(broken, only=[STEP])} == {STEP}
    assert problems(broken) == found

"""Documents and comments of a case: who may add and remove them, what the history says, what a scanner refuses."""

import hashlib
import socket
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cases.conftest import SQLITE
from tests.cases.stages import accept, sign, start_plan, to_signatures
from tests.cases.walk import Walk
from workflows import papers
from workflows.domain.documents import MEGABYTE, CaseFull, Limits, NotTaken, TooLarge
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.papers import File, scanning
from workflows.papers.comments import NoSuchComment
from workflows.papers.documents import Infected, NoSuchDocument, ThereAlready
from workflows.papers.rights import CaseClosed, NoSuchCase, NotYoursToAdd, NotYoursToRemove, StageOver
from workflows.store.models import Comment, Deputy, Document, Person

DIARY = b"%PDF-1.7 a diary of eight weeks"
MALWARE = b"%PDF-1.7 STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def add(walk: Walk, who: Person, reference: str, **given: Json) -> Json:
    """Add a document: the diary, unless something else is given."""
    file = File(
        name=given.get("name", "diary.pdf"),
        content=given.get("content", DIARY),
        verdict=given.get("verdict", "not_scanned"),
    )
    return walk.perform(
        papers.add_document,
        actor=walk.actor(who),
        reference=reference,
        title=given.get("title", "Work diary"),
        file=file,
        limits=given.get("limits", Limits()),
        now=walk.at,
    )


def remove(walk: Walk, who: Person, document_id: int) -> None:
    walk.perform(papers.remove_document, actor=walk.actor(who), document_id=document_id, now=walk.at)


def write(walk: Walk, who: Person, reference: str, words: str = "Could we move the clinic?") -> int:
    number = walk.perform(papers.add_comment, actor=walk.actor(who), reference=reference, words=words, now=walk.at)
    assert isinstance(number, int)
    return number


def row(walk: Walk, kind: type[Document] | type[Comment], number: int) -> Json:
    """A document or a comment as it is kept now, its bytes read."""
    with walk.session() as session:
        found = session.scalars(select(kind).where(kind.id == number)).one()
        if isinstance(found, Document):
            assert found.content is not None
        return found


def deputise(walk: Walk, away: Person, deputy: Person) -> None:
    """The deputy stands in from today for a week."""
    with walk.session() as session:
        session.add(
            Deputy(
                person_id=away.id,
                deputy_id=deputy.id,
                starts_on=walk.at.date(),
                ends_on=walk.at.date() + timedelta(days=7),
                reason="Leave",
                recorded_at=walk.at,
            )
        )
        session.commit()


def test_a_document_is_kept_whole_with_its_fingerprint_and_the_stage(cpft: Walk) -> None:
    reference = start_plan(cpft)
    document = row(cpft, Document, add(cpft, cpft.house.doctor, reference, name="../May diary.pdf"))
    assert document.content == DIARY
    assert document.sha256 == hashlib.sha256(DIARY).hexdigest()
    assert (document.name, document.type, document.size) == ("May diary.pdf", "application/pdf", len(DIARY))
    assert (document.stage, document.scan, document.title) == ("individual_planning", "not_scanned", "Work diary")
    event = cpft.events(reference, "document_added")[0]
    assert event.who_id == cpft.house.doctor.id
    assert event.details["document"] == document.id
    assert "diary" not in str(event.details).lower(), "a name may tell of people, and history cannot be erased"


@SQLITE
@pytest.mark.parametrize("part", ["doctor", "manager", "directorate", "second_directorate"])
def test_parties_and_the_directorate_add_documents_and_comments(cpft: Walk, part: str) -> None:
    reference = start_plan(cpft)
    who = getattr(cpft.house, part)
    assert add(cpft, who, reference)
    assert write(cpft, who, reference)


@SQLITE
@pytest.mark.parametrize("part", ["colleague", "service_manager", "amd", "medical_director", "hr", "finance"])
def test_whoever_has_no_part_in_the_stage_adds_nothing(cpft: Walk, part: str) -> None:
    reference = start_plan(cpft)
    who = getattr(cpft.house, part)
    with pytest.raises(NotYoursToAdd):
        add(cpft, who, reference)
    with pytest.raises(NotYoursToAdd):
        write(cpft, who, reference)


@SQLITE
def test_hr_with_a_step_still_adds_neither_comments_nor_evidence(cpft: Walk) -> None:
    reference = to_signatures(cpft)
    sign(cpft, reference, cpft.house.doctor, cpft.house.manager)
    cpft.do(cpft.house.directorate, "check_plan", reference, check_answer="accepted")
    assert cpft.waiting(reference) == ["compare_contract"]
    with pytest.raises(NotYoursToAdd):
        write(cpft, cpft.house.hr, reference)


@SQLITE
def test_another_trusts_case_is_not_there(cpft: Walk, bth: Walk) -> None:
    reference = start_plan(cpft)
    with pytest.raises(NoSuchCase):
        add(bth, bth.house.directorate, reference)
    number, said = add(cpft, cpft.house.doctor, reference), write(cpft, cpft.house.doctor, reference)
    with pytest.raises(NoSuchDocument):
        remove(bth, bth.house.directorate, number)
    with pytest.raises(NoSuchComment):
        bth.perform(papers.remove_comment, actor=bth.actor(bth.house.doctor), comment_id=said, now=bth.at)


@SQLITE
def test_a_file_that_is_not_what_its_name_says_is_refused(cpft: Walk) -> None:
    reference = start_plan(cpft)
    with pytest.raises(NotTaken):
        add(cpft, cpft.house.doctor, reference, content=b"MZ\x90\x00\x03")
    assert not cpft.events(reference, "document_added")


@SQLITE
def test_sizes_are_limited_for_one_document_and_for_the_case(cpft: Walk) -> None:
    reference, doctor = start_plan(cpft), cpft.house.doctor
    limits = Limits(one=MEGABYTE, together=MEGABYTE + 20)
    with pytest.raises(TooLarge):
        add(cpft, doctor, reference, content=b"%PDF-" + b"x" * MEGABYTE, limits=limits)
    first = add(cpft, doctor, reference, content=b"%PDF-" + b"x" * (MEGABYTE - 5), limits=limits)
    with pytest.raises(CaseFull):
        add(cpft, doctor, reference, limits=limits)
    remove(cpft, doctor, first)
    assert add(cpft, doctor, reference, limits=limits)


@SQLITE
def test_the_same_file_twice_is_said(cpft: Walk) -> None:
    reference = start_plan(cpft)
    add(cpft, cpft.house.doctor, reference)
    with pytest.raises(ThereAlready, match="Work diary"):
        add(cpft, cpft.house.manager, reference, title="The same under another name")


def test_who_added_a_document_takes_it_out_and_the_line_stays(cpft: Walk) -> None:
    reference = start_plan(cpft)
    number = add(cpft, cpft.house.doctor, reference)
    for other in (cpft.house.manager, cpft.house.directorate):
        with pytest.raises(NotYoursToRemove):
            remove(cpft, other, number)
    remove(cpft, cpft.house.doctor, number)
    gone = row(cpft, Document, number)
    assert gone.content == b""
    assert gone.removed_at == cpft.at
    assert cpft.history(reference)[-2:] == ["document_added", "document_removed"]
    with pytest.raises(NoSuchDocument):
        remove(cpft, cpft.house.doctor, number)


@SQLITE
def test_what_others_have_relied_on_stays(cpft: Walk) -> None:
    reference = to_signatures(cpft)
    with cpft.session() as session:
        case = cpft.case(reference)
        old = Document(
            trust_id=case.trust_id, case_id=case.id, stage="individual_planning", title="Diary", name="diary.pdf",
            type="application/pdf", size=len(DIARY), sha256="0", content=DIARY, scan="clean",
            by_id=cpft.house.doctor.id, at=cpft.at,
        )  # fmt: skip
        session.add(old)
        session.commit()
        number = old.id
    with pytest.raises(StageOver):
        remove(cpft, cpft.house.doctor, number)
    added = row(cpft, Document, add(cpft, cpft.house.doctor, reference, content=DIARY + b" and more"))
    assert added.stage == "sign_off"
    sign(cpft, reference, cpft.house.doctor, cpft.house.manager)
    accept(cpft, reference)
    for kept in (added.id, number):
        with pytest.raises(CaseClosed):
            remove(cpft, cpft.house.doctor, kept)
    with pytest.raises(CaseClosed):
        write(cpft, cpft.house.doctor, reference)


def test_an_infected_file_is_refused_with_a_sentence_and_a_line_of_history(cpft: Walk) -> None:
    reference = start_plan(cpft)
    refused = add(cpft, cpft.house.doctor, reference, content=MALWARE, verdict="infected")
    assert isinstance(refused, Infected)
    assert "malware" in refused.sentence
    event = cpft.events(reference, "document_refused")[0]
    assert event.details["sha256"] == hashlib.sha256(MALWARE).hexdigest()
    with cpft.session() as session:
        assert not session.scalars(select(Document)).all()


def test_a_comment_reaches_the_others_concerned_but_its_words_stay_in_the_case(cpft: Walk) -> None:
    reference, house = start_plan(cpft), cpft.house
    number = write(cpft, house.doctor, reference, "I cannot do <b>Fridays</b>")
    assert row(cpft, Comment, number).words == "I cannot do <b>Fridays</b>"
    notice = next(one for one in cpft.notices(house.manager) if one.kind == "comment")
    assert notice.subject == f"A comment from {house.doctor.name}"
    assert "Fridays" not in notice.words + notice.subject
    assert not [one for one in cpft.notices(house.doctor) if one.kind == "comment"]
    for other in (house.colleague, house.amd, house.directorate, house.hr):
        assert not [one for one in cpft.notices(other) if one.kind == "comment"]
    assert "Fridays" not in str(cpft.events(reference, "comment_written")[0].details)


def test_a_comment_taken_back_leaves_its_line_without_its_words(cpft: Walk) -> None:
    reference, doctor = start_plan(cpft), cpft.house.doctor
    number = write(cpft, doctor, reference)
    with pytest.raises(NotYoursToRemove):
        cpft.perform(papers.remove_comment, actor=cpft.actor(cpft.house.manager), comment_id=number, now=cpft.at)
    cpft.perform(papers.remove_comment, actor=cpft.actor(doctor), comment_id=number, now=cpft.at)
    gone = row(cpft, Comment, number)
    assert gone.words == ""
    assert gone.removed_at == cpft.at
    assert cpft.history(reference)[-2:] == ["comment_written", "comment_removed"]


@SQLITE
@pytest.mark.parametrize("words", ["", "  \n ", "x" * 4001, "half a \ud800 pair"])
def test_a_comment_says_something_and_not_too_much(cpft: Walk, words: str) -> None:
    reference = start_plan(cpft)
    with pytest.raises(BadValues):
        write(cpft, cpft.house.doctor, reference, words)


@SQLITE
def test_a_deputy_adds_in_the_name_of_whoever_is_away(cpft: Walk) -> None:
    reference, house = start_plan(cpft), cpft.house
    deputise(cpft, house.manager, house.colleague)
    comment = row(cpft, Comment, write(cpft, house.colleague, reference))
    assert (comment.by_id, comment.on_behalf_of_id) == (house.colleague.id, house.manager.id)
    event = cpft.events(reference, "comment_written")[0]
    assert (event.who_id, event.on_behalf_of_id) == (house.colleague.id, house.manager.id)
    told = next(one for one in cpft.notices(house.doctor) if one.kind == "comment")
    assert told.subject == f"A comment from {house.colleague.name} for {house.manager.name}"
    assert not [one for one in cpft.notices(house.manager) if one.kind == "comment"]


# ---------------------------------------------------------------------------------------------------------- scanners
@pytest.fixture
def command(tmp_path: Path) -> str:
    """A real scanner of one rule, as a command: 1 where the test string is in the file."""
    script = tmp_path / "scan.sh"
    script.write_text("#!/bin/sh\nif grep -q STANDARD-ANTIVIRUS-TEST-FILE; then exit 1; fi\nexit 0\n")
    return f"/bin/sh {script}"


def test_a_command_says_what_is_infected(command: str) -> None:
    look = papers.scanner(command)
    assert look(MALWARE) == "infected"
    assert look(DIARY) == "clean"


@pytest.mark.parametrize("setting", ["/nowhere/at/all", "/bin/sh -c 'exit 2'", "unix:/nowhere/at/all"])
def test_a_file_that_could_not_be_checked_is_not_added(setting: str) -> None:
    with pytest.raises(scanning.ScannerFailed):
        papers.scanner(setting)(DIARY)


def test_without_a_scanner_nothing_is_scanned_and_that_is_said() -> None:
    assert papers.scanner("")(MALWARE) == "not_scanned"


@pytest.mark.parametrize("setting", ["tcp:nowhere", "tcp:host:port", "clamdscan 'unclosed"])
def test_a_setting_that_cannot_be_read_is_refused(setting: str) -> None:
    with pytest.raises(scanning.UnknownScanner):
        papers.scanner(setting)


def clamd(server: socket.socket) -> None:
    """What clamd does with one INSTREAM: read its pieces and answer."""
    line, _ = server.accept()
    with line, line.makefile("rb") as sent:
        assert sent.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(sent.read(4), "big"):
            content += sent.read(size)
        found = b"Eicar-Test-Signature FOUND" if b"STANDARD-ANTIVIRUS-TEST-FILE" in content else b"OK"
        line.sendall(b"stream: " + found + b"\0")


@pytest.mark.parametrize(("content", "verdict"), [(MALWARE, "infected"), (DIARY * 40_000, "clean")])
def test_clamd_is_asked_over_its_socket(content: bytes, verdict: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=clamd, args=(server,))
        answering.start()
        found = papers.scanner(f"tcp:127.0.0.1:{server.getsockname()[1]}")(content)
        answering.join(timeout=10)
    assert found == verdict

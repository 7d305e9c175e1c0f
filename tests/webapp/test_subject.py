"""A data subject's request: everything about one person, and nothing of what others wrote and they may not read."""

import csv
import io
import json
import zipfile
from collections.abc import Callable

from sqlalchemy import select

from tests.cases.stages import accept, changed, sign, to_signatures
from tests.cases.walk import Walk
from tests.factories import World
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from webapp.presenters.subject import file_name
from workflows.store.models import (
    Act,
    Comment,
    Document,
    Fact,
    PanelApproval,
    PanelConflict,
    PanelMember,
    PanelReview,
    Person,
)

Visit = Callable[[Person], Visitor]


def take_out(visitor: Visitor, person: Person) -> zipfile.ZipFile:
    visitor.open(f"/people/{person.id}/held")
    answer = visitor.client.post(f"/people/{person.id}/held", data={"csrf_token": visitor.page.token})
    assert answer.status_code == 200
    assert person.name not in answer.headers["Content-Disposition"]
    return zipfile.ZipFile(io.BytesIO(answer.data))


def finished(walk: Walk, store: Store) -> str:
    """A plan in force, with a comment, a document, and a note that only the mediator reads."""
    house = walk.house
    reference = to_signatures(walk, plan=changed(notes="=My own notes"))
    sign(walk, reference, house.doctor, house.manager)
    accept(walk, reference)
    case = walk.case(reference)
    with store() as session:
        by = {"trust_id": case.trust_id, "case_id": case.id, "stage": case.process, "at": walk.at, "removed_at": None}
        session.add(Comment(**by, words="<b>My comment</b>", by_id=house.doctor.id))
        session.add(
            Document(
                **by,
                title="My letter",
                name="../../=evil.pdf",
                type="application/pdf",
                size=3,
                sha256="0",
                content=b"pdf",
                scan="clean",
                by_id=house.doctor.id,
            )
        )
        secret = {"case_id": case.id, "occurrence": 1, "item": "", "type": "long_text", "written_at": walk.at}
        session.add(
            Fact(**secret, key="manager_hearing_notes", value="What the manager said alone", writer_id=house.manager.id)
        )
    return reference


def test_everything_of_theirs_is_in_the_file_and_it_is_kept_on_record(walk: Walk, visit: Visit, store: Store) -> None:
    reference, doctor = finished(walk, store), walk.house.doctor
    found = take_out(visit(walk.house.directorate), doctor)
    data = json.loads(found.read("data.json"))
    assert [case["reference"] for case in data["cases"]] == [reference]
    assert data["rows"]["person"][0]["email"] == doctor.email
    assert data["rows"]["comment"][0]["words"] == "<b>My comment</b>"
    assert data["rows"]["comment"][0]["case_reference"] == reference
    assert any(row["content"]["notes"] == "=My own notes" for row in data["rows"]["plan_version"])
    assert data["rows"]["fact"]
    assert {row["writer_id"] for row in data["rows"]["fact"]} == {doctor.id}
    assert data["cases"][0]["history"]
    page = found.read("readable.html").decode()
    assert "&lt;b&gt;My comment&lt;/b&gt;" in page
    assert "<b>" not in page
    assert [name for name in found.namelist() if name.startswith("documents/")] == ["documents/1-_.._evil.pdf"]
    rows = list(csv.reader(io.StringIO(found.read("answers.csv").decode("utf-8-sig"))))
    assert rows[0] == ["Case", "Question", "Answer", "By"]
    assert not any(cell.startswith(("=", "+", "@", "-", "\t")) for row in rows for cell in row)
    with store() as session:
        act = session.scalars(select(Act).where(Act.kind == "subject_exported")).one()
        assert (act.who_id, act.details) == (walk.house.directorate.id, {"person": doctor.id})


def test_what_others_wrote_and_they_may_not_read_is_left_out(walk: Walk, visit: Visit, store: Store) -> None:
    finished(walk, store)
    found = take_out(visit(walk.house.directorate), walk.house.doctor)
    everything = b"".join(found.read(name) for name in found.namelist()).decode(errors="replace")
    assert "What the manager said alone" not in everything
    assert "session-of-" not in everything, "no key of a session"
    assert walk.house.colleague.email not in everything
    assert "password_hash" not in everything


def test_only_the_trusts_directorate_takes_out_what_is_held(walk: Walk, visit: Visit, world: World) -> None:
    doctor = walk.house.doctor
    for part in ("doctor", "manager", "amd", "medical_director", "hr", "finance"):
        visitor = visit(getattr(walk.house, part))
        visitor.open(f"/people/{doctor.id}/held", status=403)
        visitor.open("/")
        visitor.send(f"/people/{doctor.id}/held", {}, status=403)
    elsewhere = visit(world.bth.directorate)
    elsewhere.open(f"/people/{doctor.id}/held", status=404)
    elsewhere.open("/")
    elsewhere.send(f"/people/{doctor.id}/held", {}, status=404)


def test_hostile_names_of_files_lead_nowhere() -> None:
    assert file_name("../../etc/passwd") == "_.._etc_passwd"
    assert file_name("...") == "document"
    assert len(file_name("x" * 500)) == 80


def test_what_the_panel_register_says_of_them_is_theirs_and_of_others_is_not(
    walk: Walk, visit: Visit, store: Store
) -> None:
    house = walk.house
    with store() as session:
        for person, said in ((house.doctor, "My own conflict"), (house.colleague, "Somebody else’s")):
            about = {"trust_id": house.trust.id, "person_id": person.id, "added_by_id": house.doctor.id}
            row = PanelMember(
                **about, organisation="Tyne Moor", specialties="", starts_on=walk.at.date(), added_at=walk.at
            )
            row.conflicts = [PanelConflict(words=said)]
            row.approvals = [PanelApproval(body="BMA", approved_on=walk.at.date())]
            session.add(row)
        done = {"trust_id": house.trust.id, "day": walk.at.date(), "recorded_at": walk.at}
        session.add(PanelReview(**done, by_id=house.doctor.id, note="What I noted"))
        session.add(PanelReview(**done, by_id=house.directorate.id, note="What others noted"))
    rows = json.loads(take_out(visit(house.directorate), house.doctor).read("data.json"))["rows"]
    assert [row["person_id"] for row in rows["panel_member"]] == [house.doctor.id]
    assert [row["words"] for row in rows["panel_conflict"]] == ["My own conflict"]
    assert [row["body"] for row in rows["panel_approval"]] == ["BMA"]
    assert [row["note"] for row in rows["panel_review"]] == ["What I noted"]

"""A diagram that was drawn elsewhere: taken into a draft, told what stops it, mended repair by repair."""

import io
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.engine.editing.samples import BPMN_IO, CAMUNDA, SIGNAVIO
from tests.factories import NOW, World
from tests.webapp.test_studio_list import Editor, editor  # noqa: F401 - the owner with a draft
from workflows.cases import Actor
from workflows.engine.drawings import read
from workflows.store.models import Person
from workflows.studio import drafts, importing


def upload(editor: Editor, data: str | bytes, name: str = "drawn.bpmn", **typed: str) -> TestResponse:  # noqa: F811
    address = f"/studio/drafts/{editor.draft_id}/import"
    token = editor.visitor.open(address).token
    file = (io.BytesIO(data.encode() if isinstance(data, str) else data), name)
    boxes: dict[str, Any] = {"csrf_token": token, "diagram": file, **typed}
    return editor.visitor.client.post(address, data=boxes, content_type="multipart/form-data")


def text_of(editor: Editor, path: str) -> str:  # noqa: F811
    with editor.store() as session:
        return drafts.files(session, draft_id=editor.draft_id)[path]


def test_a_diagram_is_taken_in_and_mended_until_nothing_stops_it(editor: Editor) -> None:  # noqa: F811
    answer = upload(editor, BPMN_IO, title="Read the plan again")
    root = f"/studio/drafts/{editor.draft_id}/import/read_the_plan_again"
    assert answer.headers["Location"] == root
    page = editor.visitor.open(root)
    assert "Some ways or steps have no id." in page.text
    assert "so that no case would come to it. Give it one." in page.text
    for _ in range(12):
        wanted = [link for link in page.links if link.startswith(f"{root}/")]
        if not wanted:
            break
        asked = editor.visitor.open(wanted[0])
        typed = {name: value if value != [""] else ["amd"] for name, value in asked.values("repair-form").items()}
        page = editor.visitor.send(wanted[0], {**typed, "press": "take"})
    assert "Nothing stops it." in page.text
    drawing = read(text_of(editor, "processes/read_the_plan_again.bpmn"))
    assert drawing.nodes["write_the_plan"].type == "userTask"


def test_a_repair_is_shown_in_words_and_lines_before_it_is_taken(editor: Editor) -> None:  # noqa: F811
    upload(editor, SIGNAVIO, "Rota.bpmn")
    address = f"/studio/drafts/{editor.draft_id}/import/rota_change/lanes"
    page = editor.visitor.open(address)
    assert "The lane “Service Manager” is that of" in page.text
    assert '- <lane id="sid-l002" name="Service Manager">' in page.text
    shown = editor.visitor.send(address, {**page.values("repair-form"), "answer-q0": "finance", "press": "show"})
    assert '+ <lane id="sid-l001" name="finance">' in shown.text
    assert 'name="Service Manager"' in text_of(editor, "processes/rota_change.bpmn")
    editor.visitor.send(address, {**shown.values("repair-form"), "press": "take"})
    assert read(text_of(editor, "processes/rota_change.bpmn")).lanes[0] == "finance"


def test_a_process_that_is_there_is_only_replaced_on_purpose(editor: Editor) -> None:  # noqa: F811
    answer = upload(editor, CAMUNDA, title="Mediation")
    assert answer.status_code == 422
    assert "This draft has a process “Mediation” already." in answer.text
    assert upload(editor, CAMUNDA, title="Mediation", replace="yes").status_code == 303
    assert "Ask for leave" in text_of(editor, "processes/mediation.bpmn")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is not well-formed XML"),
        (b"PK\x03\x04" + bytes(200), "This is a zip file. Unpack it"),
        (b"<a>" * 300 + b"</a>" * 300, "nests its elements too deeply"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "begins with a DOCTYPE"),
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (b"<html/>", "There is no process in this file."),
        (
            BPMN_IO.replace("<bpmn2:startEvent", "<bpmn2:task/>" * 600 + "<bpmn2:startEvent").encode(),
            "more than 500 elements",
        ),
    ],
)
def test_a_hostile_or_unfit_file_is_refused_with_a_sentence(editor: Editor, data: bytes, sentence: str) -> None:  # noqa: F811
    answer = upload(editor, data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_file_of_more_than_a_megabyte_is_not_even_read(editor: Editor, owner: Person, world: World) -> None:  # noqa: F811
    by = Actor(person_id=owner.id, trust_id=world.cpft.trust.id)
    asked: dict[str, Any] = {"draft_id": editor.draft_id, "name": "a.bpmn", "title": "", "replace": False, "now": NOW}
    with editor.store() as session, pytest.raises(importing.NotADiagram, match="larger than 1 MB"):
        importing.take_in(session, by=by, data=b"<" * 1_000_001, **asked)

"""What an edit leaves alone keeps its very letters."""

import pytest

from tests.engine.editing.drawn import SHIPPED
from workflows.engine.editing import steps
from workflows.engine.editing.source import Source
from workflows.engine.xml import NotAcceptable

OF_ANOTHER_TOOL = """<?xml version='1.0' encoding="UTF-8"?>\r
<!-- Kept by the directorate -->\r
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:other="https://other.example"\r
             targetNamespace='x' id="d">\r
  <process id="p" isExecutable="true" name="A &amp; B &lt;C&gt;">\r
    <!-- a note --><?tool keep?>\r
    <startEvent id="begin"><outgoing>one</outgoing></startEvent>\r
    <userTask id="task"   name='Read &quot;it&quot;' other:colour="red">\r
      <documentation><![CDATA[Read <this> & that.]]></documentation>\r
      <extensionElements><other:thing a = "1"/></extensionElements>\r
      <incoming>one</incoming><outgoing>two</outgoing>\r
    </userTask>\r
    <endEvent id="stop"><incoming>two</incoming></endEvent>\r
    <sequenceFlow id="one" sourceRef="begin" targetRef="task"/>\r
    <sequenceFlow id="two" sourceRef="task" targetRef="stop"/>\r
  </process>\r
</definitions>\r
<!-- the end -->\r
"""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_diagram_that_nobody_changed_is_written_byte_for_byte(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    assert Source(text).text() == text


def test_what_other_tools_wrote_is_written_byte_for_byte() -> None:
    assert Source(OF_ANOTHER_TOOL).text() == OF_ANOTHER_TOOL


def test_a_change_touches_only_its_own_line() -> None:
    made = steps.rename(OF_ANOTHER_TOOL, "task", 'Read "all" <of> it').text
    before, after = OF_ANOTHER_TOOL.splitlines(), made.splitlines()
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed == [
        (before[2], before[2].replace("<definitions ", '<definitions xmlns:accord="https://accord.example/bpmn/1.0" ')),
        (
            before[7],
            '    <userTask id="task" name="Read &quot;all&quot; &lt;of&gt; it" other:colour="red">',
        ),
    ]
    assert made.count("\r\n") == OF_ANOTHER_TOOL.count("\r\n")


def test_comments_and_what_other_tools_keep_survive_an_edit_beside_them() -> None:
    made = steps.add_step(OF_ANOTHER_TOOL, steps.NewStep("Sign it"), after="task").text
    for kept in ("<!-- a note -->", "<?tool keep?>", '<other:thing a = "1"/>', "<![CDATA[Read <this> & that.]]>"):
        assert kept in made


def test_a_text_with_a_doctype_is_not_edited() -> None:
    with pytest.raises(NotAcceptable, match="DOCTYPE"):
        Source('<!DOCTYPE x [<!ENTITY a "b">]><x/>')

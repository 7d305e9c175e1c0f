"""Whatever is done to a drawing, the checker answers with sentences, never with an error of its own."""

import copy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, STAGE, STAGE_FILE, TABLE, TABLE_FILE
from workflows.engine.check import check
from workflows.engine.diagrams import read_release

ROOTS = {
    path: etree.fromstring(text.encode())
    for path, text in ((REVIEW_FILE, REVIEW), (STAGE_FILE, STAGE), (TABLE_FILE, TABLE))
}
IDS = [each.get("id") for root in ROOTS.values() for each in root.iter() if each.get("id")]
VALUES = st.one_of(
    st.sampled_from(IDS),
    st.sampled_from(["", " ", "true", "false", "case.x > 1", "due(", "a:b;c", "team_planning", "closer_look"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32)),
)
KINDS = ["drop", "double", "move", "attribute", "no_attribute", "text", "tag"]
TAGS = [
    "userTask",
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "parallelGateway",
    "eventBasedGateway",
    "process",
    "lane",
]
EDITS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 999), st.integers(0, 999), VALUES), min_size=1, max_size=8
)


def mutated(root: etree._Element, edits: list[tuple[str, int, int, str]]) -> str:
    """A copy of a document after some edits, each given by its kind, two places and a value."""
    root = copy.deepcopy(root)
    for kind, first, second, value in edits:
        elements = list(root.iter())
        element, other = elements[first % len(elements)], elements[second % len(elements)]
        parent = element.getparent()
        attributes = sorted(element.attrib)
        if kind == "text":
            element.text = value
        elif kind == "tag":
            element.tag = f"{{{etree.QName(element).namespace}}}{TAGS[second % len(TAGS)]}"
        elif kind == "attribute" and attributes:
            element.set(attributes[second % len(attributes)], value)
        elif kind == "no_attribute" and attributes:
            del element.attrib[attributes[second % len(attributes)]]
        elif parent is None:
            continue
        elif kind == "drop":
            parent.remove(element)
        elif kind == "double":
            parent.insert(second % (len(parent) + 1), copy.deepcopy(element))
        elif kind == "move" and element not in other.iterancestors() and element is not other:
            other.append(element)
    return etree.tostring(root, encoding="unicode")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(sorted(ROOTS)), edits=EDITS)
def test_no_edit_of_a_drawing_breaks_the_checker(path: str, edits: list[tuple[str, int, int, str]]) -> None:
    text = mutated(ROOTS[path], edits)
    found = check({**FILES, path: text})
    assert found == check({**FILES, path: text}), "the same files give the same list"
    assert found == sorted(found)
    if not found:
        read_release({**FILES, path: text})  # what the checker lets through, the engine takes
    for problem in found:
        assert problem.file in FILES
        assert 0 <= problem.line <= text.count("\n") + 1 or problem.file != path
        assert problem.sentence.endswith((".", "?", "…")), problem.sentence
        assert "{http" not in problem.sentence, problem.sentence

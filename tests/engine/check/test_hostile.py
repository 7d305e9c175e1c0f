"""Files made to harm whoever reads them are refused."""

import pytest

from tests.engine.check.sound import FILES, REVIEW
from workflows.engine.check import Problem, check

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BODY = REVIEW.partition("?>")[2]
DOCTYPE = "The file begins with a DOCTYPE, which can hide other files inside it. Save the drawing without one."

HOSTILE = {
    "billion_laughs": (f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l9;</d>', 1, DOCTYPE),
    "laughs_in_an_attribute": (f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>\n<d name="&l9;"/>', 1, DOCTYPE),
    "external_entity": (f'\n<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{BODY}', 2, DOCTYPE),
    "parameter_entity": ('<!DOCTYPE d [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]><d/>', 1, DOCTYPE),
    "unknown_entity": ("<d>\n&x;</d>", 2, "The file is not well-formed XML: Entity 'x' not defined."),
    "deep": ("<d>" * 20_000, 1, "The file nests its elements too deeply to be a drawing."),
    "two_megabytes": (
        REVIEW.replace("Say how", "x" * 2_000_000),
        0,
        "The file is larger than 1 MB, which is more than a drawing can be.",
    ),
    "empty": ("", 1, "The file is not well-formed XML: Document is empty."),
    "cut_off": (
        REVIEW[: -len("</definitions>\n")],
        REVIEW[: -len("</definitions>\n")].count("\n") + 1,
        "The file is not well-formed XML: Premature end of data in tag definitions",
    ),
    "no_drawing": ("<html/>", 1, "This file is not a BPMN drawing."),
    "no_process": (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        1,
        "There is no process in this file.",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_whole(name: str) -> None:
    text, line, sentence = HOSTILE[name]
    found = check({**FILES, "processes/hostile.bpmn": text}, only=["processes/hostile.bpmn"])
    assert len(found) == 1
    assert (found[0].file, found[0].line, found[0].element) == ("processes/hostile.bpmn", line, "")
    assert found[0].sentence.startswith(sentence)


def test_bytes_that_are_no_text_are_refused() -> None:
    sentence = "The file is not UTF-8 text, so it cannot be read as a drawing."
    assert check({"x.bpmn": REVIEW.encode("utf-16")}) == [Problem("x.bpmn", 0, "", sentence)]


def test_a_text_in_utf_8_with_its_mark_is_read() -> None:
    files = {path: text.encode("utf-8-sig") for path, text in FILES.items() if path.endswith(("bpmn", "dmn"))}
    assert check({**FILES, **files}) == []


def test_what_a_comment_hides_is_not_read_and_lines_are_still_counted() -> None:
    comment = "<!--\n<task id='hidden'/>\n-->\n<?php hidden ?>"
    text = REVIEW.replace('<endEvent id="closed"', f'{comment}<task id="shown"/><endEvent id="closed"')
    found = check({**FILES, "processes/review.bpmn": text}, only=["processes/review.bpmn"])
    assert {each.element for each in found} == {"shown"}
    assert {each.line for each in found} == {text[: text.index('<task id="shown"')].count("\n") + 1}


@pytest.mark.parametrize("part", ['<accord:field key="note{}" type="text" label="x" visible="nobody"/>', None])
def test_a_drawing_as_large_as_is_allowed_is_judged(part: str | None) -> None:
    if part is None:
        chain = "".join(
            f'<exclusiveGateway id="g{n}"/><sequenceFlow id="f{n}" sourceRef="g{n}" targetRef="g{n + 1}"/>'
            for n in range(235)
        )
        text = REVIEW.replace('<endEvent id="closed"', f'{chain}<endEvent id="closed"')
    else:
        fields = "".join(part.format(n) for n in range(10_000))
        text = REVIEW.replace('<accord:field key="note"', f'{fields}<accord:field key="note"')
    assert check({**FILES, "processes/review.bpmn": text}, only=["processes/review.bpmn"])

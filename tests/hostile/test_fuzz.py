"""Whatever is done to a diagram, a table, a policy or an expression: sentences come back, never an error of our own."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.engine.check.sound import BPMN
from workflows.domain.errors import Unsound
from workflows.engine.check import check
from workflows.engine.expressions import read, read_script

FILES: Mapping[str, str] = {
    path.relative_to(BPMN).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(BPMN.rglob("*"))
    if path.suffix in {".bpmn", ".dmn", ".toml", ".md", ".csv"}
}
PATHS = sorted(FILES)
DRAWN = [path for path in PATHS if path.endswith((".bpmn", ".dmn"))]
PIECES = [
    b"<",
    b">",
    b'"',
    b"&",
    b"]]>",
    b"<!--",
    b"{",
    b"}",
    b"\0",
    b"\xff",
    b"=",
    b"[",
    b"\n",
    b"1e999",
    b"=nan\n",
    b".a",
]
WORDS = ["", " ", "case.x", "due(", "a:b;c", "\u202e", "__class__", "true", "9" * 400, "{0}", "<b>", "x" * 5_000]
A_FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(A_FEW, max_examples=1_000)


def bytes_changed(path: str, seed: int) -> bytes:
    """A file with some of its bytes changed, taken out, doubled, or with a piece put in."""
    rolled, data = random.Random(seed), bytearray(FILES[path].encode())
    for _ in range(rolled.randint(1, 12)):
        place, length = rolled.randrange(len(data) + 1), rolled.randint(0, 200)
        other = rolled.randrange(len(data) + 1)
        kind = rolled.choice(["put", "take", "double", "change"])
        if kind == "put":
            data[place:place] = rolled.choice(PIECES)
        elif kind == "take":
            del data[place : place + length]
        elif kind == "double":
            data[place:place] = data[other : other + length]
        elif place < len(data):
            data[place] = rolled.randrange(256)
    return bytes(data)


def tree_changed(path: str, seed: int) -> str:
    """A drawing with some of its elements taken out, doubled, moved, called otherwise or with other attributes."""
    rolled, root = random.Random(seed), etree.fromstring(FILES[path].encode())
    for _ in range(rolled.randint(1, 8)):
        elements = list(root.iter("*"))
        one, other = rolled.choice(elements), rolled.choice(elements)
        parent = one.getparent()
        kind = rolled.choice(["take", "move", "tag", "text", "attribute", "none"])
        if kind == "take" and parent is not None:
            parent.remove(one)
        elif kind == "move" and parent is not None and one not in other.iterancestors() and one is not other:
            other.append(one)
        elif kind == "tag":
            one.tag = other.tag
        elif kind == "text":
            one.text = rolled.choice([*WORDS, other.text or ""])
        elif kind == "attribute" and other.attrib:
            key = rolled.choice(list(other.attrib))
            one.set(key, rolled.choice([*WORDS, str(other.get(key))]))
        elif kind == "none" and one.attrib:
            del one.attrib[rolled.choice(list(one.attrib))]
    return etree.tostring(root, encoding="unicode")


def answered(path: str, data: str | bytes) -> None:
    """The checker answers in sentences, each in its file."""
    for problem in check({**FILES, path: data}, only=[path]):
        assert problem.file == path
        assert problem.sentence.endswith((".", "?", "…")), problem.sentence


def bytes_stand(path: str, seed: int) -> None:
    answered(path, bytes_changed(path, seed))


def trees_stand(path: str, seed: int) -> None:
    answered(path, tree_changed(path, seed))


CASE = {"a": 3, "b": "text", "c": None, "rows": [{"p": 1}, {"p": "x"}], "all": {"v": [1, "2", None, True]}}
LEAVES = st.sampled_from(
    ["1", "0", "-2.5", '"x"', "None", "True", "case.a", "case.b", "case.c", "case.rows", "case.all.v", "policy.p", "n"]
)


def branches(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger expressions of smaller ones: each kind that is allowed, and some that are not."""
    signs = st.sampled_from(
        ["+", "-", "*", "/", "//", "%", "**", "<", ">=", "==", "!=", "in", "not in", "and", "or", "is"]
    )
    calls = st.sampled_from(["len", "min", "max", "abs", "round", "count", "str", "int", "days_between", "due", "eval"])
    return st.one_of(
        st.builds("({} {} {})".format, parts, signs, parts),
        st.builds("not {}".format, parts),
        st.builds("-{}".format, parts),
        st.builds("({} if {} else {})".format, parts, parts, parts),
        st.builds("{}({})".format, calls, parts),
        st.builds("{}({}, {})".format, calls, parts, parts),
        st.builds("[{}, {}]".format, parts, parts),
        st.builds("{}[{}]".format, parts, parts),
        st.builds("{}.p".format, parts),
    )


EXPRESSIONS = st.one_of(st.recursive(LEAVES, branches, max_leaves=30), st.text(max_size=200))


class Counted(dict[str, object]):
    """What a case knows, with how often it was asked."""

    asked = 0

    def get(self, key: str, default: object = None) -> object:
        self.asked += 1
        return super().get(key, default)


def worked_out(text: str) -> None:
    """It has a value or a sentence that says why not, and asks of the case at most as often as it has nodes."""
    case, said = Counted(CASE), []
    for work in (lambda: read(text).evaluate(case, {"p": {"q": 1}}, {"n": 1}), lambda: read_script(f"a = {text}")):
        try:
            work()
        except Unsound as fault:
            said.append(fault.sentence)
    assert case.asked <= 200
    assert [sentence for sentence in said if not sentence.endswith((".", "?"))] == []


SEEDS = st.integers(0, 2**32)


@A_FEW
@given(path=st.sampled_from(PATHS), seed=SEEDS)
def test_bytes_changed_by_chance_never_break_the_checker(path: str, seed: int) -> None:
    bytes_stand(path, seed)


@A_FEW
@given(path=st.sampled_from(DRAWN), seed=SEEDS)
def test_drawings_changed_by_chance_never_break_the_checker(path: str, seed: int) -> None:
    trees_stand(path, seed)


@settings(A_FEW, max_examples=300)
@given(text=EXPRESSIONS)
def test_expressions_made_by_chance_have_a_value_or_a_sentence(text: str) -> None:
    worked_out(text)


@pytest.mark.exhaustive
@MANY
@given(path=st.sampled_from(PATHS), seed=SEEDS)
def test_bytes_changed_a_thousand_times_never_break_the_checker(path: str, seed: int) -> None:
    bytes_stand(path, seed)


@pytest.mark.exhaustive
@MANY
@given(path=st.sampled_from(DRAWN), seed=SEEDS)
def test_drawings_changed_a_thousand_times_never_break_the_checker(path: str, seed: int) -> None:
    trees_stand(path, seed)


@pytest.mark.exhaustive
@settings(A_FEW, max_examples=5_000)
@given(text=EXPRESSIONS)
def test_thousands_of_expressions_have_a_value_or_a_sentence(text: str) -> None:
    worked_out(text)

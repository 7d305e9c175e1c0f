"""The check of the largest diagram, changed each time as by somebody who draws, over lxml's reading of its text."""

from collections.abc import Mapping
from functools import partial

from lxml import etree

from benchmarks.engine_cycle import BPMN
from benchmarks.measuring import Figure, Pairs, seconds_of_processor
from workflows.engine.check import check

ROUNDS = 60
SUFFIXES = frozenset({".bpmn", ".dmn", ".toml", ".md", ".csv"})


def figures() -> list[Figure]:
    """How many times as long as the reading the check takes, within the whole set."""
    files = {
        file.relative_to(BPMN).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(BPMN.rglob("*"))
        if file.suffix in SUFFIXES
    }
    largest = max((path for path in files if path.endswith(".bpmn")), key=lambda path: len(files[path]))
    first = seconds_of_processor(partial(check, files, [largest]))
    pairs = Pairs()
    for number in range(ROUNDS):
        text = f"{files[largest]}<!-- {number} -->"
        pairs.floor.append(seconds_of_processor(partial(etree.fromstring, text.encode())))
        pairs.ours.append(seconds_of_processor(partial(sound, {**files, largest: text}, largest)))
    words = f"{largest}: {pairs.words()}; the first time, with {len(files)} files unread, {first * 1000:.0f} ms"
    return [Figure("check_ms", pairs.ratio, 40, words)]


def sound(files: Mapping[str, str], path: str) -> None:
    """Check one file within its set."""
    assert check(files, [path]) == []

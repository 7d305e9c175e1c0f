"""The ways in: what our code is given, and what it answers."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from tests.hostile import diagrams, letters, policies, tables
from tests.hostile.archives import ARCHIVES, Archive
from tests.hostile.attack import Attack
from tests.hostile.expressions import CASE, HARMLESS, REFUSED, WITHOUT_VALUE
from workflows.domain.errors import Broken, NotFound, Unsound
from workflows.engine.check import check
from workflows.engine.decisions import read_test
from workflows.engine.diagrams import read_release
from workflows.engine.drawings import Node
from workflows.engine.drawings import read as read_drawing
from workflows.engine.editing import repairs
from workflows.engine.editing.repairing import Offered
from workflows.engine.editing.steps import NewStep, add_step
from workflows.engine.expressions import FUNCTIONS, read, read_script
from workflows.engine.process import Process
from workflows.engine.xml import NotAcceptable
from workflows.studio import exporting, pages
from workflows.studio.soundness import unsound


def attacks_of(family: str) -> Mapping[str, Callable[[], list[str]]]:
    """The attacks of a family, ready to be carried out."""
    if family == EXPRESSIONS:
        return {key: partial(worked_out, text) for key, text in TEXTS.items()}
    if family == ZIPS:
        return {key: partial(unpacked, archive) for key, archive in ARCHIVES.items()}
    return {key: partial(handed_in, attack) for key, attack in FAMILIES[family].items()}


def handed_in(attack: Attack) -> list[str]:
    """A file of a set: what the checker says, once the pages, the repairs and the soundness have looked at it too."""
    files = {**diagrams.BASE, attack.path: attack.text, **attack.beside}
    found = [problem.sentence for problem in check(files, only=[attack.path, *attack.beside])]
    if isinstance(attack.text, str):
        texts = {path: text for path, text in files.items() if isinstance(text, str)}
        pages.file_lines(texts, diagrams.BASE)
        if attack.path.endswith(".bpmn"):
            _mended(attack.text)
            _edited(attack.text)
            unsound(texts, [attack.path])
            _run(texts)
    return found


def worked_out(text: str) -> list[str]:
    """An expression: why it is refused or has no value. A script and the cell of a table get the same text."""
    with suppress(Unsound):
        read_script(f"a = {text}")
    with suppress(ValueError):
        read_test(text)
    try:
        read(text).evaluate(CASE)
    except Unsound as fault:
        return [fault.sentence]
    return []


def unpacked(archive: Archive) -> list[str]:
    """A zip that is to be taken into a draft."""
    try:
        exporting.unpacked(archive.data)
    except Broken as fault:
        return [fault.sentence]
    return []


def _mended(text: str) -> None:
    with suppress(NotAcceptable):
        repairs.wanted(text, Offered(roles=(), deadlines=(), lengths={}))


def _edited(text: str) -> None:
    """A step more, with the picture drawn anew."""
    with suppress(Unsound):
        first = next((key for key, node in read_drawing(text).nodes.items() if node.type == "startEvent"), "")
        add_step(text, NewStep(name="One more", role="amd", documentation="Do it."), after=first)


def _run(files: Mapping[str, str]) -> None:
    """Some of its processes begun unchecked, and their first steps completed."""
    with suppress(Unsound):
        diagrams = read_release(files)
        for process in ("looping", "c0", "team_planning"):
            with suppress(Unsound, NotFound):
                running = Process.start(diagrams, process, Nobody())
                running.settle()
                for wait in running.waiting()[:1]:
                    running.complete(wait.task)
                    running.settle()


class Nobody:
    """What surrounds a process that belongs to no case: yes to everything that is asked, and no work is done."""

    case: Mapping[str, Any] = {"go": True, "all": {}}
    policy: Mapping[str, Any] = {}
    functions = FUNCTIONS

    def act(self, node: Node) -> None:
        """Nothing."""

    def decided(self, node: Node, outputs: dict[str, Any]) -> None:
        """Nothing is kept."""


EXPRESSIONS, ZIPS = "expressions", "archives"
TEXTS = {**REFUSED, **WITHOUT_VALUE, **HARMLESS}
FAMILIES: Mapping[str, Mapping[str, Attack]] = {
    "diagrams": diagrams.DIAGRAMS,
    "tables": tables.TABLES,
    "policies": policies.POLICIES,
    "letters": letters.LETTERS,
}

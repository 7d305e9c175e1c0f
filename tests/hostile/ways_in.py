"""The ways in: what our code is given, and what it answers."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from tests.hostile import diagrams, letters, policies, tables
from tests.hostile.archives import ARCHIVES, Archive
from tests.hostile.attack import Attack
from tests.hostile.expressions import CASE, HARMLESS, REFUSED, WITHOUT_VALUE
from workflows.domain.errors import Broken, Unsound
from workflows.engine.check import check
from workflows.engine.decisions import read_test
from workflows.engine.editing import repairs
from workflows.engine.editing.repairing import Offered
from workflows.engine.expressions import read, read_script
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
            unsound(texts, [attack.path])
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


EXPRESSIONS, ZIPS = "expressions", "archives"
TEXTS = {**REFUSED, **WITHOUT_VALUE, **HARMLESS}
FAMILIES: Mapping[str, Mapping[str, Attack]] = {
    "diagrams": diagrams.DIAGRAMS,
    "tables": tables.TABLES,
    "policies": policies.POLICIES,
    "letters": letters.LETTERS,
}

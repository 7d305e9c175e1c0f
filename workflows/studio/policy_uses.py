"""What in a draft would miss something that its policy says, if the policy said it no more."""

from collections.abc import Iterator
from typing import NamedTuple

from workflows.domain.errors import NotAllowed
from workflows.studio import pages
from workflows.studio.pages import FileLine, Problem
from workflows.studio.policy_edits import Edit, PolicyPage
from workflows.studio.policy_texts import Path, unsay


class StillUsed(NotAllowed):
    """“{title}” is still used: {where}. Choose something else there first."""


class Use(NamedTuple):
    """Where something is used. `kind` is that of the file; `element` the step or way in a diagram, `place` what it is
    called, `key` and `title` the file's."""

    kind: str
    key: str
    title: str
    element: str
    place: str

    def __str__(self) -> str:
        return f"{self.place} in {self.title}" if self.place else self.title


def uses(page: PolicyPage, path: Path) -> tuple[Use, ...]:
    """What the checker misses in the draft without what the policy says there."""
    own = page.file.path
    without = {**page.files, own: unsay(page.file.text, path)}
    before = set(pages.problems(page.files))
    lost = [one for one in pages.problems(without) if one.file != own and one not in before]
    return tuple(dict.fromkeys(_named(page, lost)))


def removed(page: PolicyPage, path: Path, title: str) -> list[Edit]:
    """What has to be written so that the policy says it no more. Raises StillUsed."""
    if found := uses(page, path):
        raise StillUsed(title=title, where=", ".join(map(str, found)))
    return [(path, None)]


def _named(page: PolicyPage, lost: list[Problem]) -> Iterator[Use]:
    lines: dict[str, FileLine] = {line.path: line for line in pages.file_lines(page.files, page.files)}
    names = pages.places(page.files, lost)
    for one in lost:
        line = lines[one.file]
        for element in (one.element, *one.also):
            yield Use(line.kind, line.key, line.title, element, names.get((one.file, element), element))

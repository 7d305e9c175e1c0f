"""What stops a diagram of another tool from running, and the repairs that can be had for it.

Each repair says in words what it would do before it does it. Some need an answer first: which role a lane stands for,
which way is taken when no condition holds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workflows.engine.editing.diagram import Diagram
from workflows.engine.editing.placing import Placing, drawable

Answers = Mapping[str, str]
Said = list[str]
"""What a repair did, a sentence for each thing."""


@dataclass(frozen=True)
class Asked:
    """A question that a repair needs answered: its options are pairs of key and words; one is suggested. Without
    options, anything may be typed."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    suggested: str = ""


@dataclass(frozen=True)
class Offered:
    """What repairs may choose from: roles with their titles; deadlines with their titles and, where one has a length
    that ISO can write, that length, such as P14D."""

    roles: tuple[tuple[str, str], ...] = ()
    deadlines: tuple[tuple[str, str], ...] = ()
    lengths: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Repair:
    """A repair that there is. `wrong` says what is wrong, `does` what it does about it; `find` the questions that it
    has to ask, None where nothing is wrong; `mend` does it."""

    key: str
    wrong: str
    does: str
    find: Callable[[Diagram, Offered], Sequence[Asked] | None]
    mend: Callable[[Diagram, Answers, Offered], Said]


@dataclass(frozen=True)
class Found:
    """A repair that a text needs, with what it asks."""

    key: str
    wrong: str
    does: str
    asks: tuple[Asked, ...] = ()

    @property
    def suggested(self) -> dict[str, str]:
        """The answers that are suggested."""
        return {asked.key: asked.suggested for asked in self.asks}


@dataclass(frozen=True)
class Mended:
    """The text after a repair, and what was done."""

    text: str
    said: tuple[str, ...]


def mend_with(repair: Repair, text: str, answers: Answers, offered: Offered, *, draws: bool) -> Mended:
    """Carry out one repair. With `draws`, the picture follows, and is made where there is none."""
    diagram = Diagram(text)
    whole = all((*diagram.flows, *diagram.nodes)) and len(diagram.nodes) <= LARGEST and drawable(diagram)
    placing = Placing(diagram) if draws and whole else None
    said = repair.mend(diagram, answers, offered)
    if placing is not None and said:
        placing.finish()
    return Mended(diagram.source.text(), tuple(said))


LARGEST = 150
"""Elements beyond which no picture is made: what is drawn stays as it is."""


def people_steps(diagram: Diagram) -> Iterator[str]:
    """The steps of people."""
    return (key for key in diagram.nodes if diagram.kind(key) == "userTask")


def shortened(names: Sequence[str]) -> str:
    """Up to five names, and how many more there are."""
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown

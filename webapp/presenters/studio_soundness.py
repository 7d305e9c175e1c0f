"""Soundness in words: how each process stands, and each fault as numbered steps, in words and on the drawing."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import url_for

from webapp.presenters.dues import Tag
from workflows.studio.soundness_page import Fault, ProcessSoundness, SoundnessPage


class Turn(NamedTuple):
    """One thing that happens on the way: what, what kind of thing that is, and the answers on which the way hangs."""

    what: str
    kind: str
    answers: list[str]


class Picture(NamedTuple):
    """A drawing with a way on it. `way` are the ids of flows and elements, `numbers` pairs of id and number of the
    turn, `place` the id of what is at fault, each as the script reads them: with spaces between them."""

    title: str
    source: str
    way: str
    numbers: str
    place: str


class FaultLine(NamedTuple):
    """A fault of a process. `key` tells it from the others of its process in words, `anchor` on the page."""

    key: str
    anchor: str
    sentence: str
    turns: list[Turn]
    pictures: list[Picture]


KINDS = {"begin": "", "step": "Somebody does", "time": "The day comes", "message": "A message comes"}


def standing(one: ProcessSoundness) -> Tag:
    """How a process stands, in a word."""
    if one.found.faults:
        count = len(one.found.faults)
        return Tag("1 fault" if count == 1 else f"{count} faults", "red")
    if one.inside:
        return Tag(f"Goes wrong in {', '.join(one.inside)}", "red")
    return Tag("Every case can end", "green") if one.found.whole else Tag("Not all looked at", "yellow")


def summary(page: SoundnessPage) -> str:
    """The draft as a whole, in a sentence."""
    faults = sum(len(one.found.faults) for one in page.processes)
    if faults:
        return "One thing goes wrong." if faults == 1 else f"{faults} things go wrong."
    if page.unread or not all(one.found.whole for one in page.processes):
        return "Nothing was found that goes wrong, but not everything could be looked at."
    return "Whatever people answer, every case can come to its end."


def anchor(fault: Fault) -> str:
    """Where a fault stands on the page of its draft."""
    return f"{fault.process}-{fault.kind}-{fault.element}"


def fault_lines(page: SoundnessPage, one: ProcessSoundness) -> list[FaultLine]:
    """The faults of a process, each with its way."""
    return [
        FaultLine(
            f"fault {number}",
            anchor(fault),
            fault.sentence,
            [
                Turn(
                    f"{turn.name} ({turn.how})" if turn.how else turn.name, KINDS[turn.kind], [*map(str, turn.answers)]
                )
                for turn in fault.way
            ],
            list(_pictures(page, fault)),
        )
        for number, fault in enumerate(one.found.faults, start=1)
    ]


def _pictures(page: SoundnessPage, fault: Fault) -> Iterator[Picture]:
    """The drawings that the way goes through: that of the fault first."""
    processes = dict.fromkeys([fault.process, *(process for turn in fault.way for process, _ in turn.flows)])
    for process in processes:
        way, numbers = [], []
        for number, turn in enumerate(fault.way, start=1):
            way += [key for of, key in (*turn.flows, *turn.passed) if of == process]
            if turn.process == process and turn.element:
                numbers.append(f"{turn.element}:{number}")
        yield Picture(
            page.titles.get(process, process),
            url_for("studio_soundness.diagram", draft_id=page.draft_id, process=process),
            " ".join(dict.fromkeys(way)),
            " ".join(numbers),
            fault.element if process == fault.process else "",
        )

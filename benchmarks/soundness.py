"""How long it takes to look at every situation of all shipped diagrams. No bar: the figure is there to be watched."""

from collections.abc import Mapping
from math import inf
from pathlib import Path
from statistics import median
from time import thread_time

from benchmarks.measuring import Figure
from workflows.engine import soundness

BPMN = Path(__file__).parent.parent / "bpmn"
ROUNDS = 3


def figures() -> list[Figure]:
    """Seconds of work, with nothing kept from round to round."""
    endings = {".bpmn", ".dmn", ".toml", ".csv", ".md"}
    files = {
        path.relative_to(BPMN).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(BPMN.rglob("*"))
        if path.suffix in endings
    }
    took: list[float] = []
    found: Mapping[str, soundness.Soundness] = {}
    for _ in range(ROUNDS):
        soundness.forget()
        began = thread_time()
        found = soundness.soundness_of(files)
        took.append(thread_time() - began)
    whole, most = sum(one.whole for one in found.values()), max(one.states for one in found.values())
    note = f"{len(found)} processes, {whole} of them whole; the largest has {most} situations"
    return [Figure("soundness_s", median(took), inf, note)]

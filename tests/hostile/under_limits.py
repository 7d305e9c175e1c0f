"""Attacks carried out in a process of their own, which is not let have more than its share of time and memory.

python -m tests.hostile.under_limits sizes        prints what became of each attack, as JSON
"""

import json
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0
MEGABYTES = 200
FORBIDDEN = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.remove", "urllib.", "shutil.")
"""What no attack may bring our code to do, as Python's own audit calls it."""
OWN_CODE = (".py", ".pyc", ".so", ".pth")


@dataclass(frozen=True)
class Outcome:
    """What became of an attack: the sentences that refused it, what escaped, seconds of the processor, megabytes."""

    said: tuple[str, ...]
    escaped: str
    seconds: float
    megabytes: float
    did: tuple[str, ...] = ()


def outcomes(family: str) -> dict[str, Outcome]:
    """Carry out a family of attacks in one process, one after the other."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.under_limits", family],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"the process came to an end itself: {done.stderr[-2000:]}"
    return {name: Outcome(**said) for name, said in json.loads(done.stdout).items()}


def carry_out(attacks: Mapping[str, Callable[[], list[str]]]) -> dict[str, Outcome]:
    """Each attack with what it took. What Python is brought to do meanwhile is noted."""
    did: list[str] = []
    sys.addaudithook(lambda event, given: _note(did, event, given))
    _limit()
    found = {}
    for name, attack in attacks.items():
        did.clear()
        before, began = _resident(), time.process_time()
        said, escaped = [], ""
        try:
            said = attack()
        except BaseException:  # noqa: BLE001 - whatever gets out is what we are looking for
            escaped = traceback.format_exc(limit=-4)
        took = time.process_time() - began
        found[name] = Outcome(tuple(said), escaped, round(took, 2), round(_resident() - before, 1), tuple(did))
    return found


def _note(did: list[str], event: str, given: tuple[object, ...]) -> None:
    if event.startswith(FORBIDDEN) and not str(given[:1]).rstrip("',)").endswith(OWN_CODE):
        did.append(f"{event} {given[:1]}"[:200])


def _limit() -> None:
    """Twice what is allowed, so that a bomb ends this process and not the machine."""
    here = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (here + 2 * MEGABYTES * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (90, 100))


def _resident() -> float:
    """The most memory that this process has held so far, in megabytes: it never falls."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    from tests.hostile.ways_in import attacks_of

    json.dump({name: asdict(each) for name, each in carry_out(attacks_of(sys.argv[1])).items()}, sys.stdout)

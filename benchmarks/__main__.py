"""`make bench`: measure, print a table, keep the figures in results.json. Exits 1 when one misses its bar."""

import json
import os
import platform
import sys
from pathlib import Path

from benchmarks import (
    board,
    check,
    engine_cycle,
    inbox,
    lateness,
    moves,
    plan_save,
    soundness,
    submit,
    sweep,
    team,
    together,
)
from benchmarks.measuring import Figure
from benchmarks.postgres import described, postgres

RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    """Measure everything; returns the exit code."""
    found, database = [*engine_cycle.figures(), *plan_save.figures(), *check.figures(), *soundness.figures()], ""
    for part in (submit, inbox, board, team, sweep, lateness, together, moves):
        with postgres() as url:
            database = described(url)
            found += part.figures(url)
    RESULTS.write_text(json.dumps({figure.key: round(figure.value, 2) for figure in found}, indent=2) + "\n")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {database}\n")
    print(table(found))
    return 0 if all(figure.passed for figure in found) else 1


def table(found: list[Figure]) -> str:
    """The figures with their bars, and below them what each is made of."""
    lines = [f"{'figure':<20} {'measured':>10} {'bar':>10}"]
    lines += [
        f"{one.key:<20} {one.value:>10.2f} {one.limit:>10}  {'pass' if one.passed else 'MISSED'}" for one in found
    ]
    return "\n".join([*lines, "", *(f"{one.key}: {one.note}" for one in found)])


if __name__ == "__main__":
    sys.exit(main())

"""`accord calculate`: figures of a job plan from a JSON file, with their working."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

Work = Callable[[bytes, str, date], dict[str, Any]]
"""The contents of the file, the key of a policy and the day that it is, to what is printed."""


@click.group()
def calculate() -> None:
    """Work out a timetable or a rota by a trust's policy. Prints JSON; every figure has its working."""


def worked_out(file: Path, policy: str, work: Work) -> None:
    """Print what comes out; for a wrong file a sentence for each fault, with its line or field, and exit code 1."""
    from workflows.domain.calendars import LONDON  # noqa: PLC0415 - takes a moment to load
    from workflows.domain.errors import BadValues, Broken  # noqa: PLC0415 - takes a moment to load

    try:
        result = work(file.read_bytes(), policy, datetime.now(LONDON).date())
    except OSError:
        faults = ["The file cannot be read."]
    except BadValues as bad:
        faults = [f"{key}: {sentence}" for key, sentence in bad.problems.items()]
    except Broken as broken:
        faults = [broken.sentence]
    else:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for fault in faults:
        click.echo(f"{file}: {fault}", err=True)
    raise SystemExit(1)


@calculate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="Whose rules: blackpool, cumbria, national_england.")
def timetable(file: Path, policy: str) -> None:
    """Hours and PAs a week and a year of a timetable."""
    from workflows.calculating.timetables import from_file  # noqa: PLC0415 - takes a moment to load

    worked_out(file, policy, from_file)


@calculate.command("on-call")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="Whose rules: blackpool, cumbria, national_england.")
def on_call(file: Path, policy: str) -> None:
    """PAs a week of on-call work for each doctor of a rota, by both methods of Appendix 4, and the supplement."""
    from workflows.calculating.on_call import from_file  # noqa: PLC0415 - takes a moment to load

    worked_out(file, policy, from_file)

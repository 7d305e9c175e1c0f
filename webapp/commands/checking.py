"""`accord settings`: how every setting of this installation stands, without a secret in it."""

import json

import click

from webapp.commands import installation

MARKS = {"ok": "ok      ", "warning": "warning ", "refused": "refused "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def settings(as_json: bool) -> None:
    """Look the settings over before a start: what is set, what is missing, what is unsafe. Shows no secret.

    Ends with 1 where Accord would refuse to start.
    """
    found = installation.states()
    if as_json:
        click.echo(json.dumps([vars(state) for state in found], indent=2))
    else:
        width = max(len(state.name) for state in found)
        for state in found:
            click.echo(f"{MARKS[state.level]}{state.name.ljust(width)}  {state.words}")
    raise SystemExit(1 if any(state.level == "refused" for state in found) else 0)

"""The machines of a site, as systemd runs them: each a process that a test may kill, and that is then started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds for which anything is waited for on a busy machine."""
LOOK_AGAIN = 0.05
APPLICATION = "webapp.create_app:create_app()"
ABROAD = (OSError, HTTPException)
"""What a request meets when nobody is there, or goes away while it answers."""


@dataclass
class Site:
    """A site of a web and any number of clocks. `code`: the checkout that the next process runs."""

    folder: Path
    around: Mapping[str, str]
    port: int
    code: Path = ROOT
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    lines: dict[str, tuple[list[str], Path, Mapping[str, str]]] = field(default_factory=dict)

    def begin_web(self, name: str = "web", *, port: int = 0, application: str = APPLICATION) -> None:
        """Start a web. Its port is this site's own unless another is said."""
        line = [command("gunicorn"), application, "--bind", f"127.0.0.1:{port or self.port}"]
        line += ["--threads", "8", "--graceful-timeout", "3", "--no-control-socket", "--log-level", "warning"]
        self.begin(name, line)

    def begin_clock(self, name: str = "clock") -> None:
        """Start a clock."""
        self.begin(name, [command("accord"), "clock"])

    def begin(self, name: str, line: list[str]) -> None:
        """Start a process in a session of its own; what it says goes to a file of its own."""
        self.lines[name] = (line, self.code, self.around)
        self.again(name)

    def again(self, name: str) -> None:
        """Start it as it was started before: what `Restart=always` does."""
        line, code, around = self.lines[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                line, cwd=code, env={**around, "PYTHONPATH": str(code)}, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """kill -9 it and all that it has started."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self, name: str) -> int:
        """End it as systemd does; how it ended."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            return process.wait(PATIENCE)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def stop(self) -> None:
        """End everything that still runs."""
        for process in self.processes.values():
            process.terminate()
        for name in list(self.processes):
            self.end(name)

    def log(self, name: str) -> str:
        """What a process has said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def accord(self, *words: str) -> str:
        """A command that ends by itself, and well."""
        done = subprocess.run(
            [command("accord"), *words],
            cwd=self.code,
            env={**self.around, "PYTHONPATH": str(self.code)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def health(self, port: int = 0) -> dict[str, object]:
        """What /healthz says; nothing where nobody answers."""
        try:
            with urlopen(f"http://127.0.0.1:{port or self.port}/healthz", timeout=PATIENCE) as answer:
                return dict(json.loads(answer.read()))
        except HTTPError as error:
            with error:
                return {"status": error.code}
        except (*ABROAD, ValueError):
            return {}

    def wait_until_well(self, port: int = 0) -> None:
        """Wait for the database, the web and a clock."""
        self.wait_for(lambda: self.health(port).get("status") == "ok", "the site to be well")

    def wait_for(self, condition: Callable[[], object], words: str) -> None:
        """Wait for a condition. Fails with what the processes have said."""
        wait_for(condition, lambda: f"{words}:\n" + "\n".join(self.log(name)[-3000:] for name in self.lines))


def wait_for(condition: Callable[[], object], words: Callable[[], str]) -> None:
    """Look until the condition holds. Fails in the words when it does not come to hold."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"Waited in vain for {words()}"
        time.sleep(LOOK_AGAIN)


@contextmanager
def site_on(database_url: str, folder: Path, **settings: str) -> Iterator[Site]:
    """A site on that database, as a demonstration: people sign in with one press, and the test moves the clock.
    Nothing of it runs afterwards."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    ours = {
        "ACCORD_DEMONSTRATION": "1",
        "ACCORD_DATABASE_URL": database_url,
        "ACCORD_SECRET_KEY": "a key for faults alone, of more than 32 characters",
        "PYTHONUNBUFFERED": "1",
    }
    site = Site(folder, {**plain, **ours, **settings}, free_port())
    try:
        yield site
    finally:
        site.stop()


def command(name: str) -> str:
    """One of our commands, beside the Python that runs the tests."""
    return str(Path(sys.executable).with_name(name))


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])

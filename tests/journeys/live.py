"""The real thing, started for a journey: a fresh database, gunicorn and the clock as processes, on a port of its own.

The port is opened here and handed over, so that two runs never want the same one. Stopping a site ends both processes
and removes its folder; a fault in the log of either fails whoever used the site.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds for which a start or an end is waited for on a busy machine."""
LOOK_AGAIN = 0.1
FAULTS = ("Traceback", "[ERROR]", "[CRITICAL]", "could not look")

Fill = Callable[[Path], None]
"""Puts a database at a path."""


class NotStarted(AssertionError):
    """The site did not come up, or did not run cleanly; the message holds its log."""


@dataclass
class Site:
    """A running site. `folder` holds its database and its log."""

    url: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def log(self) -> str:
        """What web and clock have said so far."""
        file = self.folder / "site.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def must_be_alive(self) -> None:
        """Fails when one of the processes has ended by itself."""
        for process in self.processes:
            if process.poll() is not None:
                raise NotStarted(f"{process.args!r} ended with {process.returncode}:\n{self.log}")


@contextmanager
def running(fill: Fill) -> Iterator[Site]:
    """A site on a database that `fill` puts there. It is well when it is handed over, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="accord-journey-") as folder, socket.socket() as port:
        database = Path(folder) / "accord.sqlite3"
        fill(database)
        port.bind(("127.0.0.1", 0))
        port.listen(64)
        site = Site(f"http://127.0.0.1:{port.getsockname()[1]}", Path(folder))
        try:
            start(site, port, environment(f"sqlite:///{database}"))
            yield site
            site.must_be_alive()
        finally:
            stop(site)
        if any(fault in site.log for fault in FAULTS):
            raise NotStarted(f"The site complained:\n{site.log}")


def start(site: Site, port: socket.socket, around: dict[str, str]) -> None:
    """Start web and clock as `make run` does, and wait until the site says that it is well."""
    web = [command("gunicorn"), "webapp.create_app:create_app()", "--bind", f"fd://{port.fileno()}"]
    web += ["--threads", "8", "--graceful-timeout", "3", "--no-control-socket", "--log-level", "warning"]
    for line in (web, [command("accord"), "clock"]):
        site.processes.append(begin(site, line, port, around))
    port.close()
    for _ in range(int(PATIENCE / LOOK_AGAIN)):
        if is_well(site.url):
            return
        site.must_be_alive()
        pause(site.processes[-1])
    raise NotStarted(f"The site is not well after {PATIENCE} seconds:\n{site.log}")


def begin(site: Site, line: list[str], port: socket.socket, around: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start one command; it inherits the port, and what it says goes to the site's log."""
    with (site.folder / "site.log").open("ab") as log:
        return subprocess.Popen(
            line,
            cwd=ROOT,
            env=around,
            stdout=log,
            stderr=log,
            pass_fds=(port.fileno(),),
            start_new_session=True,
        )


def is_well(url: str) -> bool:
    """What /healthz says: the database answers and a clock has looked."""
    try:
        with urlopen(f"{url}/healthz", timeout=PATIENCE) as answer:  # noqa: S310 - our own http address
            return bool(answer.status == 200)
    except HTTPError:
        return False


def pause(process: subprocess.Popen[bytes]) -> None:
    """A moment, cut short when the process ends."""
    try:
        process.wait(LOOK_AGAIN)
    except subprocess.TimeoutExpired:
        return


def stop(site: Site) -> None:
    """End both, kindly; whatever does not listen is killed with all that it has started."""
    for process in site.processes:
        if process.poll() is None:
            process.terminate()
    for process in site.processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def prepare(database: Path) -> None:
    """Fill a file as `make run` does at its first start: tables, and the demonstration. What it says is kept beside."""
    database.with_suffix(".txt").write_text(accord(database, "prepare"))


def accord(database: Path, *words: str) -> str:
    """What one of our commands says, at port 8123. Fails when it does."""
    said = subprocess.run(
        [command("accord"), *words],
        cwd=ROOT,
        env=environment(f"sqlite:///{database}") | {"PORT": "8123"},
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        raise NotStarted(f"accord {words} ended with {said.returncode}:\n{said.stdout}{said.stderr}")
    return said.stdout


def copy_of(template: Path) -> Fill:
    """Puts a copy of a database there."""
    return lambda database: _copy(template, database)


def environment(database_url: str) -> dict[str, str]:
    """A demonstration on that database, and nothing of ours from the environment of whoever runs the tests."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    return plain | {
        "ACCORD_DEMONSTRATION": "1",
        "ACCORD_DATABASE_URL": database_url,
        "ACCORD_SECRET_KEY": "a key for journeys alone, of more than 32 characters",
        "PYTHONUNBUFFERED": "1",
    }


def command(name: str) -> str:
    """One of our commands, beside the Python that runs the tests."""
    return str(Path(sys.executable).with_name(name))


def _copy(template: Path, database: Path) -> None:
    shutil.copy(template, database)

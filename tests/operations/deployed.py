"""A site as docs/deployment.md says to run it: its own commands, on PostgreSQL, behind a proxy that speaks for TLS."""

import http.client
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
HOST = "accord.trust.example"
PATIENCE = 60.0


def documented(program: str) -> list[str]:
    """The command line that the guide gives systemd for a program, with the one of this Python in its place."""
    said = next(line for line in GUIDE.splitlines() if line.startswith("ExecStart=") and f"/{program} " in line)
    words = shlex.split(said.removeprefix("ExecStart="))
    return [str(Path(sys.executable).with_name(program)), *words[1:]]


def settings(database_url: str, folder: Path) -> dict[str, str]:
    """The variables of the guide, with values of this test."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    return own | {
        "ACCORD_DATABASE_URL": database_url,
        "ACCORD_SECRET_KEY": "q8Zk2vLw0TnYx4RbJm7Hc5Ed1Ua9Gs3Pf6Io",
        "ACCORD_PUBLIC_URL": f"https://{HOST}",
        "ACCORD_PROXIES": "1",
        "ACCORD_ANCHORS": str(folder / "anchors"),
        "ACCORD_LOG": "json",
    }


@dataclass
class Deployed:
    """The running site. `web` is gunicorn's own port, `port` the proxy's."""

    around: Mapping[str, str]
    folder: Path
    web: int
    port: int = 0
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def begin(self, name: str, line: list[str]) -> None:
        """Start a process; what it says goes to a file of its own."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                line, cwd=ROOT, env=dict(self.around), stdout=log, stderr=log, start_new_session=True
            )

    def log(self, name: str) -> str:
        """What a process has said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def lines(self, name: str) -> list[dict[str, object]]:
        """The lines of its log that are JSON."""
        return [json.loads(line) for line in self.log(name).splitlines() if line.startswith("{")]

    def run(self, *words: str) -> str:
        """A command that ends by itself."""
        program = str(Path(sys.executable).with_name("accord"))
        done = subprocess.run(
            [program, *words], cwd=ROOT, env=dict(self.around), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def wait_until_well(self) -> dict[str, object]:
        """What /healthz says once it is well."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for name, process in self.processes.items():
                assert process.poll() is None, f"{name} ended:\n{self.log(name)}"
            try:
                status, _, body = ask(self.port, "GET", "/healthz", {})
            except OSError:
                status, body = 0, ""
            if status == 200:
                return dict(json.loads(body))
            time.sleep(0.2)
        raise AssertionError(f"not well: {self.log('web')}")

    def end(self, name: str) -> int:
        """End one process as systemd does; how it ended."""
        process = self.processes.pop(name)
        process.terminate()
        return process.wait(PATIENCE)

    def stop(self) -> dict[str, int]:
        """End everything as systemd does; how each ended."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        return {name: process.wait(PATIENCE) for name, process in self.processes.items()}


@contextmanager
def deployed(database_url: str, folder: Path) -> Iterator[Deployed]:
    """The site of the guide. Nothing of it is left afterwards."""
    site = Deployed(settings(database_url, folder), folder, web=free_port())
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), forwarding_to(site.web))
    site.port = proxy.server_address[1]
    thread = threading.Thread(target=proxy.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        site.stop()
        proxy.shutdown()
        thread.join()
        proxy.server_close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def forwarding_to(port: int) -> type[BaseHTTPRequestHandler]:
    """What the guide's nginx does: it hands on the Host, and says itself who asked and by which scheme."""

    class Forwarding(BaseHTTPRequestHandler):
        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept = {key: value for key, value in self.headers.items() if not key.lower().startswith("x-forwarded")}
            said = {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https"}
            way = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            try:
                way.request(self.command, self.path, body, {**kept, **said})
                answer = way.getresponse()
                content = answer.read()
            except OSError:
                self.send_error(502)
                return
            finally:
                way.close()
            self.send_response(answer.status)
            for key, value in answer.getheaders():
                if key.lower() not in {"connection", "transfer-encoding", "content-length", "server", "date"}:
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = forward  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Nothing: the web tells of its requests."""

    return Forwarding


def ask(
    port: int, method: str, path: str, headers: Mapping[str, str], body: str = ""
) -> tuple[int, list[tuple[str, str]], str]:
    """One request to the proxy."""
    way = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        way.request(method, path, body or None, {"Host": HOST, **headers})
        answer = way.getresponse()
        return answer.status, answer.getheaders(), answer.read().decode()
    finally:
        way.close()


class Browser:
    """Somebody at the other side of the proxy. It keeps cookies as a browser on https does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: SimpleCookie = SimpleCookie()
        self.headers: dict[str, str] = {}
        self.html = ""

    def open(self, path: str, *, status: int = 200) -> str:
        """Open a page."""
        self._send("GET", path, "", status)
        return self.html

    def post(self, path: str, typed: Mapping[str, str], *, status: int = 303) -> str:
        """Send a form of the open page; returns where it leads."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.html)
        assert found, self.html[:500]
        self._send("POST", path, urlencode({"csrf_token": found[1], **typed}), status)
        return self.headers.get("Location", "")

    def _send(self, method: str, path: str, body: str, status: int) -> None:
        headers = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}/"}
        found, answered, self.html = ask(self.port, method, path, headers, body)
        assert found == status, f"{method} {path}: {found}\n{self.html[:2000]}"
        self.headers = dict(answered)
        for key, value in answered:
            if key == "Set-Cookie":
                assert "Secure" in value
                self.cookies.load(value)

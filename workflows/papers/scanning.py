"""The hook for a malware scanner: a command that reads the file, or clamd behind a socket.

    ACCORD_SCANNER=clamdscan --no-summary -        a command: it gets the file on its standard input and answers with
                                                   its exit code: 0 clean, 1 infected, anything else: it failed
    ACCORD_SCANNER=unix:/run/clamav/clamd.ctl      clamd on a socket of this machine (INSTREAM)
    ACCORD_SCANNER=tcp:127.0.0.1:3310              clamd on a port
    (not set)                                      nothing is scanned, and each document says so

A file is scanned before any transaction begins: scanners take their time.
"""

import shlex
import socket
import struct
import subprocess
from collections.abc import Callable
from typing import Literal

from workflows.domain.errors import Broken

Verdict = Literal["clean", "infected", "not_scanned"]
Scanner = Callable[[bytes], Verdict]
"""Looks at the bytes of a file. Raises ScannerFailed."""

SECONDS = 60
PIECE = 256 * 1024
INFECTED = 1
ANSWER = 4096


class ScannerFailed(Broken):
    """This file could not be checked for malware, so it was not added. Please try again later, and tell your Medical
    Directorate team if it stays so."""


class UnknownScanner(Exception):
    """The setting ACCORD_SCANNER cannot be read."""


def scanner(setting: str) -> Scanner:
    """The scanner that a setting names. Raises UnknownScanner."""
    setting = setting.strip()
    if not setting:
        return no_scanner
    kind, _, place = setting.partition(":")
    if kind == "unix":
        return lambda content: by_clamd(socket.AF_UNIX, place, content)
    if kind == "tcp":
        host, _, port = place.rpartition(":")
        if not host or not port.isdecimal():
            raise UnknownScanner(f"ACCORD_SCANNER is “{setting}”: write tcp:host:port.")
        return lambda content: by_clamd(socket.AF_INET, (host, int(port)), content)
    try:
        command = shlex.split(setting)
    except ValueError as error:
        raise UnknownScanner(f"ACCORD_SCANNER is no command: {error}.") from error
    return lambda content: by_command(command, content)


def no_scanner(_content: bytes) -> Verdict:
    """This installation has none."""
    return "not_scanned"


def by_command(command: list[str], content: bytes) -> Verdict:
    """Give the file to a command. Nothing of the file's name or of our settings reaches it."""
    try:
        # The command is the installation's own setting, and no shell reads it.
        done = subprocess.run(  # noqa: S603
            command,
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ScannerFailed from error
    if done.returncode not in {0, INFECTED}:
        raise ScannerFailed
    return "infected" if done.returncode == INFECTED else "clean"


def by_clamd(family: int, address: str | tuple[str, int], content: bytes) -> Verdict:
    """Stream the file to clamd, which answers "stream: OK" or "stream: ... FOUND"."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(SECONDS)
            line.connect(address)
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < ANSWER and (more := line.recv(ANSWER)):
                answer += more
    except OSError as error:
        raise ScannerFailed from error
    words = answer.rstrip(b"\0\n ").decode("utf-8", "replace")
    if words.endswith("FOUND"):
        return "infected"
    if words.endswith("OK"):
        return "clean"
    raise ScannerFailed

"""Settings from the environment, typed. Only the front doors read them: create_app, the commands and the clock.

The defaults are right in production. A demonstration (ACCORD_DEMONSTRATION=1, as `make run` sets it) makes its own
secret key and lists its personas at sign-in.
"""

import os
import secrets
import shlex
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

ROOT = Path(__file__).resolve().parent
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})
SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 10
"""How many different characters a secret has at least: one made by chance has more."""
PLACEHOLDERS = ("change", "secret", "password", "example", "replace", "insert", "random characters")
"""What keys that were copied from a page hold."""


class UnsafeSettings(Exception):
    """Accord refuses to start: a setting is missing, cannot be read, or would be unsafe."""


@dataclass(frozen=True)
class MailServer:
    """The way by which e-mail leaves."""

    host: str
    port: int
    security: str
    """starttls, tls or none."""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """What differs between one installation and another."""

    database_url: str = field(repr=False)
    """May hold a password."""
    secret_key: str = field(repr=False)
    """Signs session cookies and form tokens; at least 32 characters."""
    demonstration: bool = False
    """Personas at sign-in, a clock that visitors move, cookies that travel over plain http."""
    scanner: str = ""
    """What looks for malware in uploaded files: a command, unix:/socket or tcp:host:port of clamd; "" for nothing."""
    document_megabytes: int = 10
    """How large a document of a case may be."""
    case_megabytes: int = 100
    """How large all documents of a case may be together."""
    mail_server: MailServer | None = None
    """None where none is set: e-mail then waits; that of a demonstration is shown on a page."""
    mail_from: str = "Accord <accord@localhost.invalid>"
    """From whom e-mail comes: an address, or a name with an address in angle brackets."""
    public_url: str = "http://127.0.0.1:8000"
    """The address of the site as people open it, without a slash at its end."""
    proxies: int = 0
    """How many proxies stand before the web: as many addresses at the end of X-Forwarded-For are believed."""
    log: str = "plain"
    """How lines of the log are written: json for machines, plain for people."""
    anchors: Path | None = None
    """The folder to which the clock writes the anchors of the histories once a day; None for nowhere."""
    web_processes: int = 1
    """How many web processes gunicorn was told to start, as far as its command line says."""
    instance: Path = ROOT / "instance"
    """Where the embedded database and a demonstration's key are kept."""


@dataclass(frozen=True)
class State:
    """How a setting stands: ok, warning or refused, in words that hold no secret."""

    name: str
    level: str
    words: str


def read_settings(
    environment: Mapping[str, str] | None = None,
    instance: Path = ROOT / "instance",
    arguments: Sequence[str] | None = None,
) -> Settings:
    """The settings of this process. Raises UnsafeSettings with a sentence that says what to set.

    arguments: the command line that was started, gunicorn's among others: it says who can reach the site.
    """
    given = _given(environment)
    line = _command_line(given, sys.argv if arguments is None else arguments)
    demonstration = _switch(given, "ACCORD_DEMONSTRATION")
    parts = _parts(given, instance, line, demonstration=demonstration)
    settings = Settings(**{key: read() for key, (_, read, _) in parts.items()})
    for state in _together(settings, given, line):
        if state.level == "refused":
            raise UnsafeSettings(state.words)
    return settings


def states(
    environment: Mapping[str, str] | None = None,
    instance: Path = ROOT / "instance",
    arguments: Sequence[str] | None = None,
) -> list[State]:
    """How every setting stands, one by one, for whoever sets up an installation. Nothing is secret in it."""
    given = _given(environment)
    line = _command_line(given, sys.argv if arguments is None else arguments)
    found, values, on = [], {}, given["ACCORD_DEMONSTRATION"].lower() in YES
    for key, (name, read, words) in _parts(given, instance, line, demonstration=on).items():
        try:
            values[key] = read()
        except UnsafeSettings as unsafe:
            found.append(State(name, "refused", str(unsafe)))
        else:
            found.append(State(name, "ok", words(values[key])))
    if any(state.level == "refused" for state in found):
        return found
    return [*found, *_together(Settings(**values), given, line)]


def _given(environment: Mapping[str, str] | None) -> Mapping[str, str]:
    """What the environment says, without blanks around it; "" where it says nothing."""
    found = os.environ if environment is None else environment
    return defaultdict(str, {name: said.strip() for name, said in found.items()})


Part = tuple[str, Callable[[], Any], Callable[[Any], str]]
"""The name of a setting, how it is read, and its value in words."""


def _parts(given: Mapping[str, str], instance: Path, line: Sequence[str], *, demonstration: bool) -> Mapping[str, Part]:
    def megabytes(name: str, otherwise: int) -> Part:
        return name, lambda: _whole(given, name, otherwise, range(1, 1001), "a whole number from 1 to 1000"), str

    proxies = "how many proxies stand before the web, 0 for none"

    return {
        "demonstration": ("ACCORD_DEMONSTRATION", lambda: _switch(given, "ACCORD_DEMONSTRATION"), _on_or_off),
        "secret_key": (
            "ACCORD_SECRET_KEY",
            lambda: _secret_key(given, instance, demonstration=demonstration),
            lambda key: f"set, {len(key)} characters",
        ),
        "database_url": ("ACCORD_DATABASE_URL", lambda: _database_url(given, instance), _database_in_words),
        "public_url": ("ACCORD_PUBLIC_URL", lambda: _public_url(given, demonstration=demonstration), str),
        "mail_server": (
            "ACCORD_SMTP_URL",
            lambda: _mail_server(given),
            lambda server: f"{server.host}:{server.port}, {server.security}" if server else "not set: e-mail waits",
        ),
        "mail_from": ("ACCORD_MAIL_FROM", lambda: _mail_from(given), str),
        "proxies": ("ACCORD_PROXIES", lambda: _whole(given, "ACCORD_PROXIES", 0, range(11), proxies), str),
        "scanner": ("ACCORD_SCANNER", lambda: given["ACCORD_SCANNER"], lambda said: said or "not set"),
        "document_megabytes": megabytes("ACCORD_DOCUMENT_MEGABYTES", 10),
        "case_megabytes": megabytes("ACCORD_CASE_MEGABYTES", 100),
        "log": ("ACCORD_LOG", lambda: _log(given, demonstration=demonstration), str),
        "anchors": ("ACCORD_ANCHORS", lambda: _folder(given, "ACCORD_ANCHORS"), lambda said: str(said or "not set")),
        "web_processes": ("--workers", lambda: _web_processes(given, line), str),
        "instance": ("instance", lambda: instance, str),
    }


def _together(settings: Settings, given: Mapping[str, str], line: Sequence[str]) -> Iterator[State]:
    """What only settings taken together, or with the command line, tell to be unsafe."""
    if settings.demonstration and not _switch(given, "ACCORD_DEMONSTRATION_ANYWHERE"):
        for where in _reachable(settings, line):
            words = (
                f"ACCORD_DEMONSTRATION is on, and {where}: anybody could sign in as anybody. Turn it off, or say with "
                "ACCORD_DEMONSTRATION_ANYWHERE=1 that it holds nothing but invented people."
            )
            yield State("ACCORD_DEMONSTRATION", "refused", words)
    if settings.demonstration:
        return
    if given["FLASK_DEBUG"].lower() not in NO:
        yield State("FLASK_DEBUG", "refused", "FLASK_DEBUG is on: it shows the insides of the site. Take it away.")
    if not given["ACCORD_PUBLIC_URL"]:
        words = "ACCORD_PUBLIC_URL is not set: no e-mail can lead anybody to the site."
        yield State("ACCORD_PUBLIC_URL", "warning", words)
    if settings.database_url.startswith("sqlite") and settings.web_processes > 1:
        words = "web processes share the embedded SQLite, which has one writer: use PostgreSQL."
        yield State("ACCORD_DATABASE_URL", "warning", f"{settings.web_processes} {words}")
    if settings.anchors is None:
        words = "no anchor of the histories leaves the house, so a cut end could go unnoticed."
        yield State("ACCORD_ANCHORS", "warning", f"ACCORD_ANCHORS is not set: {words}")


NO_HOST = ("unix:", "fd:")
"""What gunicorn may listen on that is no address: a socket of this machine, or one that somebody else opened."""


def _reachable(settings: Settings, line: Sequence[str]) -> Iterator[str]:
    """Through what somebody elsewhere might come to this site."""
    bound = [_host_of(place) for place in _options(line, "-b", "--bind")]
    away = [host for host in bound if host not in AT_HOME and not host.startswith(NO_HOST)]
    if away:
        yield f"the web listens on {away[0] or 'every address'}"
    if (urlsplit(settings.public_url).hostname or "") not in AT_HOME:
        yield f"the site is known as {settings.public_url}"
    server = urlsplit(settings.database_url).hostname
    if server and server not in AT_HOME:
        yield "its database is a server elsewhere"


def _command_line(given: Mapping[str, str], arguments: Sequence[str]) -> list[str]:
    """What was said to gunicorn, on its command line or in its variable; nothing for any other command."""
    if not arguments or Path(arguments[0]).name != "gunicorn":
        return []
    line = [*shlex.split(given["GUNICORN_CMD_ARGS"]), *arguments[1:]]
    if given["PORT"] and not _options(line, "-b", "--bind"):
        line += ["--bind", f"0.0.0.0:{given['PORT']}"]  # where gunicorn then listens by itself
    return line


def _options(line: Sequence[str], *names: str) -> list[str]:
    """The values of an option, as "--name value" or "--name=value"."""
    found = [after for before, after in pairwise(line) if before in names]
    return found + [word.partition("=")[2] for word in line if word.partition("=")[0] in names and "=" in word]


def _host_of(place: str) -> str:
    """ "127.0.0.1:8000" -> "127.0.0.1", "[::1]:80" -> "::1"."""
    if place.startswith(NO_HOST) or ":" not in place:
        return place
    return place.rpartition(":")[0].strip("[]")


def _web_processes(given: Mapping[str, str], line: Sequence[str]) -> int:
    said = [*_options(line, "-w", "--workers"), given["WEB_CONCURRENCY"]]
    return next((int(one) for one in said if one.isdecimal() and 0 < int(one) < 1000), 1)


def _on_or_off(value: object) -> str:
    return "on" if value else "off"


def _database_in_words(url: str) -> str:
    """Where the database is, without who signs in to it."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return f"embedded SQLite at {parts.path[1:]}"
    return f"PostgreSQL, {parts.path.strip('/')} at {parts.hostname or 'this machine'}"


def _log(given: Mapping[str, str], *, demonstration: bool) -> str:
    said = given["ACCORD_LOG"].lower() or ("plain" if demonstration else "json")
    if said not in {"plain", "json"}:
        raise UnsafeSettings(f"ACCORD_LOG is “{said}”: write json or plain.")
    return said


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    said = given[name]
    if not said:
        return None
    folder = Path(said)
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise UnsafeSettings(f"{name} must be a folder that this process may write to.")
    return folder


SMTP = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
"""The beginnings of ACCORD_SMTP_URL: how the way is kept secret, and the port where none is said."""
AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})


def _mail_server(given: Mapping[str, str]) -> MailServer | None:
    said = given["ACCORD_SMTP_URL"]
    if not said:
        return None
    # The address may hold a password: no sentence repeats it.
    parts = _split(said, "ACCORD_SMTP_URL")
    if parts.scheme not in SMTP or not parts.hostname:
        raise UnsafeSettings("ACCORD_SMTP_URL must be like smtp+starttls://user:password@host:587, or smtps://...")
    security, port = SMTP[parts.scheme]
    if parts.username and security == "none" and parts.hostname not in AT_HOME:
        raise UnsafeSettings("ACCORD_SMTP_URL would send a password unencrypted: use smtp+starttls:// or smtps://.")
    for name in ("ACCORD_MAIL_FROM", "ACCORD_PUBLIC_URL"):
        if not given[name]:
            raise UnsafeSettings(f"{name} is not set: with a mail server Accord needs it.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise UnsafeSettings("ACCORD_SMTP_URL: a mail server takes plain letters, figures and signs alone.")
    return MailServer(parts.hostname, parts.port or port, security, user, password)


def _split(said: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(said)
        _ = parts.port
    except ValueError:
        raise UnsafeSettings(f"{name} cannot be read: look at its host and port.") from None
    return parts


def _mail_from(given: Mapping[str, str]) -> str:
    said = given["ACCORD_MAIL_FROM"]
    if not said:
        return Settings.mail_from
    local, at, host = parseaddr(said)[1].partition("@")
    if not (local and at and host) or not said.isprintable():
        raise UnsafeSettings("ACCORD_MAIL_FROM must be an e-mail address, such as Accord <accord@trust.nhs.uk>.")
    return said


def _public_url(given: Mapping[str, str], *, demonstration: bool) -> str:
    said = given["ACCORD_PUBLIC_URL"].rstrip("/")
    if not said:
        return f"http://127.0.0.1:{given['PORT'] or '8000'}"
    parts = _split(said, "ACCORD_PUBLIC_URL")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise UnsafeSettings("ACCORD_PUBLIC_URL must be the address of the site, such as https://accord.trust.nhs.uk.")
    if parts.scheme == "http" and not demonstration and parts.hostname not in AT_HOME:
        raise UnsafeSettings("ACCORD_PUBLIC_URL must begin with https://: people sign in there.")
    return said


def _whole(given: Mapping[str, str], name: str, otherwise: int, allowed: range, what: str) -> int:
    said = given[name] or str(otherwise)
    if not said.isdecimal() or int(said) not in allowed:
        raise UnsafeSettings(f"{name} is “{said}”: write {what}.")
    return int(said)


def _switch(given: Mapping[str, str], name: str) -> bool:
    said = given[name].lower()
    if said not in YES | NO:
        raise UnsafeSettings(f"{name} is “{said}”: write 1 or 0.")
    return said in YES


def _database_url(given: Mapping[str, str], instance: Path) -> str:
    said = given["ACCORD_DATABASE_URL"]
    if not said:
        instance.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{instance / 'accord.sqlite3'}"
    scheme, _, rest = said.partition("://")
    if scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg://{rest}"
    if scheme not in {"sqlite", "postgresql+psycopg"}:
        raise UnsafeSettings("ACCORD_DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return said


def _secret_key(given: Mapping[str, str], instance: Path, *, demonstration: bool) -> str:
    said = given["ACCORD_SECRET_KEY"]
    if said and len(said) < SHORTEST_SECRET:
        raise UnsafeSettings(f"ACCORD_SECRET_KEY is too short: use at least {SHORTEST_SECRET} random characters.")
    if said and not demonstration and _guessable(said):
        raise UnsafeSettings(
            "ACCORD_SECRET_KEY can be guessed: make one by chance, as with "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'."
        )
    if not said and not demonstration:
        raise UnsafeSettings(
            "ACCORD_SECRET_KEY is not set: give it at least 32 random characters and keep them secret."
        )
    return said or _own_key(instance / "demonstration.key")


def _guessable(key: str) -> bool:
    """Whether a key was never made by chance: a placeholder, or the same few characters over and over."""
    return len(set(key)) < FEWEST_CHARACTERS or any(word in key.lower() for word in PLACEHOLDERS)


def _own_key(path: Path) -> str:
    """The key that a demonstration made for itself, kept so that a restart signs nobody out. Two processes that start
    at once agree: the file is linked into place whole, once."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()

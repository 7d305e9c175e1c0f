"""Settings from the environment, typed. Only the front doors read them: create_app, the commands and the clock.

The defaults are right in production. A demonstration (ACCORD_DEMONSTRATION=1, as `make run` sets it) makes its own
secret key and lists its personas at sign-in.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

ROOT = Path(__file__).resolve().parent
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})
SHORTEST_SECRET = 32
MOST_MEGABYTES = 1000


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
    instance: Path = ROOT / "instance"
    """Where the embedded database and a demonstration's key are kept."""


def read_settings(environment: Mapping[str, str] | None = None, instance: Path = ROOT / "instance") -> Settings:
    """The settings of this process. Raises UnsafeSettings with a sentence that says what to set."""
    given = os.environ if environment is None else environment
    demonstration = _switch(given, "ACCORD_DEMONSTRATION")
    return Settings(
        database_url=_database_url(given, instance),
        secret_key=_secret_key(given, instance, demonstration=demonstration),
        demonstration=demonstration,
        scanner=given.get("ACCORD_SCANNER", "").strip(),
        document_megabytes=_megabytes(given, "ACCORD_DOCUMENT_MEGABYTES", 10),
        case_megabytes=_megabytes(given, "ACCORD_CASE_MEGABYTES", 100),
        mail_server=_mail_server(given),
        mail_from=_mail_from(given),
        public_url=_public_url(given, demonstration=demonstration),
        proxies=_proxies(given),
        instance=instance,
    )


SMTP = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
"""The beginnings of ACCORD_SMTP_URL: how the way is kept secret, and the port where none is said."""
AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_PROXIES = 10


def _mail_server(given: Mapping[str, str]) -> MailServer | None:
    said = given.get("ACCORD_SMTP_URL", "").strip()
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
        if not given.get(name, "").strip():
            raise UnsafeSettings(f"{name} is not set: with a mail server Accord needs it.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, parts.port or port, security, user, password)


def _split(said: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(said)
        _ = parts.port
    except ValueError:
        raise UnsafeSettings(f"{name} cannot be read: look at its host and port.") from None
    return parts


def _mail_from(given: Mapping[str, str]) -> str:
    said = given.get("ACCORD_MAIL_FROM", "").strip()
    if not said:
        return Settings.mail_from
    local, at, host = parseaddr(said)[1].partition("@")
    if not (local and at and host) or not said.isprintable():
        raise UnsafeSettings("ACCORD_MAIL_FROM must be an e-mail address, such as Accord <accord@trust.nhs.uk>.")
    return said


def _public_url(given: Mapping[str, str], *, demonstration: bool) -> str:
    said = given.get("ACCORD_PUBLIC_URL", "").strip().rstrip("/")
    if not said:
        return f"http://127.0.0.1:{given.get('PORT', '').strip() or '8000'}"
    parts = _split(said, "ACCORD_PUBLIC_URL")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise UnsafeSettings("ACCORD_PUBLIC_URL must be the address of the site, such as https://accord.trust.nhs.uk.")
    if parts.scheme == "http" and not demonstration and parts.hostname not in AT_HOME:
        raise UnsafeSettings("ACCORD_PUBLIC_URL must begin with https://: people sign in there.")
    return said


def _proxies(given: Mapping[str, str]) -> int:
    said = given.get("ACCORD_PROXIES", "").strip() or "0"
    if not said.isdecimal() or int(said) > MOST_PROXIES:
        raise UnsafeSettings(f"ACCORD_PROXIES is “{said}”: write how many proxies stand before the web, 0 for none.")
    return int(said)


def _megabytes(given: Mapping[str, str], name: str, otherwise: int) -> int:
    said = given.get(name, "").strip() or str(otherwise)
    if not said.isdecimal() or not 1 <= int(said) <= MOST_MEGABYTES:
        raise UnsafeSettings(f"{name} is “{said}”: write a whole number from 1 to {MOST_MEGABYTES}.")
    return int(said)


def _switch(given: Mapping[str, str], name: str) -> bool:
    said = given.get(name, "").strip().lower()
    if said not in YES | NO:
        raise UnsafeSettings(f"{name} is “{said}”: write 1 or 0.")
    return said in YES


def _database_url(given: Mapping[str, str], instance: Path) -> str:
    said = given.get("ACCORD_DATABASE_URL", "").strip()
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
    said = given.get("ACCORD_SECRET_KEY", "").strip()
    if said and len(said) < SHORTEST_SECRET:
        raise UnsafeSettings(f"ACCORD_SECRET_KEY is too short: use at least {SHORTEST_SECRET} random characters.")
    if said:
        return said
    if not demonstration:
        raise UnsafeSettings(
            "ACCORD_SECRET_KEY is not set: give it at least 32 random characters and keep them secret."
        )
    return _own_key(instance / "demonstration.key")


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

"""Settings from the environment, typed. Only the front doors read them: create_app, the commands and the clock.

The defaults are right in production. A demonstration (ACCORD_DEMONSTRATION=1, as `make run` sets it) makes its own
secret key and lists its personas at sign-in.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})
SHORTEST_SECRET = 32


class UnsafeSettings(Exception):
    """Accord refuses to start: a setting is missing, cannot be read, or would be unsafe."""


@dataclass(frozen=True)
class Settings:
    """What differs between one installation and another."""

    database_url: str
    secret_key: str = field(repr=False)
    """Signs session cookies and form tokens; at least 32 characters."""
    demonstration: bool = False
    """Personas at sign-in, a clock that visitors move, cookies that travel over plain http."""
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
        instance=instance,
    )


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

"""Settings from the environment: right in production by themselves, and refused where they would be unsafe."""

from pathlib import Path

import pytest

from config import UnsafeSettings, read_settings

SECRET = "0123456789abcdef0123456789abcdef"


def test_production_needs_a_secret_key(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="ACCORD_SECRET_KEY is not set"):
        read_settings({}, tmp_path)


@pytest.mark.parametrize("key", ["secret", "x" * 31])
def test_a_short_secret_key_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(UnsafeSettings, match="too short"):
        read_settings({"ACCORD_SECRET_KEY": key, "ACCORD_DEMONSTRATION": "1"}, tmp_path)


def test_the_embedded_database_lies_in_the_instance_folder(tmp_path: Path) -> None:
    settings = read_settings({"ACCORD_SECRET_KEY": SECRET}, tmp_path / "instance")
    assert settings.database_url == f"sqlite:///{tmp_path / 'instance' / 'accord.sqlite3'}"
    assert (tmp_path / "instance").is_dir()
    assert not settings.demonstration


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg_whatever_its_address_begins_with(tmp_path: Path, scheme: str) -> None:
    given = {"ACCORD_SECRET_KEY": SECRET, "ACCORD_DATABASE_URL": f"{scheme}://somebody:x@host/accord"}
    assert read_settings(given, tmp_path).database_url == "postgresql+psycopg://somebody:x@host/accord"


def test_another_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="must begin with"):
        read_settings({"ACCORD_SECRET_KEY": SECRET, "ACCORD_DATABASE_URL": "mysql://host/accord"}, tmp_path)


def test_a_switch_that_is_neither_on_nor_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="write 1 or 0"):
        read_settings({"ACCORD_SECRET_KEY": SECRET, "ACCORD_DEMONSTRATION": "maybe"}, tmp_path)


def test_a_demonstration_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first = read_settings({"ACCORD_DEMONSTRATION": "1"}, tmp_path)
    again = read_settings({"ACCORD_DEMONSTRATION": "yes"}, tmp_path)
    assert first.secret_key == again.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "demonstration.key").stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "demonstration.key"]


def test_the_key_is_not_in_what_a_log_would_print(tmp_path: Path) -> None:
    assert SECRET not in repr(read_settings({"ACCORD_SECRET_KEY": SECRET}, tmp_path))

"""Settings from the environment: right in production by themselves, and refused where they would be unsafe."""

from pathlib import Path

import pytest

from config import MailServer, UnsafeSettings, read_settings, states

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


GUNICORN = ["/somewhere/bin/gunicorn", "webapp.create_app:create_app()"]
DEMONSTRATION = {"ACCORD_DEMONSTRATION": "1", "ACCORD_SECRET_KEY": SECRET}


@pytest.mark.parametrize(
    "key",
    [
        "x" * 40,
        "abcabcabcabcabcabcabcabcabcabcabcabc",
        "please-change-me-please-change-me-0123",
        "MySecretKey0123456789abcdefghijkl",
    ],
)
def test_a_secret_that_was_never_made_by_chance_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(UnsafeSettings, match="can be guessed") as refused:
        read_settings({"ACCORD_SECRET_KEY": key}, tmp_path)
    assert key not in str(refused.value)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, ["--bind", "0.0.0.0:8000"]),
        ({}, ["--bind=10.1.2.3:8000"]),
        ({}, ["-b", ":8000"]),
        ({}, ["--bind", "127.0.0.1:8000", "--bind", "[::]:8000"]),
        ({"GUNICORN_CMD_ARGS": "--bind 0.0.0.0:8000"}, []),
        ({"PORT": "8000"}, []),
        ({"ACCORD_PUBLIC_URL": "https://accord.trust.nhs.uk"}, ["--bind", "127.0.0.1:8000"]),
        ({"ACCORD_DATABASE_URL": "postgresql://u:p@db.trust.nhs.uk/accord"}, []),
    ],
)
def test_a_demonstration_that_others_could_reach_is_refused_unless_it_is_meant(
    tmp_path: Path, more: dict[str, str], line: list[str]
) -> None:
    with pytest.raises(UnsafeSettings, match="anybody could sign in as anybody"):
        read_settings({**DEMONSTRATION, **more}, tmp_path, [*GUNICORN, *line])
    meant = {**DEMONSTRATION, **more, "ACCORD_DEMONSTRATION_ANYWHERE": "1"}
    assert read_settings(meant, tmp_path, [*GUNICORN, *line]).demonstration


@pytest.mark.parametrize(
    "line", [[], ["--bind", "127.0.0.1:8000"], ["-b", "unix:/run/accord.sock"], ["--bind", "fd://7"], ["-b=[::1]:80"]]
)
def test_a_demonstration_at_home_starts(tmp_path: Path, line: list[str]) -> None:
    assert read_settings(DEMONSTRATION, tmp_path, [*GUNICORN, *line]).demonstration
    assert read_settings({**DEMONSTRATION, "PORT": "8000"}, tmp_path, ["accord", "clock"]).demonstration


def test_debugging_is_refused_in_production(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="FLASK_DEBUG is on"):
        read_settings({"ACCORD_SECRET_KEY": SECRET, "FLASK_DEBUG": "1"}, tmp_path)
    assert not read_settings({"ACCORD_SECRET_KEY": SECRET, "FLASK_DEBUG": "0"}, tmp_path).demonstration


def levels(tmp_path: Path, given: dict[str, str], *line: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for state in states({"ACCORD_SECRET_KEY": SECRET, **given}, tmp_path, [*GUNICORN, *line]):
        found.setdefault(state.level, []).append(state.name)
    return found


def test_what_is_missing_or_unwise_but_not_dangerous_is_a_warning(tmp_path: Path) -> None:
    assert levels(tmp_path, {}, "--workers", "2")["warning"] == [
        "ACCORD_PUBLIC_URL",
        "ACCORD_DATABASE_URL",
        "ACCORD_ANCHORS",
    ]
    whole = {
        "ACCORD_PUBLIC_URL": "https://accord.trust.nhs.uk",
        "ACCORD_DATABASE_URL": "postgresql://accord:hunter2@localhost/accord",
        "ACCORD_ANCHORS": str(tmp_path / "anchors"),
    }
    assert set(levels(tmp_path, whole, "-w", "4")) == {"ok"}


def test_every_setting_that_is_refused_is_told_at_once_and_no_secret_with_it(tmp_path: Path) -> None:
    given = {
        "ACCORD_SECRET_KEY": "shortbutsecret",
        "ACCORD_DATABASE_URL": "mysql://accord:hunter2@host/accord",
        "ACCORD_LOG": "loud",
        "ACCORD_SMTP_URL": "smtps://accord:hunter3@mail.trust.nhs.uk",
    }
    found = states(given, tmp_path, GUNICORN)
    refused = [state.name for state in found if state.level == "refused"]
    assert refused == ["ACCORD_SECRET_KEY", "ACCORD_DATABASE_URL", "ACCORD_SMTP_URL", "ACCORD_LOG"]
    said = " ".join(state.words for state in found)
    assert not any(secret in said for secret in ("hunter", "shortbutsecret"))


def test_no_secret_is_in_what_is_told_of_sound_settings(tmp_path: Path) -> None:
    given = {
        "ACCORD_SECRET_KEY": SECRET,
        "ACCORD_DATABASE_URL": "postgresql://accord:hunter2@host/accord",
        "ACCORD_SMTP_URL": "smtps://accord:hunter3@mail.trust.nhs.uk",
        "ACCORD_MAIL_FROM": "accord@trust.nhs.uk",
        "ACCORD_PUBLIC_URL": "https://accord.trust.nhs.uk",
    }
    said = " ".join(state.words for state in states(given, tmp_path, GUNICORN)) + repr(read_settings(given, tmp_path))
    assert not any(secret in said for secret in ("hunter", SECRET))
    assert "PostgreSQL, accord at host" in said


def test_logs_are_for_machines_in_production_and_for_people_in_a_demonstration(tmp_path: Path) -> None:
    assert read_settings({"ACCORD_SECRET_KEY": SECRET}, tmp_path).log == "json"
    assert read_settings(DEMONSTRATION, tmp_path).log == "plain"
    with pytest.raises(UnsafeSettings, match="write json or plain"):
        read_settings({**DEMONSTRATION, "ACCORD_LOG": "loud"}, tmp_path)


def test_anchors_go_to_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(UnsafeSettings, match="folder"):
        read_settings({**DEMONSTRATION, "ACCORD_ANCHORS": str(file)}, tmp_path)


MAIL = {"ACCORD_SECRET_KEY": SECRET, "ACCORD_MAIL_FROM": "Accord <accord@trust.example>"} | {
    "ACCORD_PUBLIC_URL": "https://accord.trust.example/"
}


@pytest.mark.parametrize(
    ("said", "host", "port", "security", "user", "password"),
    [
        (
            "smtp+starttls://accord:p%40ss%3A%2F@mail.trust.example",
            "mail.trust.example",
            587,
            "starttls",
            "accord",
            "p@ss:/",
        ),
        ("smtps://accord:x@mail.trust.example:2465", "mail.trust.example", 2465, "tls", "accord", "x"),
        ("smtp://relay.trust.example", "relay.trust.example", 25, "none", "", ""),
        ("smtp://accord:x@127.0.0.1:2525", "127.0.0.1", 2525, "none", "accord", "x"),
    ],
)
def test_a_mail_server_is_named_by_an_address(
    tmp_path: Path, said: str, host: str, port: int, security: str, user: str, password: str
) -> None:
    settings = read_settings(MAIL | {"ACCORD_SMTP_URL": said}, tmp_path)
    assert settings.mail_server == MailServer(host, port, security, user, password)
    assert settings.public_url == "https://accord.trust.example"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ACCORD_SMTP_URL": "mail.trust.example"}, "must be like smtp"),
        ({"ACCORD_SMTP_URL": "http://mail.trust.example"}, "must be like smtp"),
        ({"ACCORD_SMTP_URL": "smtps://hidden:hidden@mail.trust.example:port"}, "cannot be read"),
        ({"ACCORD_SMTP_URL": "smtp://hidden:hidden@mail.trust.example"}, "unencrypted"),
        ({"ACCORD_SMTP_URL": "smtps://hidden:hidd%C3%A9n@mail.trust.example"}, "plain letters"),
        ({"ACCORD_SMTP_URL": "smtps://mail.trust.example", "ACCORD_MAIL_FROM": ""}, "ACCORD_MAIL_FROM is not set"),
        ({"ACCORD_SMTP_URL": "smtps://mail.trust.example", "ACCORD_PUBLIC_URL": ""}, "ACCORD_PUBLIC_URL is not set"),
        ({"ACCORD_MAIL_FROM": "Accord"}, "must be an e-mail address"),
        ({"ACCORD_MAIL_FROM": "accord@trust.example\nBcc: x@y.example"}, "must be an e-mail address"),
        ({"ACCORD_PUBLIC_URL": "accord.trust.example"}, "must be the address of the site"),
        ({"ACCORD_PUBLIC_URL": "http://accord.trust.example"}, "must begin with https"),
        ({"ACCORD_PROXIES": "one"}, "how many proxies"),
        ({"ACCORD_PROXIES": "11"}, "how many proxies"),
    ],
)
def test_settings_of_mail_and_proxies_that_make_no_sense_are_refused_in_words(
    tmp_path: Path, wrong: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UnsafeSettings, match=sentence) as refused:
        read_settings(MAIL | wrong, tmp_path)
    assert "hidden" not in str(refused.value)


def test_no_password_is_in_what_a_log_would_print(tmp_path: Path) -> None:
    given = {"ACCORD_SMTP_URL": "smtps://accord:hidden@mail.trust.example"}
    given["ACCORD_DATABASE_URL"] = "postgresql://accord:hidden@database.trust.example/accord"
    assert "hidden" not in repr(read_settings(MAIL | given, tmp_path))


def test_documents_have_limits_and_a_scanner_that_can_be_set(tmp_path: Path) -> None:
    plain = read_settings({"ACCORD_DEMONSTRATION": "1"}, tmp_path)
    assert (plain.scanner, plain.document_megabytes, plain.case_megabytes) == ("", 10, 100)
    given = {"ACCORD_SCANNER": " clamdscan - ", "ACCORD_DOCUMENT_MEGABYTES": "25", "ACCORD_CASE_MEGABYTES": "200"}
    found = read_settings({"ACCORD_DEMONSTRATION": "1", **given}, tmp_path)
    assert (found.scanner, found.document_megabytes, found.case_megabytes) == ("clamdscan -", 25, 200)


@pytest.mark.parametrize("said", ["0", "-1", "2.5", "much", "100000"])
def test_a_limit_that_is_no_number_of_megabytes_is_refused(tmp_path: Path, said: str) -> None:
    with pytest.raises(UnsafeSettings, match="ACCORD_DOCUMENT_MEGABYTES"):
        read_settings({"ACCORD_DEMONSTRATION": "1", "ACCORD_DOCUMENT_MEGABYTES": said}, tmp_path)

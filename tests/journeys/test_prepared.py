"""What `make run` does before its first start, and what it leaves alone at the next."""

import shutil
from pathlib import Path

import pytest

from tests.databases import new_engine, once
from tests.journeys import live
from webapp import commands
from workflows.store import migrating


@pytest.mark.slow
def test_prepare_fills_an_empty_installation_once_and_says_how_to_sign_in(templates: Path, tmp_path: Path) -> None:
    filled = once(templates, "demonstration", live.prepare)
    said = filled.with_suffix(".txt").read_text()
    assert "http://127.0.0.1:8123" in said
    assert commands.DEMONSTRATION_PASSWORD in said
    database = Path(shutil.copy(filled, tmp_path))
    engine = new_engine(f"sqlite:///{database}")
    assert migrating.differences(engine) == []
    with engine.connect() as connection:
        found = [connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar() for table in ("trust", "case")]
    assert found[0] == 2
    live.accord(database, "prepare")
    assert "There are trusts already" in live.accord(database, "seed", "demo")
    with engine.connect() as connection:
        assert connection.exec_driver_sql('SELECT count(*) FROM "case"').scalar() == found[1]
    engine.dispose()

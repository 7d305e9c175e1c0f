"""A clock of the sweep, as a process: it says that it is ready, waits for the word, and looks until nothing is due.

python -m benchmarks.one_clock '["postgresql+psycopg://...", "2027-03-01T00:00:00+00:00"]'
"""

import json
import sys
from datetime import datetime

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from workflows import clock
from workflows.store import engines, firings


def main() -> None:
    """Run it."""
    url, at = json.loads(sys.argv[1])
    engine = engines.prepare(create_engine(url, **engines.options(url)))
    sessions, now = sessionmaker(engine), datetime.fromisoformat(at)
    waits(sessions, now)
    print("ready", flush=True)
    sys.stdin.readline()
    while waits(sessions, now):
        clock.tick(sessions, at=now)


def waits(sessions: sessionmaker[Session], now: datetime) -> bool:
    """Whether anything is due."""
    with sessions() as session:
        return bool(firings.due_ids(session, now=now, limit=1))


if __name__ == "__main__":
    main()

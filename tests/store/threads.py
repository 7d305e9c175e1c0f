"""Real threads on one database, each with sessions of its own, all starting at once."""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workflows.store import begin_write, is_race


def at_once(engine: Engine, work: Callable[[Session], int], *, threads: int, times: int = 1) -> list[int]:
    """Run `work` in its own transaction, `times` in each thread, again after every lost race. Returns all it returned.

    What goes wrong otherwise goes on up.
    """
    gate = threading.Barrier(threads)

    def one_thread(_number: int) -> list[int]:
        gate.wait(timeout=10)
        return [until_won(engine, work) for _ in range(times)]

    with ThreadPoolExecutor(threads) as pool:
        return [result for results in pool.map(one_thread, range(threads)) for result in results]


def until_won(engine: Engine, work: Callable[[Session], int]) -> int:
    """One verb as the front door runs it, but more patient."""
    for attempt in range(200):
        try:
            with Session(engine) as session:
                begin_write(session)
                result = work(session)
                session.commit()
                return result
        except Exception as fault:
            if not is_race(fault):
                raise
            time.sleep(random.uniform(0, 0.002 * min(attempt + 1, 10)))
    raise AssertionError("lost 200 races in a row")

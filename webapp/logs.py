"""The log: one line an event, as JSON or plain to read. It holds ids, never names, answers, addresses or tokens."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

FIELDS = (
    "event",
    "request_id",
    "method",
    "route",
    "status",
    "milliseconds",
    "person_id",
    "trust_id",
)
"""What a line says besides its time, level and message, where it knows it: given as `extra` to the logger."""

VALUES = re.compile(r"(DETAIL|CONTEXT): .*")
"""Where PostgreSQL repeats the values of a row that it refused."""

NOISY = ("gunicorn.access", "werkzeug")
"""Loggers that would write whole addresses, with what is asked in them. Our own line of a request replaces theirs."""


class JsonLines(logging.Formatter):
    """A line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger and event; what else the event knows; and the trace of a fault."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": getattr(record, "event", "message"),
            "message": record.getMessage(),
        }
        said.update({name: getattr(record, name) for name in FIELDS[1:] if getattr(record, name, None) is not None})
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """The trace without the values of rows."""
        return VALUES.sub(r"\1: (left out)", super().formatException(ei))


class PlainLines(logging.Formatter):
    """A line to read."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """The trace without the values of rows."""
        return VALUES.sub(r"\1: (left out)", super().formatException(ei))


def configure(kind: str, *, quiet: bool = False) -> None:
    """Send what is logged to standard error, as "json" or "plain"; called once by each front door.

    quiet: only what needs somebody's attention, as a visitor of a demonstration wants their terminal.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if kind == "json" else PlainLines())
    handler.set_name("accord")
    root = logging.getLogger()
    for before in [one for one in root.handlers if one.get_name() == "accord"]:
        root.removeHandler(before)
    root.addHandler(handler)
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a look that takes over a second is no fault
    logging.getLogger("spiff").setLevel(logging.WARNING)  # it tells each state of each task
    # What gunicorn says of its workers goes the same way as the rest.
    logging.getLogger("gunicorn.error").handlers.clear()
    logging.getLogger("gunicorn.error").propagate = True
    for name in NOISY:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).setLevel(logging.ERROR)

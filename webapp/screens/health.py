"""/healthz: is the installation well? For machines."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify

from webapp import door
from webapp.guards import guard, public
from workflows.inbox.health import Health, code_version, health_of

screen = Blueprint("health", __name__)


@guard(public)
@screen.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 while the database answers and a clock is alive; else 503 with the same body. Real time, also in a
    demonstration: its clock moves, but it beats in ours."""
    health = health_of(door.session(), real_now=datetime.now(UTC))
    body = {
        "status": "ok" if health.well else "failing",
        "version": code_version(),
        "database": "ok" if health.database else "failing",
        "clock": {"last_beat_seconds": health.last_beat_seconds, "lateness_ms": health.lateness_ms},
        **_figures(health),
    }
    return jsonify(body), 200 if health.well else 503


def _figures(health: Health) -> dict[str, Any]:
    found = health.figures
    if found is None:
        return {}
    return {
        "tables": found.tables,
        "incidents_open": found.incidents_open,
        "mail": {
            "waiting": found.mail_waiting,
            "oldest_seconds": found.mail_oldest_seconds,
            "given_up_in_a_day": found.mail_given_up,
        },
        "submit_p95_ms": found.submit_p95_ms,
    }

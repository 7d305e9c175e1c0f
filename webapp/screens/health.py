"""/healthz: is the installation well? For machines."""

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify

from webapp import door
from webapp.guards import guard, public
from workflows.inbox.health import health_of

screen = Blueprint("health", __name__)


@guard(public)
@screen.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 while the database answers and a clock is alive; else 503 with the same body. Real time, also in a
    demonstration: its clock moves, but it beats in ours."""
    health = health_of(door.session(), real_now=datetime.now(UTC))
    body = {
        "status": "ok" if health.well else "failing",
        "database": "ok" if health.database else "failing",
        "clock": {"last_beat_seconds": health.last_beat_seconds, "lateness_ms": health.lateness_ms},
    }
    return jsonify(body), 200 if health.well else 503

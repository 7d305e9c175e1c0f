"""The mail server is away for a day while cases and clock go on; then everything is sent, each e-mail once."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.faults import checks
from tests.faults.machines import free_port, site_on
from tests.faults.people import Round, new_round
from tests.notices.mail_server import MailServer
from workflows.store.models import Mail

WAITING = 5
IMPATIENT = """
from webapp.commands import main
from workflows.clock import post
post.RESTS = (1,)
main(["clock"])
"""
"""The clock as it is, but that it asks a server that was away again after a second and not after half a minute."""


@pytest.mark.slow
def test_e_mail_waits_for_a_day_and_is_then_sent_once(postgres_url: str, tmp_path: Path) -> None:
    round_ = new_round(checks.engine_on(postgres_url), acting=0, waiting=WAITING)
    server = MailServer(port=free_port())
    settings = {
        "ACCORD_SMTP_URL": f"smtp://localhost:{server.port}",
        "ACCORD_MAIL_FROM": "Accord <accord@cpft.example>",
        "ACCORD_PUBLIC_URL": "http://127.0.0.1:8000",
    }
    with site_on(postgres_url, tmp_path, **settings) as site:
        round_.move_on(19)
        site.begin("clock", [sys.executable, "-c", IMPATIENT])
        site.wait_for(lambda: "E-mail waits" in site.log("clock"), "the clock to find no server")
        before = mails(round_)["waiting"]
        assert before >= WAITING, "each reminder has its e-mail"
        round_.move_on(1)
        site.wait_for(lambda: not checks.waits(round_.engine, datetime.now(UTC) + round_.ahead), "the clock to go on")
        assert checks.fired_once(round_.engine) == WAITING
        assert mails(round_) == {"waiting": before}
        server.start()
        try:
            site.wait_for(lambda: mails(round_)["sent"] == before, "everything to be sent")
        finally:
            server.stop()
        sent = Counter((message["To"], message["Subject"], message.get_content()) for message in server.messages)
        assert (len(server.messages), set(sent.values())) == (before, {1})
        assert "Traceback" not in site.log("clock")


def mails(round_: Round) -> Counter[str]:
    """How many e-mails there are, by how they stand."""
    with Session(round_.engine) as session:
        return Counter(session.scalars(select(Mail.status)))

"""What is forgotten once a day: old e-mail, links and signed-in browsers, and attempts that count no more."""

from datetime import UTC, datetime

from workflows import front_door
from workflows.clock.looking import Sessions, Tally
from workflows.notices import sending
from workflows.people import attempting
from workflows.people import sessions as browsers


def forget_traffic(sessions: Sessions, _tally: Tally, at: datetime) -> None:
    """Forget what nobody needs any more.

    Browsers and attempts are of real time: a demonstration whose clock was moved signs nobody out.
    """
    real = min(at, datetime.now(UTC))
    for forget, now in ((sending.prune, at), (browsers.prune, real), (attempting.prune, real)):
        with sessions() as session:
            front_door.perform(session, forget, now=now)

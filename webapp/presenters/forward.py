"""What happened while the demonstration's clock was moved, in words."""

from collections.abc import Mapping

from webapp.presenters import words

SAID = {
    "due": ("deadline came to its day", "deadlines came to their day"),
    "plans_in_force": ("job plan came into force", "job plans came into force"),
    "remind": ("reminder was sent", "reminders were sent"),
    "escalate": ("escalation was sent", "escalations were sent"),
    "delivered": ("message between cases was delivered", "messages between cases were delivered"),
    "failed": ("thing could not be done and will be tried again", "things could not be done and will be tried again"),
}
"""What the clock does, in the order in which it is told. Anything else it does concerns nobody."""


def happened(done: Mapping[str, int]) -> str:
    """ "On the way, 3 reminders were sent and 1 escalation was sent." """
    told = [words.count(done[key], one, many) for key, (one, many) in SAID.items() if done.get(key)]
    return f"On the way, {words.listed(told)}." if told else "Nothing was due on the way."

"""The demonstration's e-mail in words."""

from typing import Any

from webapp.presenters import words
from workflows.inbox.demonstration import SentPage

KINDS = {
    "notice": "Reminders and other news",
    "digest": "Daily e-mails",
    "meeting": "Meetings",
    "invitation": "Invitations to Accord",
    "password": "Forgotten passwords",
}


def summary(found: SentPage) -> str:
    """ "12 e-mails"."""
    return words.count(found.total, "e-mail").capitalize()


def people(found: SentPage) -> list[dict[str, Any]]:
    """The options of the filter by person."""
    named = [{"value": str(key), "text": name, "selected": key == found.person_id} for key, name in found.people]
    return [{"value": "", "text": "Everybody"}, *named]


def kinds(found: SentPage) -> list[dict[str, Any]]:
    """The options of the filter by kind."""
    named = [{"value": key, "text": text, "selected": key == found.kind} for key, text in KINDS.items()]
    return [{"value": "", "text": "Every kind"}, *named]

"""Verbs on people: ending their sessions."""

import secrets

from workflows.store import Session, sign_ins


def end_sessions(session: Session, *, session_key: str) -> bool:
    """Give the account of that key a new one: every cookie that carries the old one is dead, in each browser.

    Returns False for a persona of a demonstration, whom several visitors are at once: there nothing is ended.
    """
    return sign_ins.renew_key(session, session_key=session_key, new_key=secrets.token_urlsafe(32))

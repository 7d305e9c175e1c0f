"""One's own account in words."""

from datetime import datetime

from webapp.presenters import words
from workflows.inbox.accounts import Browser

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser(row: Browser) -> str:
    """ "Firefox on Windows", as far as the browser says."""
    name = next((name for sign, name in BROWSERS if sign in row.browser), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in row.browser), "")
    return f"{name} on {system}" if system else name


def used(row: Browser, now: datetime) -> str:
    """ "Last used 5 minutes ago"."""
    minutes = int((now - row.seen_at).total_seconds() // 60)
    if minutes < 2:
        return "Used just now"
    if minutes < 60:
        return f"Last used {minutes} minutes ago"
    return f"Last used on {words.moment(row.seen_at)}"


def invited(*, new: bool) -> str:
    """What has just been done for somebody."""
    opened = "The account is open." if new else "There was an account already."
    return f"{opened} A link to choose a password is on its way by e-mail."

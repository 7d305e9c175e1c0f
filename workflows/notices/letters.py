"""An e-mail as it leaves: its words, its headers, the calendar file that goes with it.

What comes from people (names, subjects) never makes a header of its own: line breaks and other control characters
become spaces before anything is put into a header.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from workflows.domain.errors import Broken

LONGEST_HEADER = 200
KINDS = {
    "notice": "Open it in Accord:",
    "digest": "See your steps in Accord:",
    "meeting": "Open the case in Accord:",
    "password": "Choose a new password here:",
    "invitation": "Choose your password here:",
}
"""The kinds of e-mails, with the words before their link."""
SECRET = frozenset({"password", "invitation"})
"""Kinds that lead to a page which lets whoever opens it choose a password."""


class NoAddress(Broken):
    """“{address}” is not an e-mail address in plain letters. Correct it on the page of the person."""


@dataclass(frozen=True)
class Site:
    """From where e-mail comes: `address` is that of the site, without a slash at its end; `sender` is as in From."""

    address: str
    sender: str

    @property
    def host(self) -> str:
        """The name of the site's host, which makes Message-IDs its own."""
        return urlsplit(self.address).hostname or "accord.invalid"

    @property
    def sender_address(self) -> str:
        """The bare address of From."""
        return parseaddr(self.sender)[1]


@dataclass(frozen=True)
class Letter:
    """An e-mail that a clock has claimed. `calendar` is a calendar file with its method, or None."""

    id: int
    trust_id: int
    key: str
    kind: str
    to: str
    address: str
    trust: str
    subject: str
    words: str
    link: str
    calendar: tuple[str, str] | None = None


def message_of(letter: Letter, *, site: Site, now: datetime) -> EmailMessage:
    """The e-mail with its headers. Raises NoAddress."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(letter.subject)
    message["From"] = site.sender
    message["To"] = recipient(letter)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(letter.key, site)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_of(letter, site), charset="utf-8", cte="quoted-printable")
    if letter.calendar is not None:
        file, method = letter.calendar
        message.add_alternative(file, subtype="calendar", charset="utf-8", cte="base64", params={"method": method})
        message.add_attachment(file.encode(), maintype="application", subtype="ics", filename="meeting.ics")
    return message


def message_id(key: str, site: Site) -> str:
    """The same for the same e-mail, however often it is sent: whoever gets it twice can tell."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{site.host}>"


def recipient(letter: Letter) -> Address:
    """To whom it goes. Raises NoAddress."""
    try:
        found = Address(display_name=one_line(letter.to), addr_spec=letter.address)
    except (ValueError, IndexError, MessageError):
        raise NoAddress(address=one_line(letter.address)) from None
    whole = found.username and "." in found.domain and letter.address.isascii()
    if not whole or one_line(letter.address) != letter.address:
        raise NoAddress(address=one_line(letter.address))
    return found


def text_of(letter: Letter, site: Site) -> str:
    """The text: who it is for, what it says, where it leads, and how to have fewer of them."""
    lines = [f"Dear {one_line(letter.to)},", clean(letter.words)]
    if letter.link:
        lines.append(f"{KINDS.get(letter.kind, KINDS['notice'])}\n{site.address}{letter.link}")
    if letter.kind not in SECRET:
        lines.append(f"You choose how e-mail reaches you on “Your account”:\n{site.address}/account")
    lines.append(f"Accord, {one_line(letter.trust)}\nPlease do not answer this e-mail: nobody reads what comes back.")
    return "\n\n".join(lines) + "\n"


def one_line(text: str) -> str:
    """A text as a header may hold it: control characters and line breaks are spaces, and it is not too long.

    The beginning of an encoded word (RFC 2047) is broken up: decoded on the way, it could bring a line break back.
    """
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text).replace("=?", "= ?")
    return " ".join(plain.split())[:LONGEST_HEADER]


def clean(text: str) -> str:
    """A text as a body may hold it: lines end alike, and no other control character is left."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign)[0] != "C").strip()

"""The way to a mail server. What it answers is told in words: the whole server fails, or one e-mail does."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from workflows.domain.errors import Broken
from workflows.notices.letters import one_line

TIMEOUT_SECONDS = 10
"""For each word to the server: one that hangs is given up on soon."""
CLOSING = 421


@dataclass(frozen=True)
class Server:
    """A mail server. `security` is starttls, tls, or none: none is for a server on the same machine."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


class Unreachable(Broken):
    """The mail server cannot be used: {reason}"""


class Refused(Broken):
    """The mail server did not take an e-mail: {reason}"""

    def __init__(self, *, reason: str, for_good: bool) -> None:
        """`for_good`: there is no point in trying again."""
        self.for_good = for_good
        super().__init__(reason=reason)


class Connection:
    """An open way to a mail server."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client

    def send(self, message: EmailMessage, *, sender: str, to: str) -> None:
        """Hand one e-mail over. Raises Refused for this one alone, Unreachable when no other would get through."""
        try:
            self._client.send_message(message, from_addr=sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refusal(*next(iter(refused.recipients.values()))) from None
        except smtplib.SMTPSenderRefused as refused:
            fault = _refusal(refused.smtp_code, refused.smtp_error)
            raise (Unreachable(reason=fault.reason) if fault.for_good else fault) from None
        except smtplib.SMTPResponseException as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from None
        except (smtplib.SMTPException, OSError) as lost:
            raise Unreachable(reason=_said(lost)) from None


@contextmanager
def connected(server: Server, *, helo: str) -> Iterator[Connection]:
    """A way to the server, closed at the end. `helo` is the name by which we greet it. Raises Unreachable."""
    client = _open(server, helo)
    try:
        yield Connection(client)
    finally:
        try:
            client.quit()
        except (smtplib.SMTPException, OSError):
            client.close()


def _open(server: Server, helo: str) -> smtplib.SMTP:
    client: smtplib.SMTP | None = None
    try:
        context = ssl.create_default_context()
        if server.security == "tls":
            client = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=helo, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, local_hostname=helo, timeout=TIMEOUT_SECONDS)
        if server.security == "starttls":
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
    except (smtplib.SMTPException, OSError) as fault:
        if client is not None:
            client.close()
        raise Unreachable(reason=_said(fault)) from None
    return client


def _refusal(code: int, words: bytes | str) -> Refused:
    """What the server said to one e-mail. Raises Unreachable when it is about to close."""
    if code == CLOSING:
        raise Unreachable(reason=_answer(code, words)) from None
    return Refused(reason=_answer(code, words), for_good=code >= 500)


def _answer(code: int, words: bytes | str) -> str:
    """An answer of the server, quoted: the words are not ours."""
    return f"it said “{code} {one_line(words.decode('utf-8', 'replace') if isinstance(words, bytes) else words)}”."


def _said(fault: Exception) -> str:
    """A fault of the connection in words, without anything that we had sent."""
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return "it does not accept the user name and password that are set for Accord."
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return "it does not offer what the settings ask for, encryption or signing in."
    if isinstance(fault, ssl.SSLCertVerificationError):
        return "its certificate cannot be trusted."
    if isinstance(fault, smtplib.SMTPResponseException):
        return _answer(fault.smtp_code, fault.smtp_error)
    if isinstance(fault, TimeoutError):
        return "it does not answer."
    return f"there is no connection ({type(fault).__name__})."

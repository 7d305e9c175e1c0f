"""A real mail server on this machine (aiosmtpd), which can be told what to answer, to be slow, or to go away."""

import asyncio
import socket
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as HEADERS
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from workflows.notices.smtp import Server

OK = "250 OK"


@dataclass
class MailServer:
    """One server. `recipients` and `data` are its answers by the address that an e-mail goes to."""

    user: str = ""
    password: str = ""
    certificate: ssl.SSLContext | None = None
    port: int = 0
    recipients: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    sender: str = OK
    envelopes: list[Envelope] = field(default_factory=list)
    running: Any = None

    def start(self) -> "MailServer":
        """Listen; on the port of before, if it was up once."""
        self.port = self.port or free_port()
        wants: dict[str, Any] = {}
        if self.user:
            wants = {"authenticator": self._knows, "auth_required": True, "auth_require_tls": bool(self.certificate)}
        self.running = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=self.certificate,
            require_starttls=self.certificate is not None,
            enable_SMTPUTF8=False,
            **wants,
        )
        self.running.start()
        return self

    def stop(self) -> None:
        """Go away."""
        if self.running is not None:
            self.running.stop()
            self.running = None

    @property
    def address(self) -> Server:
        """As the settings name it."""
        security = "starttls" if self.certificate else "none"
        return Server("localhost", self.port, security, self.user, self.password)

    @property
    def messages(self) -> list[EmailMessage]:
        """What it has taken, as its readers see it."""
        return [message_from_bytes(cast(bytes, one.content), policy=HEADERS) for one in self.envelopes]

    def _knows(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, said: Any) -> AuthResult:
        told = isinstance(said, LoginPassword) and (said.login.decode(), said.password.decode())
        return AuthResult(success=told == (self.user, self.password), handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Who it comes from."""
        if self.sender == OK:
            envelope.mail_from = address
        return self.sender

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Who it goes to."""
        answer = self.recipients.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        """What it says."""
        answer = self.data.get(envelope.rcpt_tos[0], OK)
        if answer == OK:
            self.envelopes.append(envelope)
        await asyncio.sleep(0)
        return answer


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])

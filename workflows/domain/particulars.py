"""What is recorded of a person, and which names and addresses there can be."""

import re
import unicodedata
from dataclasses import dataclass

from workflows.domain.errors import NotAllowed

ADDRESS = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]+")


class NotAnAddress(NotAllowed):
    """“{email}” is not an e-mail address."""


class NeedsAName(NotAllowed):
    """A name is a single line of letters, at most 200."""


class TakenAlready(NotAllowed):
    """{name} has this e-mail address or this employee number already."""


@dataclass(frozen=True)
class Particulars:
    """What is recorded of a person."""

    name: str
    email: str
    employee_number: str | None = None
    registration: str | None = None
    not_medical: bool = False

    def cleaned(self) -> "Particulars":
        """The same as it is kept. Raises NeedsAName, NotAnAddress."""
        name, email = " ".join(self.name.split()), self.email.strip().lower()
        if not name or len(name) > 200 or any(unicodedata.category(sign)[0] == "C" for sign in name):
            raise NeedsAName
        if len(email) > 254 or not ADDRESS.fullmatch(email):
            raise NotAnAddress(email=self.email.strip()[:80])
        number, registration = (self.employee_number or "").strip(), (self.registration or "").strip()
        return Particulars(name, email, number or None, registration or None, self.not_medical)

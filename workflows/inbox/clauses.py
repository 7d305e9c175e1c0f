"""The words of the policies' clauses, so that whoever reads an id can read why."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO

from workflows.domain.wording import short
from workflows.releases import shipped_clauses

CITED = re.compile(r" \((?P<policy>[A-Z]{3,5}) [0-9][^()]*\)")
NATIONAL = "TCS"
BEGINS = 70
"""Characters of a clause by which it is known in a list."""


@dataclass(frozen=True)
class Clause:
    """A requirement of a policy: where it stands there, and what it asks for."""

    id: str
    policy: str
    section: str
    heading: str
    requirement: str


def clauses(named: str) -> tuple[Clause, ...]:
    """The clauses that a text of ids names ("CPFT-7.5-a BTH-App5-f"); unknown ids are left out."""
    known = _all()
    return tuple(known[each] for each in named.replace(",", " ").split() if each in known)


def to_choose(trust: str) -> tuple[tuple[str, str], ...]:
    """The clauses of a trust's own policy and of the national terms: each id with its heading and how it begins."""
    own = (clause for clause in _all().values() if clause.policy in (trust, NATIONAL))
    return tuple((clause.id, f"{clause.heading}: {short(clause.requirement, BEGINS)}") for clause in own)


def of_the_trust(named: str, trust: str) -> str:
    """Of the ids in a text those of the trust's own policy; all of them where it has none among them."""
    ids = named.split()
    return " ".join([each for each in ids if each.startswith(f"{trust}-")] or ids)


def without_others(sentence: str, trust: str) -> str:
    """A sentence without the clauses in brackets that are of other trusts' policies, as in “(BTH 3.4.13.2)”."""
    return CITED.sub(lambda cited: cited[0] if cited["policy"] in (trust, NATIONAL) else "", sentence)


@cache
def _all() -> dict[str, Clause]:
    return {clause.id: clause for clause in _read()}


def _read() -> Iterator[Clause]:
    for row in csv.DictReader(StringIO(shipped_clauses(), newline="")):
        yield Clause(row["id"], row["policy"], row["section"], row["heading"], row["requirement"])

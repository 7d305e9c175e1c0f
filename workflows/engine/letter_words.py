"""What fills the places of a letter: the words and tables of the case that sends it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from workflows.domain.calendars import in_full, in_words
from workflows.domain.disputes import SIDES, pay_effective, total_effect
from workflows.domain.fields import Field, number_in_words
from workflows.domain.letters import NOT_RECORDED, Table
from workflows.domain.roles import Role
from workflows.engine import ledger, letter_reviews
from workflows.engine.expressions import FUNCTIONS, read
from workflows.engine.letter_contract import contract_kind, contract_pas
from workflows.engine.moves import Move

SEATS: Mapping[str, str] = {"chair": "Chair", "nominee": "Named by the doctor", "third": "Third member"}
"""The seats of a panel, in words."""


@dataclass(frozen=True)
class Words:
    """The words of a case for one letter: `role` is that of whoever gets it, `to` the names that it is addressed to."""

    move: Move
    role: str
    to: str

    def word(self, name: str) -> str:
        """What stands for a name in braces; see domain.letters.WORDS."""
        kind, _, rest = name.partition(".")
        policy = self.move.loaded.policy
        match kind:
            case "case":
                return self.fact(rest)
            case "policy":
                return plain(_inside(policy.values, rest))
            case "due":
                row = ledger.newest(self.move, rest)
                return in_full(row.due_on) if row else NOT_RECORDED
            case "name":
                return self.names(self.move.bench.holders(Role(rest)))
            case _:
                return self.title(name) if name in set(Role) else self.by_itself(name)

    def by_itself(self, name: str) -> str:
        """A word of domain.letters.WORDS."""
        move = self.move
        words: dict[str, Callable[[], str | None]] = {
            "to": lambda: self.to,
            "sender": lambda: sender(move)["name"],
            "trust": lambda: move.loaded.policy.name,
            "reference": lambda: move.case.reference,
            "today": lambda: in_words(move.today),
            "year": lambda: move.case.year,
            "team": lambda: move.case.team.name if move.case.team else "",
            "doctor": lambda: self.names([move.case.subject_id] if move.case.subject_id else []),
            "contract": lambda: contract_kind(move),
            "effective_from": lambda: in_full(self.effective[0]) if self.effective[0] else "",
            "effective_because": lambda: self.effective[1],
        }
        return (words[name]() if name in words else "") or NOT_RECORDED

    def title(self, role: str) -> str:
        """What the trust calls a role."""
        return self.move.loaded.policy.title(role)

    @property
    def decided(self) -> Sequence[Mapping[str, Any]]:
        """What stands of each disputed part: with what the dispute has ended, else what was settled or decided last."""
        ended = self.move.known["dispute_outcome"] or {}
        return ended.get("elements") or self.move.known["outcomes"] or []

    @cached_property
    def effective(self) -> tuple[date | None, str]:
        """From when pay changes with what has been decided, and why; None where it does not."""
        known = self.move.known
        if not total_effect(known["disputed"] or [], self.decided):
            return None, ""
        return pay_effective(*(ledger.as_date(known[key]) for key in ("referral_received_date", "would_apply_from")))

    def names(self, people: Iterable[int]) -> str:
        """Names of people, joined."""
        ids = list(people)
        known = self.move.names_of(ids)
        return joined(known[one] for one in ids if one in known)

    def fact(self, key: str) -> str:
        """The newest value of a fact, as the step that asked for it means it."""
        value, field = self.move.known[key], self.fields.get(key)
        if value in (None, "", []):
            return NOT_RECORDED
        options: dict[str, str] = dict(field.options) if field else {}
        if field and field.type in ("person", "people"):
            return self.names(value if isinstance(value, list) else [value])
        if isinstance(value, list) and options:
            return joined(options.get(str(one), str(one)) for one in value)
        return options.get(value, value) if isinstance(value, str) and value in options else plain(value)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """By fact: the field that asks for it in this case and the stages that it calls."""
        diagrams = self.move.loaded.diagrams
        drawings = (diagrams.drawing(stage) for stage in diagrams.stages(self.move.case.process))
        return {field.key: field for drawing in drawings for node in drawing.nodes.values() for field in node.fields}

    def holds(self, condition: str) -> bool:
        """Whether a paragraph is said; for the names in a condition see domain.letters.CONDITION_NAMES."""
        functions = {**FUNCTIONS, "due": lambda name: ledger.due_day(self.move, name)}
        policy = self.move.loaded.policy.values
        names = {"to": self.role, "pay_changes": self.effective[0] is not None}
        return bool(read(condition).evaluate(self.move.known, policy, names, functions))

    def table(self, name: str) -> Table:
        """The rows of a table; see domain.letters.TABLES."""
        tables: dict[str, Callable[[], Table]] = {
            "outcomes": self.outcomes,
            "disputed": self.disputed,
            "agenda": self.agenda,
            "panel": self.panel,
            "contract_pas": lambda: contract_pas(self.move),
            "criteria": lambda: letter_reviews.criteria(self.move),
            "failed_criteria": lambda: letter_reviews.failed_criteria(self.move),
            "standards": lambda: letter_reviews.standards(self.move),
        }
        return tables[name]() if name in tables else Table(())

    def outcomes(self) -> Table:
        """What stands of each disputed part, the newest decision first known."""
        titles = {row["element"]: row["title"] for row in self.move.known["disputed"] or []}
        rows = self.decided
        return Table(
            ("Part of the job plan", "What stands", "PAs a week", "Why"),
            tuple(
                (
                    titles.get(row["element"], row["element"]),
                    stands(row["value"], row["outcome"]),
                    row["pas"] or "–",
                    row["reason"] or "–",
                )
                for row in rows
            ),
        )

    def disputed(self) -> Table:
        """What both sides want of each disputed part."""
        rows = self.move.known["disputed"] or []
        doctor, manager = self.title(Role.PRACTITIONER), self.title(Role.CLINICAL_MANAGER)
        return Table(
            ("Part of the job plan", "As it is", doctor, manager),
            tuple(
                (row["title"], *(_with_pas(row.get(side), row.get(f"{side}_pas")) for side in SIDES if side != "other"))
                for row in rows
            ),
        )

    def agenda(self) -> Table:
        """The order of speaking, as the policy has it."""
        policy = self.move.loaded.policy
        said = policy.values.get("hearing_agenda") or ()
        words = said.values() if isinstance(said, Mapping) else said
        return Table(
            ("Order", "What is heard"),
            tuple((str(place), policy.worded(str(item))) for place, item in enumerate(words, start=1)),
        )

    def panel(self) -> Table:
        """Who sits on the panel now."""
        seated = {one.seat: one.name for one in self.move.bench.seated if one.sits}
        rows = tuple((words, seated[seat]) for seat, words in SEATS.items() if seat in seated)
        return Table(("Seat", "Name"), rows)


def sender(move: Move) -> Mapping[str, str]:
    """Who sends it, {"name", "role"}: whoever completes the step; of a deputy for whom. A case by itself is nobody."""
    if move.step is None or move.by.person_id is None:
        return {"name": "", "role": ""}
    people = [one for one in (move.by.person_id, move.by.on_behalf_of_id) if one]
    names = move.names_of(people)
    return {"name": " for ".join(names[one] for one in people), "role": move.loaded.policy.title(move.step.role)}


def stands(value: str, outcome: str) -> str:
    """What is to stand, and whose value that is: "Every Friday (as the manager wants it)"."""
    whose = f"({SIDES[outcome]})" if outcome in SIDES and outcome != "other" else ""
    return "\n".join(part for part in (value, whose) if part) or "–"


def _with_pas(words: object, pas: object) -> str:
    amount = f"{pas} PAs a week" if pas not in (None, "") else ""
    return "\n".join(str(part) for part in (words, amount) if part) or "–"


def plain(value: Any) -> str:
    """A value in words."""
    if value is None or value == "":
        return NOT_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_in_words(Fraction(value))
    if isinstance(value, list | tuple):
        return joined(plain(one) for one in value)
    if isinstance(value, Mapping):
        return joined(plain(one) for one in value.values())
    day = ledger.as_date(value)
    return in_full(day) if day else str(value)


def joined(words: Iterable[str]) -> str:
    """ "one, two and three"."""
    *head, last = [*words] or [""]
    return f"{', '.join(head)} and {last}" if head else last


def _inside(values: Any, path: str) -> Any:
    for key in path.split("."):
        values = values.get(key) if isinstance(values, Mapping) else None
    return values

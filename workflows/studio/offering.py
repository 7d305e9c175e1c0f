"""What an editor offers for a diagram: every name that its elements may use, with its words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from workflows.domain.fact_words import FACT_WORDS, fact_words, in_words
from workflows.domain.fields import FIELD_TYPES, Field
from workflows.domain.letters import ENDING
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.studio import UNLESS_SAID
from workflows.domain.vocabulary import ACTIONS, MESSAGE_WORDS, MESSAGES, PROCESSES, SCREENS
from workflows.engine.check.facts import of_family
from workflows.engine.check.kinds import types_of_family
from workflows.engine.check.library import Library, library
from workflows.engine.check.paths import family
from workflows.studio.pages import file_lines

Pairs = tuple[tuple[str, str], ...]
"""Keys with their words, in the order in which they are offered."""

YES_NO: Pairs = (("True", "Yes"), ("False", "No"))
LISTS = frozenset({"people", "teams", "list", "several"})
"""Types of facts that a step for each of a list may go through."""
SILENT = Policy(
    key="",
    name="",
    titles={role: in_words(role) for role in Role},
    deadlines={},
    signatories=(),
    covers={},
    stands_in={},
    bodies={},
    values={},
    sources={},
    studio=UNLESS_SAID,
)


@dataclass(frozen=True)
class FactOffered:
    """A fact that conditions may read: `options` are the values that it can have, where they are known."""

    key: str
    label: str
    type: str
    options: Pairs = ()


@dataclass(frozen=True)
class Offer:
    """Everything that an element of one diagram may name. `attributes` says what each action needs besides."""

    roles: Pairs
    screens: Pairs
    deadlines: Pairs
    letters: Pairs
    actions: Pairs
    attributes: Mapping[str, tuple[str, ...]]
    decisions: Pairs
    stages: Pairs
    messages: Pairs
    field_types: Pairs
    facts: tuple[FactOffered, ...]

    @property
    def lists(self) -> Pairs:
        """The facts that a step for each of a list may go through, as expressions."""
        return tuple((f"case.{fact.key}", fact.label) for fact in self.facts if fact.type in LISTS)


def offer(files: Mapping[str, str], *, process: str, policy: str) -> Offer:
    """What a diagram of a set may name. `policy` is the key of the trust's own policy, whose words are used."""
    books = library(files, {})
    own = own_policy(books, policy)
    lines = file_lines(files, files)
    return Offer(
        roles=tuple((role.value, own.titles.get(role, role.value)) for role in Role),
        screens=tuple((key, screen.title) for key, screen in SCREENS.items()),
        deadlines=tuple((key, rule.title) for key, rule in sorted(own.deadlines.items())),
        letters=tuple((line.key.removesuffix(ENDING), line.title) for line in lines if line.kind == "letters"),
        actions=tuple((key, action.words) for key, action in ACTIONS.items()),
        attributes={key: action.attributes for key, action in ACTIONS.items() if action.attributes},
        decisions=tuple((line.key, line.title) for line in lines if line.kind == "decisions"),
        stages=tuple((line.key, line.title) for line in lines if line.kind == "processes" and line.key != process),
        messages=tuple((key, MESSAGE_WORDS[key]) for key in MESSAGES),
        field_types=tuple(FIELD_TYPES.items()),
        facts=tuple(sorted(_facts(process, books, own.titles), key=lambda fact: fact.label.casefold())),
    )


def own_policy(books: Library, key: str) -> Policy:
    """The trust's own policy of a set, by its key; where it cannot be read another one, else one that says nothing."""
    return next((one for one in books.policies if one.key == key), (*books.policies, SILENT)[0])


def days(files: Mapping[str, str], process: str = "") -> Pairs:
    """The facts that are days, each with words that no other has; of a set's processes, or of one of them."""
    books = library(files, {})
    wanted = [process] if process in books.drawings else sorted(books.drawings)
    types = {key: kinds for each in wanted for key, kinds in types_of_family(each, books).items()}
    known = {key for each in wanted for key in of_family(each, books) if "date" in types.get(key, ())}
    asked = {one.key: one.names for one in _asked_days(books)} | {key: (said,) for key, said in FACT_WORDS.items()}
    names = {key: asked.get(key, (fact_words(key),)) for key in sorted(known)}
    often = Counter(name for each in names.values() for name in dict.fromkeys(each))
    return tuple(
        (key, next((name for name in each if often[name] == 1), f"{each[-1]} ({in_words(key)})"))
        for key, each in names.items()
    )


@dataclass(frozen=True)
class AskedDay:
    """A day that a step asks for, with all that it may be called, the shortest first."""

    key: str
    names: tuple[str, ...]


def _asked_days(books: Library) -> Iterator[AskedDay]:
    for process in sorted(books.drawings):
        drawing = books.drawings[process]
        for node in drawing.nodes.values():
            step = f"Day given at “{node.name or in_words(node.id)}”"
            for field in (each for each in node.fields if each.type == "date"):
                asked = f"{step} ({_as_asked(field)})"
                yield AskedDay(field.key, (step, asked, f"{asked} in {PROCESSES.get(process, drawing.name)}"))


def _as_asked(field: Field) -> str:
    return f"“{field.label}”" if field.label else in_words(field.key)


def _facts(process: str, books: Library, titles: Mapping[Role, str]) -> list[FactOffered]:
    """What a case in this process may know: what its steps ask, in the words of the question. Questions of the same
    words are told apart by their step, then by who does it."""
    drawn = _drawn(process, books, titles)
    types = types_of_family(process, books)
    found = []
    for key in of_family(process, books):
        kind = next(iter(sorted(types.get(key, ()))), "")
        words = fact_words(key)
        found.append(drawn.get(key) or Drawn(FactOffered(key, words, kind, YES_NO if kind == "yes_no" else ())))
    names = [one.names for one in found]
    often = Counter(name for each in names for name in dict.fromkeys(each))
    apart = [next((name for name in each if often[name] == 1), each[-1]) for each in names]
    return [replace(one.fact, label=name) for one, name in zip(found, apart, strict=True)]


@dataclass(frozen=True)
class Drawn:
    """A fact with the step that asks for it, and who does that step."""

    fact: FactOffered
    step: str = ""
    who: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called, the shortest first; the last is its alone."""
        label = self.fact.label
        apart = (f"{label} ({self.step})", f"{label} ({self.step}, {self.who})") if self.step else ()
        return (label, *apart, f"{label} ({in_words(self.fact.key)})")


def _drawn(process: str, books: Library, titles: Mapping[Role, str]) -> dict[str, Drawn]:
    who = {role.value: title for role, title in titles.items()}
    return {
        field.key: Drawn(
            FactOffered(
                field.key, field.label or field.key, field.type, YES_NO if field.type == "yes_no" else field.options
            ),
            node.name or node.id,
            who.get(node.lane, node.lane),
        )
        for member in family(process, books)
        if member in books.drawings
        for node in books.drawings[member].nodes.values()
        for field in node.fields
    }

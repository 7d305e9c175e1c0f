"""Policies: each can be read, has no holes, says what pages can show, and names clauses that there are."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice
from pathlib import PurePosixPath

from workflows.domain.arithmetic.terms import unfit
from workflows.domain.deadlines import DeadlineRule
from workflows.domain.fact_words import in_words
from workflows.domain.policy import Policy, PolicyFault
from workflows.domain.policy_holes import holes, oddities
from workflows.domain.policy_text import clause_ids, parsed
from workflows.domain.signs import plays_tricks
from workflows.domain.wording import code
from workflows.engine.check.library import CLAUSES, Files, Library, policies_of, text_of
from workflows.engine.check.problems import Problem, no_clause

LONGEST_WORDS = 300
"""Of a policy's name, of a deadline's title, and of how its start is told; the longest that ship have 102."""
RULES_WITH_CLAUSES = ("plan_rules", "team_rules")
"""Tables of values in which each rule names the clauses behind it."""
MOST_UNKNOWN = 100
"""Clauses that are told to be unknown: for each, the one that was meant is looked for."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
Said = Iterator[tuple[str, str]]
"""Keys of a policy, each with a sentence."""


def policy_problems(files: Files, only: Collection[str], library: Library) -> Iterator[Problem]:
    """The faults of the policy files and of the list of clauses, each once, where it stands."""
    paths = {PurePosixPath(path).name: path for path in files}
    for fault in [*policies_of(files)[1], *_fault_of_clauses(files, paths.get(CLAUSES, ""))]:
        path = paths.get(fault.file, "")
        if path in only:
            line = _line(text_of(files[path]), fault.element, fault.sentence)
            key = "" if fault.element == "file" else fault.element
            yield Problem(path, line, key, f"{f'{code(key)}: ' if key else ''}{_capital(fault.fault)}.")
    for policy in library.policies:
        path = paths[f"{policy.key}.toml"]
        if path in only:
            text = text_of(files[path])
            unknown = islice(_unknown_clauses(policy, text, library.clauses), MOST_UNKNOWN)
            found = holes(policy, parsed(path, text))
            for key, sentence in chain(_unreadable(policy, text), _unfit(policy), found, unknown):
                yield Problem(path, _line(text, key, sentence), key, f"{_where(policy, key)}{sentence}")


def _where(policy: Policy, key: str) -> str:
    """Of which deadline, or of which value with a clause, something is said, to begin a sentence with."""
    table, _, rest = key.partition(".")
    if table == "deadlines" and (rule := policy.deadlines.get(rest.partition(".")[0])):
        return f"“{rule.title}”: "
    return f"“{in_words(rest)}”: " if rest.startswith(RULES_WITH_CLAUSES) else ""


def policy_remarks(files: Files, only: Collection[str], library: Library) -> Iterator[Problem]:
    """What the policies say that somebody may want, and should be sure of. Nothing is refused for it."""
    paths = {PurePosixPath(path).name: path for path in files}
    for policy in library.policies:
        path = paths[f"{policy.key}.toml"]
        if path in only:
            for key, sentence in oddities(policy):
                yield Problem(path, _line(text_of(files[path]), key, sentence), key, sentence)


def _fault_of_clauses(files: Files, path: str) -> Iterator[PolicyFault]:
    try:
        clause_ids(CLAUSES, text_of(files[path]) if path else "id")
    except PolicyFault as fault:
        yield fault


def _own_deadlines(policy: Policy) -> dict[str, DeadlineRule]:
    """What a policy says of deadlines itself, not what it inherits."""
    return {key: rule for key, rule in policy.deadlines.items() if policy.says(key)}


def _unreadable(policy: Policy, text: str) -> Said:
    """Words of a policy that no page could show."""
    if plays_tricks(text):
        line = next(number for number, each in enumerate(text.split("\n"), start=1) if plays_tricks(each))
        yield "", f"There is an invisible control character at line {line}. Type it anew."
    shown = {"name": policy.name}
    for key, rule in _own_deadlines(policy).items():
        shown |= {f"deadlines.{key}.title": rule.title, f"deadlines.{key}.start_words": rule.start_words}
        if not _KEY.fullmatch(key):
            yield "", f"The deadline {code(key)} needs a key of up to 60 small letters, digits and underscores."
    for key, words in shown.items():
        if len(words) > LONGEST_WORDS:
            yield key, f"This is longer than {LONGEST_WORDS} characters."


def _unfit(policy: Policy) -> Said:
    """Terms of contracts that no job plan can be reckoned by."""
    for wrong in unfit(policy.values):
        yield f"values.contracts.{wrong.element}", wrong.sentence


def _unknown_clauses(policy: Policy, text: str, known: Collection[str] | None) -> Said:
    """Clauses that this policy's own deadlines and rules name, and that there are not."""
    cited = [(f"deadlines.{key}.clause", rule.clause) for key, rule in _own_deadlines(policy).items()]
    for table in RULES_WITH_CLAUSES:
        rules = policy.values.get(table, {})
        for key, said in rules.items() if isinstance(rules, Mapping) else ():
            named = said.get("clauses", "") if isinstance(said, Mapping) else said
            cited += [(f"values.{table}.{key}", each) for each in str(named).split() if each in text]
    for key, clause in cited:
        if known is not None and clause not in known:
            yield key, no_clause(clause, known)


def _line(text: str, key: str, sentence: str) -> int:
    """The line of a key such as deadlines.sign_off.clause: that of its table's heading where it is not found itself."""
    if said := re.search(r"at line (\d+)", sentence):
        return int(said[1])
    *table, last = key.partition(",")[0].split(".")
    heading, inside, found = f"[{'.'.join(table)}]", not table, 0
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words.startswith("["):
            inside = words == heading
            found = number if inside or words == f"[{key}]" else found
        elif inside and words.partition("=")[0].strip().strip('"') == last:
            return number
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What is asked of a deadline, one that is new or one that is there, and what was typed as the policy holds it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from webapp.forms.answers import NONE, PREFIX
from webapp.forms.asked import Asked
from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import Options, choice, text
from webapp.forms.studio_ladders import LONGEST, Ladder, as_written
from workflows.domain.deadlines import DeadlineRule, Effect, Kind, Length, Rung, Strength
from workflows.domain.fact_words import fact_words
from workflows.domain.fields import Field
from workflows.domain.vocabulary import PROCESSES
from workflows.studio import policy_deadlines as deadlines
from workflows.studio.comparing_policies import EFFECTS, STRENGTHS
from workflows.studio.policy_edits import Policy

USUAL, OWN, NOBODY = "usual", "own", "none"
OWN_LADDER = "Its own reminders (if you answered “Its own, line by line below”)"
COUNTED: Mapping[Kind, str] = {
    Kind.AFTER: "So long after a day",
    Kind.BEFORE: "So long before a day",
    Kind.WINDOW: "Within a window before a day (its end is under More)",
    Kind.RECURRING: "So long after a day, again and again",
    Kind.MINIMUM_NOTICE: "So long after a day at the earliest: the shortest notice",
    Kind.FIXED_DATE: "On a day that is set in the case",
}
UNITS: Options = (
    ("day", "Days, weekends and bank holidays included"),
    ("working day", "Working days: no weekends, no bank holidays"),
    ("week", "Weeks"),
    ("month", "Months"),
    ("year", "Years"),
)
REMINDERS: Options = (
    (USUAL, "The usual reminders of deadlines that bind so strongly"),
    (OWN, "Its own, line by line below"),
    (NOBODY, "None"),
)
WINDOW = ("kind", (Kind.WINDOW.value,))
FOLDED = ("until", "until_unit", "start_words", "processes", "met_by")
"""What few deadlines need to say."""


def fields(starts: Options, rule: DeadlineRule | None, kind: str) -> tuple[Field, ...]:
    """All that a deadline says. `starts`: the days from which it may run; `kind`: how it is counted as the page has it,
    "" for one that was just opened."""
    known = rule is None or rule.start in dict(starts)
    days = starts if known or rule is None else (*starts, (rule.start, fact_words(rule.start)))
    kind = kind or (rule.kind if rule else Kind.AFTER)
    met = rule.met_by if rule else ""
    other = () if not met or met in dict(starts) else ((met, fact_words(met)),)
    meets = ((NONE, "The step that has it is completed"), *starts, *other)
    return (
        Field("title", "text", "What it is called", hint="For example, Explaining the decision.", required=True),
        choice("kind", "How is it counted?", tuple((kind.value, words) for kind, words in COUNTED.items())),
        choice("start", "Which day?", days),
        Field(
            "length", "text", "How long?", required=kind != Kind.FIXED_DATE,
            hint="A whole number, such as 10. A day that is set in the case needs none.",
        ),
        choice("length_unit", "In what?", UNITS),
        *_choices(),
        Field(
            "until", "text", "How long before the day does it close?", when=WINDOW,
            hint="A whole number. How long before the day it opens is asked above.",
        ),
        Field("until_unit", "choice", "That is in", options=UNITS, when=WINDOW),
        Field(
            "start_words", "text", "That day in a sentence",
            hint="With {date} where the day goes: it explains the date to people. Left empty, Accord writes it.",
        ),
        Field(
            "processes", "several", "Does it bind cases as a whole?", options=tuple(PROCESSES.items()),
            hint="Tick the processes whose cases all keep it. Nothing ticked: it binds the steps that have it.",
        ),
        choice("met_by", "When has it been kept?", meets),
    )  # fmt: skip


def _choices() -> tuple[Field, ...]:
    """How strongly it binds, what then, under which clause, and who hears of it."""
    return (
        choice("strength", "How strongly does it bind?", _capital(STRENGTHS, Strength)),
        choice("effect", "What happens once its last day has passed?", _capital(EFFECTS, Effect)),
        Field(
            "clause", "text", "Which clause words it?", required=True,
            hint="Type a word of it, or its number, and choose. Where none does, the nearest.",
        ),
        choice("reminders", "Which reminders go out?", REMINDERS),
    )  # fmt: skip


def _capital(words: Mapping[Any, str], kind: type[Strength] | type[Effect]) -> Options:
    return tuple((one.value, f"{words[one][:1].upper()}{words[one][1:]}") for one in kind)


def given(rule: DeadlineRule | None, written: Mapping[str, Any]) -> dict[str, Any]:
    """What holds now; of a new one, what most say. `written`: the deadline as the policy has it."""
    if rule is None:
        return {
            "kind": Kind.AFTER.value, "length_unit": "day", "until_unit": "day", "strength": Strength.MUST.value,
            "effect": Effect.LATE.value, "reminders": USUAL, "met_by": NONE,
        }  # fmt: skip
    reminders = USUAL if "ladder" not in written else OWN if rule.ladder else NOBODY
    return {
        "title": rule.title,
        "kind": rule.kind.value,
        "start": rule.start,
        "start_words": rule.start_words,
        **_length_given("length", rule.length),
        **_length_given("until", rule.until),
        "strength": rule.strength.value,
        "effect": rule.effect.value,
        "clause": rule.clause,
        "reminders": reminders,
        "processes": list(rule.processes),
        "met_by": rule.met_by or NONE,
    }


def _length_given(key: str, length: Length | None) -> dict[str, str]:
    return {key: str(length.count), f"{key}_unit": length.unit} if length else {f"{key}_unit": "day"}


class DeadlineForm(Asked):
    """All that a deadline says. `rule` is the one that is there, None for a new one; `written` that as the policy has
    it; `starts` the days from which it may run."""

    def __init__(self, policy: Policy, starts: Options, rule: DeadlineRule | None, written: Mapping[str, Any]) -> None:
        self.policy, self.starts = policy, starts
        self.now = given(rule, written)
        typed = sent()
        kind = typed.get(f"{PREFIX}-kind", "") if typed else ""
        super().__init__(fields(starts, rule, kind), typed, given=self.now)
        self.rungs = rule.ladder if rule and self.now["reminders"] == OWN else ()
        self.ladder = Ladder(policy, typed, self.rungs, legend=OWN_LADDER, after="reminders")
        self.lines = (self.ladder,)

    @property
    def title(self) -> str:
        """What it is called as it was typed."""
        return " ".join(text(self.values(), "title").split())

    def valid(self) -> bool:
        """Whether it can be read; what is not, and what no deadline can be, is said at each box."""
        super().valid()
        self.complain(wrong(self.values()))
        own = text(self.values(), "reminders") == OWN
        if own and not self.ladder.said():
            self.complain({"reminders": "Say in a line below when a reminder goes out and to whom, or choose “None”."})
        if not own and self.ladder.said() and self.ladder.touched:
            self.complain(
                {"reminders": f"You wrote reminders below: choose “{dict(REMINDERS)[OWN]}”, or take them out."}
            )
        return all([not own or self.ladder.valid(), not self.errors])

    def said(self) -> dict[str, Any]:
        """The deadline that was typed, as the policy holds it."""
        typed = self._read(self.values(), self.ladder.rungs)
        return {key: value for key, value in typed.items() if value is not None}

    def changed(self) -> dict[str, Any]:
        """What was typed where it differs from what holds, None for what is said no more: nothing else is written
        anew."""
        now = self._read({**self.values(), **self.now}, lambda: as_written(self.rungs))
        typed = self._read(self.values(), self.ladder.rungs)
        return {key: value for key, value in typed.items() if value != now[key]}

    def _read(self, values: Values, rungs: Callable[[], list[dict[str, Any]]]) -> dict[str, Any]:
        kind, start, reminders = text(values, "kind"), text(values, "start"), text(values, "reminders")
        words = dict(self.starts).get(start, start)
        return {
            "title": " ".join(text(values, "title").split()),
            "clause": text(values, "clause"),
            "kind": kind,
            "start": start,
            "start_words": text(values, "start_words") or deadlines.start_words(self.policy, start, words),
            "length": _length_typed(values, "length") if kind != Kind.FIXED_DATE else None,
            "until": _length_typed(values, "until") if kind == Kind.WINDOW else None,
            "strength": text(values, "strength"),
            "effect": text(values, "effect"),
            "ladder": rungs() if reminders == OWN else [] if reminders == NOBODY else None,
            "processes": list(values.get("processes") or ()) or None,
            "met_by": text(values, "met_by") or None,
        }


class UsualForm(Asked):
    """The usual reminders of a strength, of which there may be none."""

    def __init__(self, policy: Policy, now: Sequence[Rung]) -> None:
        typed = sent()
        super().__init__((), typed)
        self.now, self.ladder = now, Ladder(policy, typed, now, legend="Reminders")
        self.lines = (self.ladder,)

    def valid(self) -> bool:
        """Whether each line can be read; what cannot is said at its box."""
        return super().valid() and self.ladder.valid()

    def changed(self) -> list[dict[str, Any]] | None:
        """The reminders that were typed, as the policy holds them; None where they are as they were."""
        typed = self.ladder.rungs()
        return typed if typed != as_written(self.now) else None


def wrong(values: Values) -> dict[str, str]:
    """What no deadline can be, by box."""
    kind, found = text(values, "kind"), {}
    for key, counts in (("length", kind != Kind.FIXED_DATE), ("until", kind == Kind.WINDOW)):
        number = text(values, key)
        if counts and number and not (number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= LONGEST):
            found[key] = f"Write a whole number from 1 to {LONGEST}, such as 10, and choose in what it is counted."
    words = text(values, "start_words")
    if words and (words.count("{date}") != 1 or {"{", "}"} & set(words.replace("{date}", ""))):
        found["start_words"] = "Write {date} once in this sentence, and no other braces."
    return found


def _length_typed(values: Values, key: str) -> str:
    return str(Length(int(text(values, key)), text(values, f"{key}_unit")))

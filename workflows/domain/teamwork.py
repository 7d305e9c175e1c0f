"""What the plans of a team come to together: who carries what, what is held twice or by nobody, what it can do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from workflows.domain.fields import Json
from workflows.domain.plan import CATEGORIES, Activity, Plan, pas_as_text

CLINICAL = frozenset({"dcc", "on_call"})
LEADS = frozenset({"additional_nhs", "managerial"})
"""The categories whose lines are lead roles."""
NOT_CLINICAL = tuple(key for key in CATEGORIES if key not in CLINICAL)
NONE = Fraction(0)

Plans = Mapping[str, Plan]
"""Plans by the name of the doctor. Two of a team who have one name are told apart by whoever names them."""


@dataclass(frozen=True)
class Shared:
    """An activity that several members hold (CPFT-7.4.1-c)."""

    title: str
    category: str
    names: tuple[str, ...]
    pas: Fraction


@dataclass(frozen=True)
class Service:
    """A service of the team in PAs a week (CPFT-7.4.1-e): in the plans in force, in those that are proposed, and what
    it needs; None for what nobody proposed or entered."""

    title: str
    names: tuple[str, ...]
    """Who does it now."""
    now: Fraction
    proposed: Fraction | None
    need: Fraction | None

    @property
    def short(self) -> Fraction | None:
        """How much is lacking to the need, as proposed where something is; 0 where enough is there."""
        if self.need is None:
            return None
        return max(self.need - (self.now if self.proposed is None else self.proposed), NONE)


@dataclass(frozen=True)
class OnCall:
    """A rota of the team, and how many are on it today."""

    name: str
    doctors: int


class Gap(NamedTuple):
    """What a team should look at: something that nobody holds, or two hold, or that is too little."""

    rule: str
    """The key under `values.team_rules` by which the policy asks for it."""
    clauses: tuple[str, ...]
    sentence: str


def key_of(title: str) -> str:
    """Under what things of the same name are found."""
    return " ".join(title.split()).casefold()


def shared(plans: Plans) -> tuple[Shared, ...]:
    """Activities of the same name in the plans of more than one member."""
    held: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
    titles: dict[tuple[str, str], str] = {}
    for name, plan in plans.items():
        for line in plan.activities:
            key = (line.category, key_of(line.title))
            titles.setdefault(key, line.title.strip())
            held[key][name] = held[key].get(name, NONE) + line.pas
    order = list(CATEGORIES)
    return tuple(
        Shared(titles[key], key[0], tuple(by), sum(by.values(), NONE))
        for key, by in sorted(held.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1]))
        if len(by) > 1
    )


def services(now: Plans, proposed: Plans | None, needs: Sequence[Mapping[str, Json]]) -> tuple[Service, ...]:
    """What the team does for patients, by what its plans call it, beside what each service needs (CPFT-7.4.1-e).

    needs: rows of service and pas, as the team plan holds them."""
    lines = {name: clinical(plan) for name, plan in now.items()}
    then = {name: clinical(plan) for name, plan in proposed.items()} if proposed is not None else None
    needed = {key_of(row["service"]): Fraction(str(row["pas"])) for row in needs}
    titles: dict[str, str] = {}
    done = (line.title for each in (*lines.values(), *(then or {}).values()) for line in each)
    for title in (*done, *(str(row["service"]) for row in needs)):
        titles.setdefault(key_of(title), title.strip())
    return tuple(
        Service(
            title,
            tuple(name for name, own in lines.items() if _pas(own, key)),
            sum((_pas(own, key) for own in lines.values()), NONE),
            None if then is None else sum((_pas(own, key) for own in then.values()), NONE),
            needed.get(key),
        )
        for key, title in sorted(titles.items())
    )


def clinical(plan: Plan) -> tuple[Activity, ...]:
    """The lines of a plan that are a service to patients."""
    return tuple(line for line in plan.activities if line.category in CLINICAL)


def _pas(lines: Iterable[Activity], key: str) -> Fraction:
    return sum((line.pas for line in lines if key_of(line.title) == key), NONE)


def gaps(
    plans: Plans,
    rules: Mapping[str, str],
    *,
    requirements: Sequence[Mapping[str, Json]],
    served: Iterable[Service],
    rotas: Iterable[OnCall],
) -> tuple[Gap, ...]:
    """What the team should look at: the findings of the team itself, beside those of each plan.

    rules: those that the policy has for a team, with their clauses; a rule that it does not name finds nothing."""
    found = {
        "requirement_without_lead": _without_lead(requirements),
        "held_by_nobody": _by_nobody(plans) if plans else (),
        "rota_without_doctors": (f"Nobody is on the on-call rota “{one.name}”." for one in rotas if not one.doctors),
        "service_need": _too_little(served),
        "lead_held_twice": _held_twice(plans),
    }
    return tuple(
        Gap(rule, tuple(rules[rule].split()), sentence)
        for rule, sentences in found.items()
        if rule in rules
        for sentence in sentences
    )


def _without_lead(requirements: Sequence[Mapping[str, Json]]) -> Iterator[str]:
    for row in requirements:
        if row.get("requirement") and not row.get("lead"):
            yield f"{row['requirement']} (in the team plan, without a lead)"


def _by_nobody(plans: Plans) -> Iterator[str]:
    filled = {line.category for plan in plans.values() for line in plan.activities}
    for category in NOT_CLINICAL:
        if category not in filled:
            yield f"{CATEGORIES[category]}: in nobody’s plan"


def _too_little(served: Iterable[Service]) -> Iterator[str]:
    for one in served:
        if one.short:
            has = one.now if one.proposed is None else one.proposed
            yield f"{one.title}: {pas_as_text(has)} of the {pas_as_text(one.need or NONE)} PAs a week that it needs"


def _held_twice(plans: Plans) -> Iterator[str]:
    for one in shared(plans):
        if one.category in LEADS:
            yield f"{one.title}: held by {' and '.join(one.names)}"

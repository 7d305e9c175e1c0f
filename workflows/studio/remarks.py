"""What is remarked on in a draft and nothing is refused for: what is odd in its policy, roles that nobody has today,
and processes to which no case comes."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.deadlines import HOLDERS
from workflows.domain.policy import Policy
from workflows.domain.policy_holes import MAY, OF_A_CASE
from workflows.domain.roles import Role
from workflows.domain.vocabulary import PROCESSES
from workflows.engine.check import Problem, remarks
from workflows.engine.check.library import library, policies_of
from workflows.store import Session
from workflows.store import posts as post_rows

__all__ = ["of_policy", "of_processes"]


def of_policy(
    session: Session, *, trust_id: int, key: str, files: Mapping[str, str], base: Mapping[str, str], now: datetime
) -> tuple[Problem, ...]:
    """The remarks about the policies that a set says otherwise than its base; `key`: the trust's own policy."""
    changed = [path for path in files if path.endswith(".toml") and files[path] != base.get(path)]
    if not changed:
        return ()
    own = next((one for one in policies_of(files)[0] if one.key == key), None)
    vacant = _vacant(session, trust_id, own, now) if own else ()
    path = f"policies/{key}.toml"
    return (*remarks(files, changed), *(Problem(path, 0, "", sentence) for sentence in vacant))


def of_processes(files: Mapping[str, str], base: Mapping[str, str]) -> Iterator[Problem]:
    """A remark for each process that a set adds to its base and that no other goes through or starts cases of."""
    books = library(files, {})
    nodes = (node for drawing in books.drawings.values() for node in drawing.nodes.values())
    started = {node.attributes.get("process", "") for node in nodes if node.action == "start_cases"}
    for process, drawing in books.drawings.items():
        if drawing.path not in base and process not in {*PROCESSES, *books.callers, *started}:
            sentence = (
                f"No case comes to “{drawing.name or process}” yet: no other process goes through it, or starts it."
            )
            yield Problem(drawing.path, 0, "", sentence)


def _vacant(session: Session, trust_id: int, policy: Policy, now: datetime) -> Iterator[str]:
    """What would rest on a role that nobody in the trust has today."""
    posts = post_rows.holders_of(session, trust_id=trust_id, roles=[role.value for role in Role], on=civil_day(now))
    held = {post.role for post in posts} | OF_A_CASE
    for permission, roles in policy.studio.items():
        if held.isdisjoint(roles):
            titles = " or ".join(f"“{policy.title(role)}”" for role in sorted(roles))
            yield f"Nobody is {titles} today, so nobody could {MAY[permission]}."
    for role in policy.signatories:
        if role not in held:
            yield f"Nobody is “{policy.title(role)}” today, who signs every job plan."
    for name in sorted({to for rule in policy.deadlines.values() for rung in rule.ladder for to in rung.to}):
        if name != HOLDERS and name not in held:
            told = [rule.title for rule in policy.deadlines.values() if any(name in rung.to for rung in rule.ladder)]
            of = f"“{told[0]}”" + (f" and {len(told) - 1} more" if told[1:] else "")
            yield f"Nobody is “{policy.title(name)}” today, whom {of} would tell: word goes to a deputy."

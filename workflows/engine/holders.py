"""Who may act on a step: the lane's role, resolved for this case on this day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.vocabulary import DISPUTE
from workflows.store import Session, case_roles
from workflows.store import posts as post_rows
from workflows.store.case_roles import Seated
from workflows.store.models import Case
from workflows.store.posts import Held

OF_A_TEAM = frozenset({Role.CLINICAL_MANAGER})
OF_A_TEAM_OR_CARE_GROUP = frozenset({Role.SERVICE_MANAGER, Role.NURSING_QUALITY_MANAGER})
OF_A_CARE_GROUP = frozenset({Role.AMD})
BY_NAME = frozenset({Role.MEDIATOR, Role.PANEL_CHAIR, Role.PANEL_MEMBER})
"""Roles that nobody holds by a post: somebody is named for one dispute."""


class Bench:
    """The people who hold posts around one case. A role is read when it is first asked for, its stand-ins with it."""

    def __init__(
        self, session: Session, *, case: Case, policy: Policy, on: date, posts: Sequence[Held] | None = None
    ) -> None:
        """posts: all around the case, where they have been read already."""
        self.session, self.case, self.policy, self.on = session, case, policy, on
        self.names: dict[int, str] = {}
        """Names of those who were read."""
        self._seated: list[Seated] | None = None
        self._posts: dict[Role, list[Held]] = {}
        if posts is not None:
            self._posts = {role: [] for role in Role}
            self._keep(posts)

    def read(self, roles: Iterable[Role]) -> None:
        """Read the posts of several roles in one statement, rather than one after the other."""
        wanted = list(dict.fromkeys(one for role in roles for one in self._chain(role) if one not in self._posts))
        if not wanted:
            return
        self._posts |= {role: [] for role in wanted}
        keys = [role.value for role in wanted]
        self._keep(post_rows.holders_of(self.session, trust_id=self.case.trust_id, roles=keys, on=self.on))

    def _keep(self, posts: Iterable[Held]) -> None:
        for post in posts:
            self._posts[Role(post.role)].append(post)
            self.names[post.person_id] = post.name

    @property
    def seated(self) -> Sequence[Seated]:
        """Who has a role in this case alone, replaced ones among them; of a dispute, and empty for any other case."""
        if self._seated is None:
            dispute = self.case.process == DISPUTE
            self._seated = case_roles.of_case(self.session, case_id=self.case.id, on=self.on) if dispute else []
            self.names |= {one.person_id: one.name for one in self._seated}
        return self._seated

    def reseat(self) -> None:
        """Somebody was named or replaced: whoever asks next reads anew."""
        self._seated = None

    def named(self, role: Role) -> list[int]:
        """Who has a role in this case by name now, and has not left."""
        return unique(one.person_id for one in self.seated if one.role == role and one.here and one.sits)

    @property
    def parties(self) -> frozenset[int]:
        """Who stands on either side: the doctor, and in a dispute the managers as they were frozen at its start."""
        doctor = {self.case.subject_id} if self.case.subject_id else set()
        return frozenset(doctor | set(self.named(Role.CLINICAL_MANAGER)))

    def _chain(self, role: Role) -> list[Role]:
        """A role and those who stand in for it. Who the doctor of a plan is stands in the case."""
        if role is Role.PRACTITIONER and self.case.subject_id:
            return []
        chain = [role]
        while (following := self.policy.stands_in.get(chain[-1])) and following not in chain:
            chain.append(following)
        return chain

    def holders(self, role: Role) -> list[int]:
        """Whoever holds a role for this case; a party is replaced along the policy's chain of stand-ins.

        The doctor of the plan holds only the practitioner's role: nobody is their own manager (CPFT 5.4). The manager
        of a dispute is whoever was when it began, and neither side judges it in another role (TCS-4-c).
        """
        if named := self.named(role):
            return named
        if role in BY_NAME:
            return []
        self.read([role])
        if role is Role.PRACTITIONER:
            return [self.case.subject_id] if self.case.subject_id else self._members()
        parties = self.parties
        seen: set[Role] = set()
        while role not in seen:
            seen.add(role)
            posts = [post for post in self._posts.get(role, ()) if self._covers(role, post)]
            people = unique(post.person_id for post in posts)
            eligible = [person for person in people if person not in parties]
            if eligible or not people:
                return eligible
            role = self.policy.stands_in.get(role, role)
        return []

    def all_holders(self) -> Mapping[Role, Sequence[int]]:
        """Every role's holders for this case."""
        self.read(Role)
        return {role: self.holders(role) for role in Role}

    def any_of(self, roles: Iterable[str]) -> list[int]:
        """Whoever holds one of several roles."""
        asked = [Role(role) for role in roles]
        self.read(asked)
        return unique(person for role in asked for person in self.holders(role))

    def told(self, roles: Iterable[str]) -> list[int]:
        """Who is told what several roles have to know: word for a vacant role reaches whoever stands in for it, and
        the Medical Directorate where nobody does."""
        asked = [Role(role) for role in roles]
        self.read(asked)
        return unique(person for role in asked for person in self._reached(role))

    def _reached(self, role: Role) -> list[int]:
        seen: set[Role] = set()
        while role not in seen:
            seen.add(role)
            if people := self.holders(role):
                return people
            role = self.policy.stands_in.get(role, Role.MEDICAL_DIRECTORATE)
        return []

    def posts(self, role: Role) -> list[Held]:
        """The posts of a role that cover this case, the doctor's own among them."""
        self.read([role])
        return [post for post in self._posts.get(role, ()) if self._covers(role, post)]

    def _members(self) -> list[int]:
        posts = self._posts.get(Role.PRACTITIONER, ())
        return unique(post.person_id for post in posts if post.team_id == self.case.team_id)

    def _covers(self, role: Role, post: Held) -> bool:
        if self.case.team_id is None and role in OF_A_TEAM | OF_A_TEAM_OR_CARE_GROUP:
            return post.care_group_id == self.case.care_group_id  # a round is about every team of its care group
        if role in OF_A_TEAM:
            return post.team_id == self.case.team_id
        if role in OF_A_TEAM_OR_CARE_GROUP:
            return post.team_id == self.case.team_id or (
                post.team_id is None and post.care_group_id == self.case.care_group_id
            )
        if role in OF_A_CARE_GROUP:
            return post.care_group_id == self.case.care_group_id
        return True


def unique(people: Iterable[int]) -> list[int]:
    """Each person once, in the order given."""
    return list(dict.fromkeys(people))

"""What pages show: read-only functions that return frozen values, each filtered by who asks."""

from dataclasses import dataclass

from workflows.store import Session

__all__ = ["Session", "Viewer"]


@dataclass(frozen=True)
class Viewer:
    """Who asks. Everything that a page shows is of this person's trust."""

    person_id: int
    trust_id: int
    roles: frozenset[str] = frozenset()
    """The keys of the roles that they hold today, over whatever team or care group."""
    acts_for: frozenset[int] = frozenset()
    """The people whose deputy they are today."""
    release_id: int | None = None
    """What their trust has published, where that was looked up with them."""

    @property
    def stands_for(self) -> frozenset[int]:
        """Themselves and those for whom they deputise."""
        return self.acts_for | {self.person_id}

"""Which plans are to be compared, as an address says it."""

from collections.abc import Mapping
from typing import NamedTuple

from webapp.forms.case_filters import number


class Asked(NamedTuple):
    """Versions by their ids; 0 for what names none, None for no third. `everything`: also what is the same. `doctor`:
    whose versions are to be chosen from, 0 for nobody's; `open` while none was chosen."""

    left: int
    right: int
    third: int | None
    everything: bool
    doctor: int
    open: bool

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Asked":
        """What the address asks for."""
        third = number(args["third"]) if args.get("third") else None
        return cls(
            left=number(args.get("left", "")),
            right=number(args.get("right", "")),
            third=third,
            everything=args.get("all") == "yes",
            doctor=number(args.get("doctor", "")),
            open="left" not in args and "right" not in args,
        )

    @property
    def chosen(self) -> tuple[int, ...]:
        """The ids in their order."""
        return (self.left, self.right, *(() if self.third is None else (self.third,)))

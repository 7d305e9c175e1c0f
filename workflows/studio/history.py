"""Everything that was done in a trust's studio, as the trust's history has it, for whoever may read the studio."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.acts import OF_THE_STUDIO, sentence
from workflows.inbox import Viewer, paging
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import people as people_rows
from workflows.store import release_drafts as draft_rows
from workflows.store.models import Act
from workflows.studio.rights import check_reads

PER_PAGE = 50


@dataclass(frozen=True)
class ActLine:
    """Something that was done. `draft` is the id and name of the draft that it was done to, `release` and `batch` the
    number and the id of what came of it; None where it has none."""

    at: datetime
    said: str
    draft: tuple[int, str] | None
    release: int | None
    batch: int | None


@dataclass(frozen=True)
class HistoryPage:
    """A page of it, newest first."""

    lines: tuple[ActLine, ...]
    page: int
    pages: int


def history(session: Session, *, viewer: Viewer, page: int) -> HistoryPage:
    """What was done to the trust's processes. Raises NotYourStudio."""
    check_reads(session, viewer=viewer)
    total = act_rows.number_of(session, trust_id=viewer.trust_id, kinds=OF_THE_STUDIO)
    shown = paging.shown(total, page=page, at_once=PER_PAGE)
    acts = act_rows.of_kinds(
        session, trust_id=viewer.trust_id, kinds=OF_THE_STUDIO, limit=PER_PAGE, offset=shown.offset
    )
    who = people_rows.names(session, person_ids={act.who_id for act in acts if act.who_id})
    drafts = {row.id: row.name for row in draft_rows.of_trust(session, trust_id=viewer.trust_id)}
    return HistoryPage(tuple(_line(act, who, drafts) for act in acts), shown.page, shown.pages)


def _line(act: Act, who: Mapping[int, str], drafts: Mapping[int, str]) -> ActLine:
    draft, release, batch = (_number(act.details.get(key)) for key in ("draft", "release", "batch"))
    return ActLine(
        at=act.at,
        said=sentence(act.kind, act.details, who=who.get(act.who_id or 0, ""), names={}),
        draft=(draft, drafts[draft]) if draft is not None and draft in drafts else None,
        release=release,
        batch=batch,
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None

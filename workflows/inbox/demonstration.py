"""What a visitor of the demonstration sees of its clock: the next deadline, and the e-mail that was sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.meetings import Meeting
from workflows.inbox import Session, Viewer, paging, plans
from workflows.inbox.reach import reach
from workflows.store import lists, mail

A_PAGE = 40
PLAN_PAGE = "/plans/"
SECRET_PAGE = "/password/"  # noqa: S105 - the beginning of an address


@dataclass(frozen=True)
class Sent:
    """An e-mail as its page shows it. `link` is empty where it leads to nothing that the viewer may open; `meeting`
    is what goes with it as a calendar file, in words."""

    to: str
    address: str
    kind: str
    subject: str
    words: str
    written_at: datetime
    on_its_way: bool
    link: str
    meeting: str


@dataclass(frozen=True)
class SentPage:
    """One page of what was sent, and by whom and what it can be narrowed."""

    mails: tuple[Sent, ...]
    total: int
    page: int
    pages: int
    people: tuple[tuple[int, str], ...]
    person_id: int | None
    kind: str


def next_deadline(session: Session, *, viewer: Viewer) -> datetime | None:
    """The end of the next day on which something is due in the viewer's trust; None if nothing is."""
    return lists.next_due_day(session, trust_id=viewer.trust_id)


def sent(session: Session, *, viewer: Viewer, person_id: int | None, kind: str, page: int, now: datetime) -> SentPage:
    """What was sent in the viewer's trust, the newest first: all, or to one person, or of one kind."""
    total = mail.count(session, trust_id=viewer.trust_id, person_id=person_id, kind=kind)
    at = paging.shown(total, page=page, at_once=A_PAGE)
    rows = mail.of_trust(
        session,
        trust_id=viewer.trust_id,
        person_id=person_id,
        kind=kind,
        limit=A_PAGE,
        offset=at.offset,
    )
    cases = {row.mail.case_id for row in rows if row.mail.case_id}
    sight = reach(session, viewer=viewer, now=now).sight
    visible = lists.visible_among(session, sight=sight, case_ids=cases) if cases else set()
    told = {int(row.mail.link.removeprefix(PLAN_PAGE)) for row in rows if row.mail.link.startswith(PLAN_PAGE)}
    readable = {PLAN_PAGE + str(plan) for plan in told if plans.may_open(session, viewer=viewer, plan_id=plan, now=now)}
    return SentPage(
        mails=tuple(_sent(row, opens=_opens(row.mail.link, row.mail.case_id in visible, readable)) for row in rows),
        total=total,
        page=at.page,
        pages=at.pages,
        people=tuple(mail.recipients(session, trust_id=viewer.trust_id)),
        person_id=person_id,
        kind=kind,
    )


def _opens(link: str, case_is_visible: bool, readable: Collection[str]) -> bool:
    """Whether a link leads the viewer anywhere: to a plan that they may read, to a new password, to a case they see."""
    if link.startswith(PLAN_PAGE):
        return link in readable
    return case_is_visible or link.startswith(SECRET_PAGE)


def _sent(row: mail.Kept, *, opens: bool) -> Sent:
    one = row.mail
    return Sent(
        to=row.name,
        address=row.email,
        kind=one.kind,
        subject=one.subject,
        words=one.words,
        written_at=one.written_at,
        on_its_way=one.status == "waiting",
        link=one.link if opens else "",
        meeting=Meeting.from_json(one.calendar).when if one.calendar else "",
    )

"""Whoever owns processes and is no programmer reads words: no key of a fact, a role, a deadline or a file."""

import re
from collections.abc import Iterator, Mapping

import pytest

from tests.factories import NOW
from tests.webapp.demonstration_site import Site
from tests.webapp.page import Element, Page
from workflows.cases import Actor
from workflows.store.models import Person
from workflows.studio import drafts

OWNERS = {"Philippa Nixon": "cumbria", "Joan Threlfall": "blackpool"}
APPROVERS = {"Edwin Barlow": "Philippa Nixon", "Ravi Menezes": "Joan Threlfall"}
KEY = re.compile(r"\b(?:[A-Za-z0-9]+_[A-Za-z0-9_]+|(?:case|policy)\.\w+|isExecutable|accord:\w+)")
ENGINE = re.compile(r"\b(?:default|sequence)? ?flow\b|gateway|(?:user|service) task|documentation", re.IGNORECASE)
"""What a key looks like, and terms of the engine."""
ASIDE = re.compile(r"\((?:an?|the) [^)]*\)")
"""A term of the engine behind our word for it: whoever draws elsewhere finds it there."""
TYPED = frozenset({"code", "pre", "script", "template", "textarea"})
"""Where a key is what is edited, or is shown as what is typed."""
HINTS = frozenset({"answer-until-hint", "answer-condition-hint"})
"""What is said of boxes in which a condition is typed."""
LINK = re.compile(r'<a (?![^>]* download)[^>]*href="(/studio\b[^"#]*)')
SHOWS_TEXTS = re.compile(r"^studio_changes\.")
"""Pages that show what stands in letters and tables, before and after."""
SAID = (
    "<bpmn:documentation>Agree a date with both sides and enter it here. Both are invited by letter and get a calendar"
)
SAID += " file.</bpmn:documentation>"
PLANTED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "processes/mediation.bpmn": (
        (' isExecutable="true"', ' isExecutable="false"'),
        (' default="agreement_reached_to_about_pay"', ""),
        (SAID, ""),
        ('accord:screen="mediator"', 'accord:screen="mediatr"'),
        ('accord:deadline="lodge_appeal"', 'accord:deadline="lodge_apeal"'),
        ('accord:letter="mediation_invitation"', 'accord:letter="mediation_invitatio"'),
        ('key="mediation_time" type="time"', 'key="mediation_time" type="tyme"'),
    ),
    "processes/individual_planning.bpmn": (
        ('accord:action="open_plan"', 'accord:action="opn_plan"'),
        ('targetRef="agree_plan"', 'targetRef="nowhere_at_all"'),
    ),
    "processes/disagreement.bpmn": (("bpmn:callActivity", "bpmn:task"),),
    "processes/appeal_panel.bpmn": (('accord:for_each="case.parties"', 'accord:for_each="case.appeal_hearing_date"'),),
    "decisions/meeting_window.dmn": (("[7..14]", '"seven"'), ("policy.team_plan_before", "policy.team_plan_befor")),
    "letters/mediation_decision.md": (
        ("{case.decision_reasons}", "{case.decision_reason}"),
        ("{outcomes}", "{outcome}"),
        ("to: practitioner clinical_manager", "to: practitioner clinical_manage"),
        ("{due.lodge_appeal}", "{due.lodge_apeal}"),
    ),
}  # fmt: skip
"""Faults of all families, by file: what is written, and what stands there instead."""
OF_THE_POLICY = """
[deadlines.new_talk]
title = "New talk"
clause = "X-1"
kind = "after"
start = "apa_changes_from"
start_words = "It changes from {date}."
length = "3 days"
strength = "must"
effect = "late"
ladder = [{at = "-1 day", do = "remind", to = []}]
"""


def begin(site: Site, owner: str, *, faulty: bool) -> int:
    """A draft of somebody's trust; with faults planted in everything."""
    with site.session() as session:
        person = session.get_one(Person, site.id_of(owner))
        by = Actor(person_id=person.id, trust_id=person.trust_id)
        draft_id = drafts.begin(session, by=by, name="Words", now=NOW)
        files = drafts.files(session, draft_id=draft_id)
        planted = PLANTED if faulty else {}
        changed = {path: _planted(files[path], edits) for path, edits in planted.items()}
        if faulty:
            changed[f"policies/{OWNERS[owner]}.toml"] = files[f"policies/{OWNERS[owner]}.toml"] + OF_THE_POLICY
        for path, text in changed.items():
            drafts.save_file(
                session, by=by, draft_id=draft_id, path=path, text=text, read=0, said="Changed it.", now=NOW
            )
    return draft_id


def _planted(text: str, edits: tuple[tuple[str, str], ...]) -> str:
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


def read_by(site: Site, person: str, begin_at: list[str]) -> Iterator[tuple[str, str]]:
    """The addresses of the pages that somebody is led to from some, one of each kind, and what is to be read there."""
    found = site.app.url_map.bind("localhost")
    kinds: set[str] = set()
    new = list(begin_at)
    for address in new:
        kind = str(found.match(address.partition("?")[0])[0])
        if kind in kinds or SHOWS_TEXTS.match(kind):
            continue
        kinds.add(kind)
        answer = site.client(person).get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            body = Page(site.app, answer.status_code, answer.text, dict(answer.headers)).root.find("body")
            yield address, " ".join("".join(_words(body)).split())
            new += [link for link in dict.fromkeys(LINK.findall(answer.text)) if link not in new]


def _words(element: Element | None) -> Iterator[str]:
    """What stands in an element to be read, but for what is typed in files."""
    if element is not None and element.tag not in TYPED and element.get("id") not in HINTS:
        yield f" {element.text or ''}"
        for child in element:
            yield from _words(child)
            yield f" {child.tail or ''}"


@pytest.mark.slow
@pytest.mark.usefixtures("standstill")
@pytest.mark.parametrize(
    ("person", "faulty"),
    [*((each, faulty) for each in OWNERS for faulty in (False, True)), *((each, True) for each in APPROVERS)],
)
def test_no_page_of_the_studio_tells_a_key_or_a_term_of_the_engine(site: Site, person: str, faulty: bool) -> None:
    draft = f"/studio/drafts/{begin(site, APPROVERS.get(person, person), faulty=faulty)}"
    first = [draft, *(f"{draft}/{page}" for page in ("list/mediation", "tables/spa_tariff", "policy", "rehearsal"))]
    pages = dict(read_by(site, person, [*first, "/studio/releases/1/decisions/spa_tariff", "/studio"]))
    told = {
        address: [text[max(0, one.start() - 40) : one.end() + 40] for one in pattern.finditer(ASIDE.sub("", text))]
        for address, text in pages.items()
        for pattern in (KEY, ENGINE)
        if pattern.search(ASIDE.sub("", text))
    }
    assert told == {}
    assert len(pages) > (10 if person in APPROVERS else 35)

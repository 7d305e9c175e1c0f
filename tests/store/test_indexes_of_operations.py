"""What operations ask again and again has its index too: pages of incidents and of the state, the daily work."""

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY
from tests.store.test_indexes import Query, explain
from workflows.store import acts, anchors, erasing, health, incidents, timings
from workflows.store.incidents import IncidentFilters

MINE = {"trust_id": 1, "limit": 25, "offset": 0}
QUERIES: list[Query] = [
    lambda session: incidents.count_open(session, trust_id=1),
    incidents.count_open,
    lambda session: incidents.of_trust(session, filters=IncidentFilters(), **MINE),
    lambda session: incidents.of_trust(session, filters=IncidentFilters(status="", kind="mail", words="x"), **MINE),
    lambda session: incidents.lines(session, incident_id=1, limit=9),
    lambda session: incidents.next_tries(session, keys=["firing:1", "message:2", "mail:3"]),
    lambda session: incidents.settle(session, key="firing:1", now=NOW),
    lambda session: timings.counted(session, since=NOW),
    lambda session: timings.lateness(session, since=NOW, until=NOW, share=0.99),
    lambda session: health.post(session, since=NOW),
    lambda session: health.post(session, since=NOW, trust_id=1),
    lambda session: health.last_backup(session, trust_id=1),
    lambda session: acts.head(session, trust_id=1),
    lambda session: acts.newest(session, trust_id=1, limit=9),
    lambda session: anchors.newest(session, trust_id=1),
    lambda session: list(anchors.chain(session, trust_id=1, after=3)),
    lambda session: list(anchors.histories(session, trust_id=1)),
    lambda session: erasing.cases_due(session, trust_id=1, closed_before=NOW, limit=9),
    lambda session: erasing.people_due(session, trust_id=1, left_by=TODAY, limit=9),
    lambda session: erasing.erased_at(session, case_id=1),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_query_of_operations_reads_a_whole_table(session: Session, engine: Engine) -> None:
    sent: list[tuple[str, object]] = []

    def remember(*call: object) -> None:
        if str(call[2]).startswith(("SELECT", "UPDATE", "DELETE")):
            sent.append((str(call[2]), call[3]))

    event.listen(engine, "before_cursor_execute", remember)
    for query in QUERIES:
        query(session)
    event.remove(engine, "before_cursor_execute", remember)
    assert len(sent) >= len(QUERIES)
    whole = [
        f"{step}: {statement}"
        for statement, parameters in sent
        for step in explain(session, statement, parameters)
        # Trusts themselves are a handful.
        if step.startswith("SCAN") and "CONSTANT ROW" not in step and not step.startswith("SCAN trust")
    ]
    assert whole == []

"""Very many cases at once: one that was made by the verbs, copied with all its rows by PostgreSQL itself."""

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from workflows.store.models import Base, Case, Deadline, Event, Fact, Firing, Step, StepHolder

COPIES = """CREATE TEMPORARY TABLE copy ON COMMIT PRESERVE ROWS AS
SELECT number, CAST(nextval(pg_get_serial_sequence('"case"', 'id')) AS INTEGER) AS case_id
FROM generate_series(1, :times) AS number"""


def clone(session: Session, *, reference: str, times: int, mark: str = "", whole: bool = True) -> None:
    """Copy a case so many times: its state, steps, holders, facts, ledger, firings and history. Commits.

    mark: what stands between the reference of the case and the number of a copy, besides a dash.
    whole: with facts, firings and history; without them, what lists of steps and cases read.

    Each copy is a case of its own for the lists, the ledger and the engine; all are about the same doctor, and none
    has a draft of its own.
    """
    connection = session.connection()
    connection.execute(text("DROP TABLE IF EXISTS copy"))
    connection.execute(text(COPIES), {"times": times})
    their_step, their_line = twin("fact.step_id", Step, "task"), twin("firing.deadline_id", Deadline, "name")
    key = f"{their_line} || substring(firing.key from ':.*')"
    lists = (
        copied(Case, {"id": "copy.case_id", "reference": ":reference || :mark || '-' || copy.number"}),
        copied(Step, {"case_id": "copy.case_id"}),
        copied(Deadline, {"case_id": "copy.case_id"}),
        copied(StepHolder, {"step_id": twin("step_holder.step_id", Step, "task")}, through=Step),
    )
    others = (
        copied(Fact, {"case_id": "copy.case_id", "step_id": their_step}),
        copied(Event, {"case_id": "copy.case_id"}),
        copied(Firing, {"deadline_id": their_line, "key": key}, through=Deadline),
    )
    for statement in (*lists, *(others if whole else ())):
        given = {"reference": reference, "mark": mark}
        connection.execute(text(statement), {key: given[key] for key in given if f":{key}" in statement})
    session.commit()
    with session.get_bind().engine.connect() as alone:
        alone.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def twin(column: str, model: type[Base], by: str) -> str:
    """The row of the copy that stands for the row of the original to which a column points."""
    name = model.__tablename__
    return (
        f"(SELECT theirs.id FROM {name} AS theirs JOIN {name} AS ours ON ours.{by} = theirs.{by} "
        f"WHERE ours.id = {column} AND theirs.case_id = copy.case_id)"
    )


def copied(model: type[Base], other: dict[str, str], through: type[Base] | None = None) -> str:
    """Copies the rows of a table. other: what columns have in the copy; all others stay as they are."""
    table: Table = model.__table__  # type: ignore[assignment]  # every model of ours has a table
    name = f'"{table.name}"'
    source = f"{name} CROSS JOIN copy"
    if through is not None:
        source += f" JOIN {through.__tablename__} AS owner ON owner.id = {name}.{through.__tablename__}_id"
    owner = "owner.case_id" if through else f"{name}.{'id' if model is Case else 'case_id'}"
    same = [one.name for one in table.columns if one.name not in {"id", *other}]
    columns = ", ".join(f'"{one}"' for one in (*other, *same))
    values = ", ".join((*other.values(), *(f'{name}."{one}"' for one in same)))
    return (
        f"INSERT INTO {name} ({columns}) SELECT {values} FROM {source} "
        f'WHERE {owner} = (SELECT id FROM "case" WHERE reference = :reference)'
    )

"""Very many cases at once: one that was made by the verbs, copied with all its rows by PostgreSQL itself."""

from sqlalchemy import Connection, Table, text
from sqlalchemy.orm import Session

from workflows.store.models import Base, Case, Deadline, Event, Fact, Firing, Step, StepHolder

COPIES = """CREATE TEMPORARY TABLE copy ON COMMIT PRESERVE ROWS AS
SELECT number, CAST(nextval(pg_get_serial_sequence('"case"', 'id')) AS INTEGER) AS case_id
FROM generate_series(1, :times) AS number"""


def clone(session: Session, *, reference: str, times: int) -> None:
    """Copy a case so many times: its state, steps, holders, facts, ledger, firings and history. Commits.

    Each copy is a case of its own for the lists, the ledger and the engine; all are about the same doctor, and none
    has a draft of its own.
    """
    connection = session.connection()
    given = {"reference": reference, "times": times}
    connection.execute(text("DROP TABLE IF EXISTS copy"))
    connection.execute(text(COPIES), given)
    insert(connection, Case, "copy.case_id, :reference || '-' || copy.number", ("id", "reference"), given)
    insert(connection, Step, "copy.case_id", ("case_id",), given)
    insert(connection, Fact, f"copy.case_id, {twin('fact.step_id', Step, 'task')}", ("case_id", "step_id"), given)
    insert(connection, Deadline, "copy.case_id", ("case_id",), given)
    insert(connection, Event, "copy.case_id", ("case_id",), given)
    insert(connection, StepHolder, twin("step_holder.step_id", Step, "task"), ("step_id",), given, through=Step)
    their_line = twin("firing.deadline_id", Deadline, "name")
    key = f"{their_line} || substring(firing.key from ':.*')"
    insert(connection, Firing, f"{their_line}, {key}", ("deadline_id", "key"), given, through=Deadline)
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


def insert(
    connection: Connection,
    model: type[Base],
    other: str,
    columns: tuple[str, ...],
    given: dict[str, object],
    through: type[Base] | None = None,
) -> None:
    """Copy the rows of a table. other: what `columns` have in the copy; all other columns stay as they are."""
    table: Table = model.__table__  # type: ignore[assignment]  # every model of ours has a table
    same = [one.name for one in table.columns if one.name not in {"id", *columns}]
    name = f'"{table.name}"'
    source = f"{name} CROSS JOIN copy"
    if through is not None:
        source += f' JOIN {through.__tablename__} AS owner ON owner.id = {name}.{through.__tablename__}_id'
    owner = "owner.case_id" if through else f"{name}.{'id' if model is Case else 'case_id'}"
    quoted = ", ".join(f'"{one}"' for one in (*columns, *same))
    kept = ", ".join(f'{name}."{one}"' for one in same)
    connection.execute(
        text(
            f"INSERT INTO {name} ({quoted}) SELECT {other}, {kept} FROM {source} "  # noqa: S608 - names of our own
            f'WHERE {owner} = (SELECT id FROM "case" WHERE reference = :reference)'
        ),
        given,
    )

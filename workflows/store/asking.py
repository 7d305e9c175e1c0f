"""Asking several things at once: on PostgreSQL they take one way to the server and back.

Each still sees what was committed before it was its turn: a first question that locks a row waits for whoever has it,
and those behind it read what that one has left.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from json import dumps
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    Boolean,
    Connection,
    Dialect,
    Select,
    SQLColumnExpression,
    String,
    Table,
    bindparam,
    event,
    literal_column,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType, TypeEngine

from workflows.store.later import LATER, of_the_driver, ready
from workflows.store.models import Base
from workflows.store.tables import table_of

Value = TypeVar("Value")
Model = TypeVar("Model", bound=Base)
Row = tuple[Any, ...]
Question = Select[*tuple[Any, ...]]
Found = list[list[Row]]
"""Of each question its rows."""


def given(name: str, kind: TypeEngine[Value]) -> BindParameter[Value]:
    """Something that a question is given each time it is asked."""
    return bindparam(name, None, type_=kind)


class among(GenericFunction[bool]):  # noqa: N801 - functions of SQL are written small
    """Whether a column is one of the ids or keys that the question is given under a name."""

    type = Boolean()
    inherit_cache = True

    def __init__(self, column: SQLColumnExpression[Any], name: str) -> None:
        super().__init__(column, bindparam(name, None, type_=NullType()))

    def self_group(self, against: object = None) -> "among":  # noqa: ARG002 - SQLAlchemy's own signature
        """A condition as it stands: compared with 1, as SQLite's booleans otherwise are, no index would serve it."""
        return self


@compiles(among, "postgresql")
def _among_an_array(element: among, compiler: SQLCompiler, **words: Any) -> str:
    column, values = (compiler.process(one, **words) for one in element.clauses)
    kind = next(iter(element.clauses)).type.compile(compiler.dialect)
    return f"{column} = ANY({values}::{kind}[])"


@compiles(among, "sqlite")
def _among_a_list(element: among, compiler: SQLCompiler, **words: Any) -> str:
    column, values = (compiler.process(one, **words) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


KEPT = 4
"""How many ids are kept at once: a step is followed by few others, but for those of a whole team."""


class next_ids(GenericFunction[str]):  # noqa: N801 - functions of SQL are written small
    """The ids that the next rows of a table may have, KEPT of them for each row that asks, with spaces between them;
    nobody else is given them."""

    type = String()
    inherit_cache = True

    def __init__(self, table: str) -> None:
        super().__init__(literal_column(f"'{table}'"))


@compiles(next_ids, "postgresql")
def _from_the_sequence(element: next_ids, compiler: SQLCompiler, **words: Any) -> str:
    one = f"nextval(pg_get_serial_sequence({compiler.process(element.clauses, **words)}, 'id'))"
    return f"concat_ws(' ', {', '.join([one] * KEPT)})"


@compiles(next_ids, "sqlite")
def _after_the_last(element: next_ids, compiler: SQLCompiler, **words: Any) -> str:
    # Only a transaction that was opened to write asks, and SQLite has one of them at a time.
    table = compiler.process(element.clauses, **words).strip("'")
    last = f"(SELECT coalesce(max(id), 0) FROM {table}) + {KEPT} * (row_number() OVER () - 1)"
    return " || ' ' || ".join(f"({last} + {place})" for place in range(1, KEPT + 1))


@dataclass
class Inquiry:
    """Questions with the values that all of them take their parameters from, and once they were asked, the rows."""

    questions: Sequence[Question]
    values: Mapping[str, Any]
    found: Found = field(default_factory=list, compare=False)


FORESEEN = "accord_foreseen"
"""Where a session keeps the inquiries that are to come."""


def foresee(session: Session, questions: Sequence[Question], values: Mapping[str, Any]) -> None:
    """Say what will be asked in this transaction, with these very values.

    On PostgreSQL it goes along with whatever is asked before, and the rows wait for whoever asks. They are let go with
    the transaction, and by anything that is written in between.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.info.setdefault(FORESEEN, []).append(Inquiry(questions, values))


def ask(session: Session, questions: Sequence[Question], values: Mapping[str, Any]) -> Found:
    """The rows of several questions on tables, in their order; all take their parameters from the same values."""
    inquiry, foreseen = Inquiry(questions, values), cast(list[Inquiry], session.info.get(FORESEEN, []))
    if inquiry in foreseen and (known := foreseen.pop(foreseen.index(inquiry))).found and not writes(session):
        return known.found
    connection = ready(session)
    if connection.dialect.name != "postgresql":
        plain = {name: dumps(value) if isinstance(value, list) else value for name, value in values.items()}
        return [[tuple(row) for row in connection.execute(one, plain)] for one in questions]
    _ask_together(connection, [inquiry, *(one for one in foreseen if not one.found)])
    return inquiry.found


def writes(session: Session) -> bool:
    """Whether something has yet to be written in this transaction, which may change what has been read."""
    return bool(session.new or session.dirty or session.deleted or LATER in session.info)


def _ask_together(connection: Connection, inquiries: Sequence[Inquiry]) -> None:
    asked = [[as_sent(one, connection.dialect) for one in inquiry.questions] for inquiry in inquiries]
    with of_the_driver(connection, asked[0][0].words, inquiries[0].values) as driver:
        with driver.pipeline():
            sent = [
                [driver.execute(one.words, one.filled(inquiry.values)) for one in questions]
                for inquiry, questions in zip(inquiries, asked, strict=True)
            ]
        for inquiry, questions, cursors in zip(inquiries, asked, sent, strict=True):
            inquiry.found = [one.read(rows.fetchall()) for one, rows in zip(questions, cursors, strict=True)]


def _let_go(state: ORMExecuteState) -> None:
    if not state.is_select:
        state.session.info.pop(FORESEEN, None)


def _let_go_at_the_end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(FORESEEN, None)


event.listen(Session, "do_orm_execute", _let_go)
event.listen(Session, "after_transaction_end", _let_go_at_the_end)


@dataclass(frozen=True)
class Sent:
    """A question in the driver's own words."""

    words: str
    names: tuple[str, ...]
    """The parameters that it is given."""
    fixed: Mapping[str, Any]
    """Those that it brings itself."""
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]
    """By column: what turns the driver's value into ours."""

    def filled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """All its parameters."""
        return {**self.fixed, **{name: values[name] for name in self.names}}

    def read(self, rows: list[Row]) -> list[Row]:
        """The driver's rows in our types."""
        if not self.readers or not rows:
            return rows
        read = [list(row) for row in rows]
        for row in read:
            for place, reader in self.readers:
                row[place] = reader(row[place])
        return [tuple(row) for row in read]


NUMERIC = 1700
"""What PostgreSQL calls numbers with places: columns of numbers ask as what the driver has sent them."""


@lru_cache(maxsize=100)
def as_sent(question: Question, dialect: Dialect) -> Sent:
    """A question for that database, worked out once. All that it is given later are its named parameters."""
    compiled = question.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    readers = (
        (place, column.type.dialect_impl(dialect).result_processor(dialect, NUMERIC))
        for place, column in enumerate(question.selected_columns)
    )
    return Sent(
        words=str(compiled),
        names=tuple(name for name, value in compiled.params.items() if value is None),
        fixed={name: value for name, value in compiled.params.items() if value is not None},
        readers=tuple((place, reader) for place, reader in readers if reader),
    )


def objects(session: Session, model: type[Model], question: Question, values: Mapping[str, Any]) -> list[Model]:
    """The rows of a question on the whole of a model's table, in their order, as objects of the session."""
    [found] = ask(session, (question,), values)
    return [as_loaded(session, model, by_column(table_of(model), row)) for row in found]


def first(session: Session, model: type[Model], question: Question, values: Mapping[str, Any]) -> Model | None:
    """The first of these objects; None where there is none."""
    return next(iter(objects(session, model, question, values)), None)


def by_column(table: Table, row: Sequence[Any]) -> dict[str, Any]:
    """A whole row of a table by the names of its columns."""
    return dict(zip(table.c.keys(), row, strict=True))


def as_loaded(session: Session, model: type[Model], values: Mapping[str, Any]) -> Model:
    """A row as an object of the session, as if the session had read it: at a fraction of what that takes."""
    known: Model | None = session.identity_map.get(session.identity_key(model, values["id"]))
    if known is None:
        fresh = model()
        vars(fresh).update(values)
        make_transient_to_detached(fresh)
        session.add(fresh)
        return fresh
    for key, value in values.items():
        set_committed_value(known, key, value)
    return known

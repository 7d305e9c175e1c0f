"""The demonstration as a site for tests of pages: copied for each test, at a clock that stands still."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.databases import hurried, new_engine
from tests.webapp.apps import kept_app
from tests.webapp.page import Page
from workflows.engine import releases
from workflows.store import engines
from workflows.store.models import Case, Deadline, Person, PlanVersion, Team, TeamPlan


class Site:
    """A copy of the demonstration. Its people are those of workflows.seeding."""

    def __init__(self, told: Path, folder: Path, *, demonstration: bool = True) -> None:
        self.url = f"sqlite:///{shutil.copy(told, folder / 'site.sqlite3')}"
        releases.forget()
        self.app: Flask = kept_app(self.url)
        self.app.config.update(WTF_CSRF_ENABLED=False, DEMONSTRATION=demonstration)
        self._clients: dict[str, FlaskClient] = {}
        self._demonstration = demonstration

    def client(self, name: str) -> FlaskClient:
        """A browser in which that persona is signed in."""
        if name not in self._clients:
            client = self.app.test_client()
            self.app.config["DEMONSTRATION"] = True
            assert client.post(f"/sign-in/as/{self.id_of(name)}").status_code == 303
            self.app.config["DEMONSTRATION"] = self._demonstration
            self._clients[name] = client
        return self._clients[name]

    def page(self, name: str, path: str, *, status: int = 200) -> Page:
        """A page as somebody sees it, checked as a page."""
        answer = self.client(name).get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return Page(self.app, answer.status_code, answer.text, dict(answer.headers))

    def read(self, ask: Callable[[Session], Any]) -> Any:
        """Look into the store."""
        engine = hurried(new_engine(self.url))
        with Session(engine) as session:
            found = ask(session)
        engine.dispose()
        return found

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session in a transaction that is committed."""
        engine = hurried(new_engine(self.url))
        with Session(engine) as session:
            engines.begin_write(session)
            yield session
            session.commit()
        engine.dispose()

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The statements that the site sends to its database meanwhile."""
        sent: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
            sent.append(statement)

        with self.app.app_context():
            engine = self.app.extensions["sqlalchemy"].engine
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)

    def id_of(self, name: str) -> int:
        """Somebody's id."""
        return cast(int, self.read(lambda s: s.scalars(select(Person.id).where(Person.name == name)).one()))

    def case_of(self, name: str) -> str:
        """The reference of a doctor's newest case that is not itself a dispute about another."""
        wanted = select(Case.reference).join(Person, Person.id == Case.subject_id).where(Person.name == name)
        wanted = wanted.where(Case.process != "disagreement")
        return cast(str, self.read(lambda s: s.scalars(wanted.order_by(Case.id.desc()).limit(1)).one()))

    def case_like(self, process: str, trust: str) -> str:
        """The reference of a trust's case of a process."""
        wanted = select(Case.reference).where(Case.process == process, Case.reference.startswith(trust))
        return cast(str, self.read(lambda s: s.scalars(wanted.limit(1)).one()))

    def deadline_of(self, reference: str, name: str) -> int:
        """The id of a case's deadline."""
        wanted = select(Deadline.id).join(Case).where(Case.reference == reference, Deadline.name == name)
        return cast(int, self.read(lambda s: s.scalars(wanted).one()))

    def plan_of(self, name: str, status: str) -> int:
        """The id of a doctor's plan version in that state."""
        wanted = select(PlanVersion.id).join(Person, Person.id == PlanVersion.person_id)
        found = wanted.where(Person.name == name, PlanVersion.status == status).order_by(PlanVersion.number.desc())
        return cast(int, self.read(lambda s: s.scalars(found.limit(1)).one()))

    def team(self, name: str) -> int:
        """A team's id."""
        return cast(int, self.read(lambda s: s.scalars(select(Team.id).where(Team.name == name)).one()))

    def team_plan(self, team: str) -> int:
        """The id of a team's newest plan."""
        wanted = select(TeamPlan.id).join(Team, Team.id == TeamPlan.team_id).where(Team.name == team)
        return cast(int, self.read(lambda s: s.scalars(wanted.order_by(TeamPlan.id.desc()).limit(1)).one()))

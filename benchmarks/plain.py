"""What submitting is held against: a minimal Flask-SQLAlchemy view that inserts one row and commits."""

from flask import Flask, redirect, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response


class Base(DeclarativeBase):
    """The base of its one table."""


db = SQLAlchemy(model_class=Base)


class Note(db.Model):  # type: ignore[name-defined, misc]  # Flask-SQLAlchemy makes the class at run time
    """One row a request."""

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]


def plain_app(url: str) -> Flask:
    """The application, with its table made."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)

    @app.post("/notes")
    def add() -> Response:
        db.session.add(Note(words=request.form["words"]))
        db.session.commit()
        return redirect("/notes", 303)

    with app.app_context():
        db.create_all()
    return app

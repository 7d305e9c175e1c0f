"""The web application: the one place in webapp that knows the store and the settings."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChainableUndefined
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from webapp import assets, error_pages, filters, guards, headers, layout, logs, nhs, sign_in, typed, uploads, watching
from webapp.screens import SCREENS
from workflows.store import engines
from workflows.store.models import Base

log = logging.getLogger(__name__)

NO_VALUES = {"hide_parameters": True}
"""What was typed is never part of an error of the database: errors go to the log."""
A_DAY_AT_WORK = timedelta(hours=12)
A_LONG_FORM = 2 * 1024 * 1024
MANY_BOXES = 10_000
"""A plan of 60 lines has some 2,000 boxes."""


def create_app(settings: config.Settings | None = None, **jinja: Any) -> Flask:
    """An application on that installation's database. `jinja`: how the templates are to be read otherwise. Tests give
    an `undefined` that fails on a misspelt name; the NHS templates need a lenient one."""
    settings = settings or _from_outside()
    app = Flask("webapp")
    app.config.update(_flask_settings(settings))
    if settings.proxies:
        believed = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=1, x_host=0, x_port=0, x_prefix=0)
        app.wsgi_app = believed  # type: ignore[method-assign]  # as Werkzeug says to put it in
    # Without autoescape Flask would leave the NHS macros' .jinja files unescaped.
    usual = {"undefined": ChainableUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_options = {**usual, **jinja}
    # By its metadata: Flask-SQLAlchemy would rebuild a model_class, and ours has a registry and a type map of its own.
    SQLAlchemy(app, metadata=Base.metadata, engine_options={**engines.options(settings.database_url), **NO_VALUES})
    with app.app_context():
        engines.prepare(app.extensions["sqlalchemy"].engine)
    uploads.init_app(app, settings.scanner, settings.document_megabytes, settings.case_megabytes)
    typed.init_app(app)
    CSRFProtect(app)
    watching.init_app(app, sessions(app))
    for part in (sign_in, nhs, assets, filters, layout, headers, guards, error_pages):
        part.init_app(app)
    for screen in SCREENS:
        app.register_blueprint(screen)
    return app


def _from_outside() -> config.Settings:
    """The settings of the environment, as gunicorn starts us: what is unwise about them is told in the log."""
    settings = config.read_settings()
    logs.configure(settings.log, quiet=settings.demonstration)
    for state in config.states():
        if state.level == "warning":
            log.warning(state.words)
    return settings


def sessions(app: Flask) -> Callable[[], Session]:
    """Makes sessions of its own for whoever is not a request: the clock, a command."""
    with app.app_context():
        return sessionmaker(app.extensions["sqlalchemy"].engine)


def migrate(app: Flask) -> None:
    """Bring the app's database to the tables of this version."""
    from workflows.store import migrating  # noqa: PLC0415 - Alembic takes a third of a second that no page needs

    with app.app_context():
        migrating.upgrade(app.extensions["sqlalchemy"].engine)


def _flask_settings(settings: config.Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "DEMONSTRATION": settings.demonstration,
        "PERMANENT_SESSION_LIFETIME": A_DAY_AT_WORK,
        "PUBLIC_URL": settings.public_url,
        "MAIL_FROM": settings.mail_from,
        # The prefix binds the cookie to this very host and to https; over plain http browsers would refuse it.
        "SESSION_COOKIE_NAME": "accord" if settings.demonstration else "__Host-accord",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": not settings.demonstration,
        "WTF_CSRF_TIME_LIMIT": int(A_DAY_AT_WORK.total_seconds()),
        "WTF_CSRF_SSL_STRICT": not settings.demonstration,
        "MAX_CONTENT_LENGTH": A_LONG_FORM,
        "MAX_FORM_MEMORY_SIZE": A_LONG_FORM,
        "MAX_FORM_PARTS": MANY_BOXES,
    }

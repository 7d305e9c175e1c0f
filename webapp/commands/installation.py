"""The installation that a command works on, as the settings of its environment say."""

from typing import TYPE_CHECKING

import click

import config

if TYPE_CHECKING:
    from flask import Flask

    from workflows.clock.post import Post


def settings() -> config.Settings:
    """The settings; unsafe ones end the command with their sentence."""
    try:
        return config.read_settings()
    except config.UnsafeSettings as unsafe:
        raise click.ClickException(str(unsafe)) from None


def states() -> list[config.State]:
    """How each setting stands."""
    return config.states()


def application() -> "Flask":
    """The application on the installation's database."""
    from webapp.create_app import create_app  # noqa: PLC0415 - heavy: not before a command needs it

    return create_app(settings())


def post(given: config.Settings) -> "Post":
    """How e-mail leaves the installation."""
    from workflows.clock.post import Post  # noqa: PLC0415 - likewise
    from workflows.notices.letters import Site  # noqa: PLC0415 - likewise
    from workflows.notices.smtp import Server  # noqa: PLC0415 - likewise

    to = given.mail_server
    server = Server(to.host, to.port, to.security, to.user, to.password) if to else None
    return Post(server, Site(given.public_url, given.mail_from), demonstration=given.demonstration)

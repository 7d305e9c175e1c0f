"""The installation that a command works on, as the settings of its environment say."""

from typing import TYPE_CHECKING

import click

import config

if TYPE_CHECKING:
    from flask import Flask


def settings() -> config.Settings:
    """The settings; unsafe ones end the command with their sentence."""
    try:
        return config.read_settings()
    except config.UnsafeSettings as unsafe:
        raise click.ClickException(str(unsafe)) from None


def application() -> "Flask":
    """The application on the installation's database."""
    from webapp.create_app import create_app  # noqa: PLC0415 - heavy: not before a command needs it

    return create_app(settings())

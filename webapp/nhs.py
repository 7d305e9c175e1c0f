"""The NHS design system in our templates: {{ nhs.button({"text": "Continue"}) }}, whatever template it stands in."""

from importlib.resources import files
from types import SimpleNamespace

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader
from jinja2.runtime import Macro

PACKAGE = "nhsuk_frontend_jinja"


def init_app(app: Flask) -> None:
    """Let the app find the NHS templates, and make every macro of theirs a member of the global `nhs`."""
    ours = app.jinja_loader
    # Not through jinja_options["loader"]: that would drop the template folders of blueprints.
    app.jinja_loader = ChoiceLoader([PackageLoader(PACKAGE), *([ours] if ours else [])])
    macros: dict[str, Macro] = {}
    components = files(PACKAGE) / "templates" / "nhsuk" / "components"
    for folder in sorted(components.iterdir(), key=lambda folder: folder.name):
        if (folder / "macro.jinja").is_file():
            module = app.jinja_env.get_template(f"nhsuk/components/{folder.name}/macro.jinja").module
            macros |= {name: value for name, value in vars(module).items() if isinstance(value, Macro)}
    app.jinja_env.globals["nhs"] = SimpleNamespace(**macros)


def source(app: Flask, template: str) -> str:
    """The text of a template."""
    loader = app.jinja_env.loader
    if loader is None:
        raise LookupError("The app has no templates.")
    return loader.get_source(app.jinja_env, template)[0]

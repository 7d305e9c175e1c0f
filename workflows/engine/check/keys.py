"""What a file is about: two files with a key in common cannot stand in the same set."""

from pathlib import PurePosixPath

from workflows.engine.check.tables import tables_of
from workflows.engine.drawings import read
from workflows.engine.xml import NotAcceptable


def key_of(path: str, data: str | bytes) -> frozenset[str]:
    """`process sign_off` for a diagram, `decision ...` for each table of a DMN file, else the file's name.

    A file that cannot be read is taken for what its name says.
    """
    name = PurePosixPath(path)
    if name.suffix == ".bpmn":
        try:
            return frozenset({f"process {read(data, path).process}"})
        except NotAcceptable:
            return frozenset({f"process {name.stem}"})
    if name.suffix == ".dmn":
        keys = frozenset(f"decision {table.key}" for table in tables_of(data, path)[0])
        return keys or frozenset({f"decision {name.stem}"})
    return frozenset({name.name})

"""A set of files that cases run on: what may be in it, and what stands for its content."""

import re
from collections.abc import Mapping
from hashlib import sha256

KINDS: Mapping[str, str] = {"processes": ".bpmn", "decisions": ".dmn", "policies": ".toml", "letters": ".md"}
"""The folders of a set, and how the names of their files end."""

_PATH = re.compile(r"(processes|decisions|policies|letters)/[A-Za-z0-9_-]{1,80}(\.[a-z]+)", re.ASCII)


def is_path(path: str) -> bool:
    """Whether a file of a set can have this path: one of the four folders, a plain name, the ending of that folder."""
    found = _PATH.fullmatch(path)
    return found is not None and KINDS[found[1]] == found[2]


def content_hash(files: Mapping[str, str]) -> str:
    """The sha256 of a set of files: their paths and texts in order."""
    digest = sha256()
    for path, text in sorted(files.items()):
        for part in (path, text):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()

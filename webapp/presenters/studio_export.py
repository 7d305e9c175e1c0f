"""What came of a zip, in words."""

from webapp.presenters import words
from workflows.studio.exporting import Taken


def taken(found: Taken) -> str:
    """ "3 files were taken into the draft. 30 were the same already."."""
    if not found.changed:
        return "Nothing was changed: the files are the same as in the draft."
    changed = f"{words.count(found.changed, 'file')} {'was' if found.changed == 1 else 'were'} taken into the draft."
    return f"{changed} {found.same} {'was' if found.same == 1 else 'were'} the same already." if found.same else changed

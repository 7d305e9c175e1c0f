"""What people put into a case beside its steps: a document, a comment."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.validators import InputRequired

from webapp.forms import widgets
from webapp.forms.base import Form
from webapp.forms.errors import complain
from webapp.forms.fields import LongText, Text
from workflows.domain.documents import TAKEN, in_words


class Upload(Field):
    """A file; None where none was chosen."""

    widget = widgets.FileUpload()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        sent = valuelist[0] if valuelist else None
        self.data = sent if isinstance(sent, FileStorage) and sent.filename else None


class DocumentForm(Form):
    """A file and what it is."""

    file = Upload("Which file?", validators=[InputRequired("Choose a file.")])
    title = Text(
        "What is it? (optional)",
        description="In a few words, for those who see the list. Without it the name of the file is shown.",
    )

    def __init__(self, largest: int) -> None:
        super().__init__()
        self.file.description = f"One of {TAKEN}, of {in_words(largest)} at most. Macros are not taken."

    def refuse(self, sentence: str, field: str = "file") -> None:
        """Say what is wrong with what was sent."""
        complain(self[field], sentence)


class CommentForm(Form):
    """A comment."""

    words = LongText("Your comment", validators=[InputRequired("Write something.")], render_kw={"rows": 6})

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was written."""
        complain(self.words, sentence)

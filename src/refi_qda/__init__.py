"""REFI-QDA projects (``.qdpx``): codings exchanged between programs for analysis.

`read_project` reads what a project says, `write_project` makes one, and `spans_in`
finds what the positions of another program mean in a text. See README.md.
"""

from refi_qda.qda_project import (
    Code,
    CodedText,
    CodeFolder,
    NewCode,
    Passage,
    Project,
    Selection,
    TextSource,
    read_project,
    write_project,
)
from refi_qda.qdpx_archive import Archive, ProjectError
from refi_qda.text_positions import Span, Squeezed, spans_in, squeeze

__all__ = [
    "Archive", "Code", "CodeFolder", "CodedText", "NewCode", "Passage", "Project",
    "ProjectError", "Selection", "Span", "Squeezed", "TextSource", "read_project",
    "spans_in", "squeeze", "write_project",
]  # fmt: skip

"""The one root of every error a user of this package can meet.

A message says where, what, the nearest match where there is one, and how to mend it.
"""

from __future__ import annotations


class SourcebookError(Exception):
    """Anything wrong with a source, a sheet, a question or a chapter."""


class SheetError(SourcebookError):
    """One or more faults in a sheet, a question file or the codebook.

    ``faults`` holds one plain line per fault, in the order of the file.
    """

    def __init__(self, path: str, faults: list[str]) -> None:
        self.path = path
        self.faults = tuple(faults)
        head = f"{path}: {len(faults)} fault{'s' if len(faults) != 1 else ''}"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in faults)]))

"""What finds rows in a document: passed in by whoever scans, sent to each worker."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pyarrow as pa

Row = dict[str, Any]  # a cell is text, a number, a day, or nothing


class ScanError(Exception):
    """A scan that cannot begin or go on: what is wrong, and how to mend it."""


class Field(Protocol):
    """One column: its type is string, integer, number, boolean or date."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def description(self) -> str:
        """What it means."""

    @property
    def required(self) -> bool:
        """Whether it is never empty."""


class Table(Protocol):
    """One table, and its columns in order."""

    @property
    def title(self) -> str:
        """What its rows are."""

    @property
    def fields(self) -> Sequence[Field]:
        """Its columns."""


class Reader(Protocol):
    """What reads documents. It is pickled for workers, and must stay what it was."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables by name; the last has one row a document (see README.md)."""

    @property
    def digest(self) -> str:
        """The state of all that rows depend on, the documents aside."""

    def is_here(self) -> bool:
        """Return whether this machine has the same version of what reads."""

    def read(self, name: str, data: bytes) -> dict[str, list[Row]]:
        """Return the rows of one file, by table. Raises `ScanError`."""

    def refused(self, name: str, data: bytes, fault: str) -> dict[str, list[Row]]:
        """Return the rows of a document whose words could not be read."""


def schema(table: Table) -> pa.Schema:
    """Return a table's columns as Parquet knows them, each with its description."""
    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    return pa.schema(
        [
            pa.field(
                field.name,
                types[field.type],
                nullable=not field.required,
                metadata={"description": field.description},
            )
            for field in table.fields
        ],
        metadata={"title": table.title},
    )

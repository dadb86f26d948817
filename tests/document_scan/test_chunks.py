"""How documents are gathered, and that a chunk's digest says all its rows depend on."""

from __future__ import annotations

import io
import pickle
import signal
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from document_scan import ScanError, folder_scan
from document_scan.document_folder import Text
from document_scan.folder_scan import IN_A_CHUNK, LENGTH, Chunk, gather, read_chunk
from sourcebook.authoring.text_extraction import extract_bytes
from sourcebook.data import scanned_rows
from sourcebook.data.scanned_rows import BookReader
from sourcebook.data.scanned_tables import SCANNED


def _reader(aliases, kind):
    return BookReader({"Arcadia": aliases}, {"Arcadia": kind}, extract_bytes)


@pytest.fixture
def chunk(letter, reader):
    texts = (Text("a.txt", letter.encode()), Text("b.txt", b"It rose by 5%."))
    return Chunk(texts, reader)


def _tables(contents):
    return {
        name: pq.read_table(io.BytesIO(content)).to_pylist()
        for name, content in contents.items()
    }


def test_one_more_document_changes_one_chunk(reader):
    texts = [Text(f"{number:04}.txt", b"It rose.") for number in range(1000)]
    before = [each.digest for each in gather(texts, reader)]
    texts.insert(500, Text("0499a.txt", b"It fell."))
    after = [each.digest for each in gather(texts, reader)]
    assert len(before) > 8
    assert len(set(before) ^ set(after)) == 2


def test_a_chunk_is_bounded_in_documents_and_in_length(reader):
    small = [Text(f"{number:04}.txt", b"It rose.") for number in range(2000)]
    assert max(len(each.texts) for each in gather(small, reader)) <= IN_A_CHUNK
    large = [Text(f"{number}.txt", b"x" * (LENGTH // 2)) for number in range(7)]
    gathered = [len(each.texts) for each in gather(large, reader)]
    assert sum(gathered) == 7
    assert max(gathered) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"texts": (Text("a.txt", b"It rose."),)},
        {"texts": (Text("c.txt", b"It rose by 5%."),)},
        {"reader": _reader((), "state")},
        {"reader": _reader(("Arcadian",), "group")},
        {"reader": replace(_reader(("Arcadian",), "state"), version="another")},
    ],
    ids=["text", "name", "alias", "kind", "reader"],
)
def test_the_digest_moves_with_all_that_rows_depend_on(change, chunk):
    assert replace(chunk, **change).digest != chunk.digest
    assert replace(chunk).digest == chunk.digest


def test_the_digest_tells_where_one_document_ends(reader):
    one = Chunk((Text("a", b"b"), Text("c", b"d")), reader)
    two = Chunk((Text("a", b"bc"), Text("", b"d")), reader)
    assert one.digest != two.digest


def test_a_chunk_travels_and_gives_the_same_bytes(chunk):
    there = pickle.loads(pickle.dumps(chunk))  # noqa: S301 - our own
    assert there == chunk
    assert read_chunk(there) == read_chunk(chunk)


def test_a_chunk_gives_every_table_with_its_columns_and_their_meaning(chunk):
    contents = read_chunk(chunk)
    assert list(contents) == list(SCANNED)
    for name, table in SCANNED.items():
        schema = pq.read_schema(io.BytesIO(contents[name]))
        assert schema.names == table.names
        for field in table.fields:
            described = schema.field(field.name)
            assert described.metadata[b"description"].decode() == field.description
            assert described.nullable != field.required
    assert [row["document"] for row in _tables(contents)["documents"]] == [
        "a.txt",
        "b.txt",
    ]


def test_a_document_that_stops_a_reader_does_not_stop_the_others(chunk, monkeypatch):
    def read(name, *more):
        if name == "a.txt":
            raise RecursionError("too deep\nby far")
        return reads(name, *more)

    reads = scanned_rows.read_rows
    monkeypatch.setattr(scanned_rows, "read_rows", read)
    tables = _tables(read_chunk(chunk))
    faults = {row["document"]: row["fault"] for row in tables["documents"]}
    assert faults == {"a.txt": "RecursionError: too deep", "b.txt": ""}
    assert {row["document"] for row in tables["numbers"]} == {"b.txt"}


def test_a_document_that_takes_for_ever_does_not_stop_the_others(chunk, monkeypatch):
    def read(name, *more):
        while name == "a.txt":
            pass
        return reads(name, *more)

    reads = scanned_rows.read_rows
    monkeypatch.setattr(scanned_rows, "read_rows", read)
    monkeypatch.setattr(folder_scan, "SECONDS", 0.5)
    before = signal.getsignal(signal.SIGALRM)
    tables = _tables(read_chunk(chunk))
    faults = {row["document"]: row["fault"] for row in tables["documents"]}
    late = "TimeoutError: takes longer than 0.5 seconds to read"
    assert faults == {"a.txt": late, "b.txt": ""}
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_another_version_of_the_readers_is_refused(chunk):
    with pytest.raises(ScanError, match="another version of the readers"):
        read_chunk(replace(chunk, reader=replace(chunk.reader, version="another")))

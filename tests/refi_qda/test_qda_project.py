"""What a project of another program says is read whole, and what it lacks is said."""

from __future__ import annotations

import pytest

from refi_qda.qda_project import Code, Project, Selection, TextSource, read_project
from refi_qda.qdpx_archive import Archive, pack

PROJECT = """<Project xmlns="urn:QDA-XML:project:1.0">
<CodeBook><Codes><Code guid="{C-1}" name="cost"><Code guid="c-2" name="rent"/></Code>
<Code guid="c-3" name="time"/></Codes></CodeBook>
<Sources>
<TextSource name="inside"><PlainTextContent>Two words.</PlainTextContent>
<PlainTextSelection guid="{P-1}" startPosition="0" endPosition="3">
<Description> As said. </Description><Coding><CodeRef targetGUID="C-2"/></Coding>
<NoteRef targetGUID="n-1"/><NoteRef targetGUID="n-2"/><NoteRef targetGUID="n-9"/>
</PlainTextSelection></TextSource>
<TextSource name="beside" plainTextPath="internal://a.txt"/>
<TextSource name="gone" plainTextPath="internal://b.txt"/>
<TextSource name="away" plainTextPath="relative://a.txt"/>
<TextSource name="latin" plainTextPath="internal://c.txt"/>
<PDFSource name="scan"/><Unknown name="x"/>
</Sources>
<Notes><Note guid="N-1" plainTextPath="internal://n.txt"/>
<Note guid="n-2"><Description>More.</Description></Note></Notes>
</Project>"""
PARTS = {
    "Sources/a.txt": b"Words.",
    "c.txt": b"caf\xe9",
    "Sources/n.txt": b"A note.\r\n",
}


def _read(path, project, **parts):
    path.write_bytes(pack({"project.qde": project.encode(), **parts}))
    return read_project(Archive(path))


def test_a_project_is_read_whole(tmp_path):
    passage = Selection("p-1", "0", "3", ("c-2",), "As said.\nA note.\nMore.")
    assert _read(tmp_path / "a.qdpx", PROJECT, **PARTS) == Project(
        codes={
            "c-1": Code("cost"),
            "c-2": Code("rent", ("cost",)),
            "c-3": Code("time"),
        },
        texts=(
            TextSource("inside", "Two words.", "", (passage,)),
            TextSource("beside", "Words.", "", ()),
            TextSource(
                "gone", "", "the archive lacks its text, 'internal://b.txt'", ()
            ),
            TextSource(
                "away",
                "",
                "its text is not in the archive (plainTextPath 'relative://a.txt')",
                (),
            ),
            TextSource("latin", "", "its text is not UTF-8 at byte 3", ()),
        ),
        passed=("'scan' (PDFSource)",),
    )


def test_a_code_is_printed_with_those_above_it():
    assert str(Code("rent", ("cost", "home"))) == "cost / home / rent"


@pytest.mark.parametrize("inside", ["", "<CodeBook/>", "<Sources/>"])
def test_a_project_with_nothing_in_it_is_one(inside, tmp_path):
    project = f'<Project xmlns="urn:QDA-XML:project:1.0">{inside}</Project>'
    assert _read(tmp_path / "a.qdpx", project) == Project({}, (), ())

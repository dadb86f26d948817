"""Archives that mean harm, or are none, end in one plain error."""

from __future__ import annotations

import re
import zipfile

import pytest

from refi_qda import Archive, ProjectError, read_project
from refi_qda import qdpx_archive as looked_at
from refi_qda.qdpx_archive import LARGEST

BOMB = """<!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<Project xmlns="urn:QDA-XML:project:1.0" name="&d;"/>"""
OUTSIDE = """<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<Project xmlns="urn:QDA-XML:project:1.0"><Notes><Note guid="1"><PlainTextContent>&x;
</PlainTextContent></Note></Notes></Project>"""
NAMES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BILLION = f"""<!DOCTYPE Project [<!ENTITY e0 "haha">{NAMES}]>
<Project xmlns="urn:QDA-XML:project:1.0" name="&e11;"/>"""
DTD = """<!DOCTYPE Project SYSTEM "http://example.invalid/project.dtd">
<Project xmlns="urn:QDA-XML:project:1.0"/>"""


@pytest.fixture
def packed(tmp_path):
    """Write parts as a project, as another program would; return its path."""

    def packs(parts):
        path = tmp_path / "project.qdpx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return path

    return packs


def _refused(path, fault):
    pattern = f"^{path.name}: .*{re.escape(fault)}.*\n  fix: "
    with pytest.raises(ProjectError, match=re.compile(pattern, re.DOTALL)):
        read_project(Archive(path))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (BOMB, "declares a document type"),
        (BILLION, "is not XML"),
        (OUTSIDE, "declares a document type"),
        (DTD, "declares a document type"),
        ("<Project", "is not XML"),
        ("", "is not XML"),
        ("<Project/>", "is not a REFI-QDA project"),
        ('<Codebook xmlns="urn:QDA-XML:codebook:1.0"/>', "is not a REFI-QDA project"),
        ("<a>" * 300 + "</a>" * 300, "is not XML"),
    ],
    ids=[
        "bomb",
        "billion",
        "outside",
        "dtd",
        "torn",
        "empty",
        "bare",
        "codebook",
        "deep",
    ],
)
def test_a_description_that_is_none_is_refused(content, fault, packed):
    _refused(packed({"project.qde": content}), fault)


@pytest.mark.parametrize("declared", ["{}", "[<!ENTITY x {}> ]"], ids=["dtd", "entity"])
def test_no_file_outside_is_opened(declared, packed, tmp_path):
    beside = tmp_path / "beside.dtd"
    beside.write_text("<!ELEMENT", encoding="utf-8")  # who opens it finds it torn
    doctype = declared.format(f'SYSTEM "{beside}"')
    inside = "&x;" if "ENTITY" in declared else ""
    project = f'<Project xmlns="urn:QDA-XML:project:1.0">{inside}</Project>'
    content = f"<!DOCTYPE Project {doctype}>{project}"
    _refused(packed({"project.qde": content}), "declares a document type")


def test_an_archive_without_a_project_says_what_it_has(packed):
    _refused(packed({}), "no project.qde (parts: none)")
    parts = "'a', 'b', 'c', 'd', 'e'"
    _refused(packed(dict.fromkeys("fedcba", "")), f"no project.qde (parts: {parts})")


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/x", "Sources/../../x", "..\\x", "C:/x"]
)
def test_a_name_that_leads_out_is_refused(name, packed, tmp_path):
    path = packed({"project.qde": "<Project/>", name: "x"})
    _refused(path, "leads out of the archive")
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name]


def test_a_colon_leads_out_only_where_a_drive_stands(packed):
    path = packed({"project.qde": "<Project/>", "Sources/a:b.txt": "x"})
    _refused(path, "is not a REFI-QDA project")


def test_parts_that_unpack_without_end_are_refused(packed):
    path = packed({"project.qde": b" " * 11_000_000})
    assert path.stat().st_size < 20_000
    _refused(path, "unpacks to more than 10 MB")


def test_a_part_may_be_as_large_as_the_limit(packed, monkeypatch):
    monkeypatch.setattr(looked_at, "LARGEST_PART", len("<Project/>"))
    _refused(packed({"project.qde": "<Project/>"}), "is not a REFI-QDA project")
    _refused(packed({"project.qde": "<Project />"}), "unpacks to more than")


def test_two_parts_of_one_name_are_refused(packed):
    _refused(
        packed({"project.qde": "a", "PROJECT.QDE": "b"}), "two parts have one name"
    )


def test_too_many_parts_are_refused(packed, monkeypatch):
    monkeypatch.setattr(looked_at, "_MOST_PARTS", 3)
    _refused(packed({f"{n}": "" for n in range(4)}), "4 parts")
    _refused(packed({f"{n}": "" for n in range(3)}), "no project.qde")


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "media.qdpx"
    with path.open("wb") as file:
        file.truncate(LARGEST)
    _refused(path, "holds 50 MB or more")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04torn", b"{\\rtf1 no archive}"])
def test_what_is_no_archive_is_refused(content, tmp_path):
    path = tmp_path / "no.qdpx"
    path.write_bytes(content)
    _refused(path, "no .qdpx archive")


def test_a_missing_file_is_named(tmp_path):
    _refused(tmp_path / "none.qdpx", "no such file")


def test_a_part_that_is_torn_or_locked_is_refused(packed):
    path = packed({"project.qde": "<Project/>" * 50})
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(bytes(data))
    _refused(path, "cannot be read")
    path = packed({"project.qde": "<Project/>"})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(bytes(data))
    _refused(path, "cannot be read")


def test_an_archive_is_the_same_wherever_and_whenever_it_is_made(tmp_path):
    path = tmp_path / "made.qdpx"
    path.write_bytes(looked_at.pack({"b": b"1" * 100, "a": b""}))
    with zipfile.ZipFile(path) as archive:
        b, a = archive.infolist()
    assert (b.filename, a.filename, b.create_system, b.date_time) == (
        "b", "a", 3, (1980, 1, 1, 0, 0, 0),
    )  # fmt: skip
    assert (b.external_attr >> 16, b.compress_size < 20) == (0o644, True)

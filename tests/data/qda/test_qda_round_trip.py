"""What goes out comes back unchanged, from this program and from others."""

from __future__ import annotations

import re
import shutil
from types import SimpleNamespace

import pytest
from lxml import etree
from made_up_book import cut_in_two

from refi_qda.qda_project import NAMESPACE, Code, read_project
from refi_qda.qdpx_archive import Archive
from sourcebook.coding.corpus import load_corpus
from sourcebook.data.qda_exchange import compare, meaning, project_archive

Q = f"{{{NAMESPACE}}}"


def _summary(found):
    return found.drafts, found.notes, found.faults


def test_what_is_exported_comes_back_without_a_change(parts, read, small):
    found = read(parts)
    assert _summary(found) == ([], [], [])
    assert found.known == len({(claim.source, claim.span) for claim in small.claims})


def test_a_sheet_cut_in_two_goes_out_and_comes_back_the_same(
    exported, parts, packed, small, tmp_path
):
    shutil.copytree(small.root, tmp_path / "book")
    cut_in_two(tmp_path / "book/seeds/bbc-2025.yml", "gas-share")
    cut = load_corpus(tmp_path / "book")
    assert project_archive(cut, title="A book", seconds=0) == exported
    found = compare(read_project(Archive(packed(parts))), cut)
    assert _summary(found) == ([], [], [])


def test_every_claim_is_a_passage_with_its_topic_its_kind_and_its_note(parts, small):
    root = etree.fromstring(parts["project.qde"])
    codes = {each.get("guid"): each.get("name") for each in root.iter(f"{Q}Code")}
    found = set()
    for source in root.iter(f"{Q}TextSource"):
        path = source.get("plainTextPath").removeprefix("internal://")
        text = parts[f"Sources/{path}"].decode()
        for passage in source.iter(f"{Q}PlainTextSelection"):
            words = text[
                int(passage.get("startPosition")) : int(passage.get("endPosition"))
            ]
            named = [
                codes[each.get("targetGUID")] for each in passage.iter(f"{Q}CodeRef")
            ]
            note = passage.findtext(f"{Q}Description") or ""
            found.add((" ".join(words.split()), *named, note))
    assert found == {
        (
            " ".join(
                small.sources[c.source].document.raw[c.span.start : c.span.end].split()
            ),
            c.topic,
            c.kind,
            c.note,
        )
        for c in small.claims
    }


def test_the_same_book_gives_the_same_bytes(small, exported):
    assert project_archive(small, title="A book", seconds=0) == exported
    other = SimpleNamespace(
        root=small.root,
        codebook=small.codebook,
        sources=dict(reversed([*small.sources.items()])),
    )
    assert project_archive(other, title="A book", seconds=0) == exported
    later = project_archive(small, title="A book", seconds=60)
    assert later != exported


@pytest.mark.parametrize(
    ("code", "means"),
    [
        (Code("gas"), ("topic", "gas")),
        (Code("event"), ("", "event")),
        (Code("event", ("topic",)), ("topic", "event")),
        (Code("event", ("Theirs", "kind")), ("kind", "event")),
        (Code("stance"), ("kind", "stance")),
        (Code("stance", ("topic",)), ("kind", "stance")),
        (Code("fish"), ("", "fish")),
    ],
)
def test_a_word_for_two_things_means_what_its_folder_says(code, means):
    assert meaning(code, {"gas", "event"}) == means


def test_every_guid_is_one_and_every_reference_has_its_target(parts):
    root = etree.fromstring(parts["project.qde"])
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(guids) == len(set(guids))
    shape = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    assert all(shape.fullmatch(guid) for guid in guids)
    used = {each.get("targetGUID") for each in root.iter() if each.get("targetGUID")}
    used |= {
        each.get("creatingUser") for each in root.iter() if each.get("creatingUser")
    }
    assert used < set(guids)


def _as_qualcoder(parts):
    """Codings apart, GUIDs of its own, texts with a mark that positions leave out."""
    root = etree.fromstring(parts["project.qde"])
    for source in root.iter(f"{Q}TextSource"):
        for passage in list(source.iter(f"{Q}PlainTextSelection")):
            for coding in passage.findall(f"{Q}Coding"):
                alone = etree.SubElement(source, passage.tag, dict(passage.attrib))
                alone.set("guid", f"of-its-own-{id(coding)}")
                alone.append(coding)
            source.remove(passage)
    made = {"project.qde": etree.tostring(root)}
    for name, content in parts.items():
        if name != "project.qde":
            made[name] = b"\xef\xbb\xbf" + content
    return made


def _for_maxqda(parts):
    """The same, and lines that end as on Windows, which positions count as one."""
    return {
        name: content if name == "project.qde" else content.replace(b"\n", b"\r\n")
        for name, content in _as_qualcoder(parts).items()
    }


def _as_the_standard_counts(parts):
    """A mark and lines as on Windows, with positions that count every character."""
    root = etree.fromstring(parts["project.qde"])
    made = {}
    for source in root.iter(f"{Q}TextSource"):
        path = "Sources/" + source.get("plainTextPath").removeprefix("internal://")
        text = parts[path].decode()
        made[path] = ("\ufeff" + text.replace("\n", "\r\n")).encode()
        for passage in source.iter(f"{Q}PlainTextSelection"):
            for end in ("startPosition", "endPosition"):
                at = int(passage.get(end))
                passage.set(end, str(at + 1 + text[:at].count("\n")))
    return {"project.qde": etree.tostring(root), **made}


def _with_text_inside(parts):
    """Texts in the description itself, lower-case folder, codes in braces."""
    root = etree.fromstring(parts["project.qde"])
    for source in root.iter(f"{Q}TextSource"):
        path = source.attrib.pop("plainTextPath").removeprefix("internal://")
        inline = etree.Element(f"{Q}PlainTextContent")
        inline.text = parts[f"Sources/{path}"].decode()
        source.insert(0, inline)
    for each in root.iter(f"{Q}CodeRef"):
        each.set("targetGUID", "{" + each.get("targetGUID").upper() + "}")
    return {"project.qde": etree.tostring(root)}


def _with_other_white_space(parts):
    """Blank lines dropped at the end, the folder in small letters."""
    return {
        name.replace("Sources/", "sources/"): content.rstrip() + b"\n \n"
        for name, content in parts.items()
    }


@pytest.mark.parametrize(
    "changed",
    [
        _as_qualcoder,
        _for_maxqda,
        _as_the_standard_counts,
        _with_text_inside,
        _with_other_white_space,
    ],
)
def test_what_other_programs_make_of_it_comes_back_without_a_change(
    changed, parts, read
):
    expected = read(parts).known
    found = read(changed(parts))
    assert _summary(found) == ([], [], [])
    assert found.known == expected


def test_a_claim_is_known_by_its_place_and_not_by_its_guid(parts, read):
    swapped = re.sub(
        rb'(<PlainTextSelection guid=")[^"]+', rb"\1not-ours", parts["project.qde"]
    )
    parts["project.qde"] = swapped
    assert _summary(read(parts)) == ([], [], [])


def test_a_note_that_was_changed_is_told_and_nothing_is_drafted(parts, read, small):
    claim = next(each for each in small.claims if each.note.isascii() and each.note)
    changed = parts["project.qde"].replace(claim.note.encode(), b"Look again.")
    assert changed != parts["project.qde"]
    parts["project.qde"] = changed
    found = read(parts)
    assert found.drafts == []
    assert found.notes == [(claim.id, "Look again.")]

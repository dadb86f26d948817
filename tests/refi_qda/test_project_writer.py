"""A project is written as the standard has it, the same each time."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest

from refi_qda.qda_project import (
    CodedText,
    CodeFolder,
    NewCode,
    Passage,
    write_project,
)

MADE = dt.datetime(2024, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
PROJECT = """\
<?xml version='1.0' encoding='utf-8'?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Cables" origin="A book" \
creatingUserGUID="u-1" creationDateTime="2024-02-03T04:05:06Z">
  <Users>
    <User guid="u-1" name="Ada"/>
  </Users>
  <CodeBook>
    <Codes>
      <Code guid="f-1" name="cost" isCodable="false">
        <Code guid="c-1" name="price" isCodable="true">
          <Description>What is paid.</Description>
        </Code>
        <Code guid="c-2" name="rent" isCodable="true"/>
      </Code>
    </Codes>
  </CodeBook>
  <Sources>
    <TextSource guid="t-1" name="Report" plainTextPath="internal://t-1.txt" \
creatingUser="u-1" creationDateTime="2024-02-03T04:05:06Z">
      <PlainTextSelection guid="p-1" name="two words" startPosition="4" \
endPosition="14" creatingUser="u-1" creationDateTime="2024-02-03T04:05:06Z">
        <Description>Said twice.</Description>
        <Coding guid="k-1" creatingUser="u-1" creationDateTime="2024-02-03T04:05:06Z">
          <CodeRef targetGUID="c-1"/>
        </Coding>
      </PlainTextSelection>
    </TextSource>
  </Sources>
</Project>
"""


def _written(tmp_path, text, *passages):
    path = tmp_path / "project.qdpx"
    path.write_bytes(
        write_project(
            "Cables",
            origin="A book",
            user=("u-1", "Ada"),
            made=MADE,
            folders=[
                CodeFolder(
                    "f-1",
                    "cost",
                    (NewCode("c-1", "price", "What is paid."), NewCode("c-2", "rent")),
                )
            ],
            texts=[CodedText("t-1", "Report", text, passages)],
        )
    )
    with zipfile.ZipFile(path) as archive:
        return {part: archive.read(part).decode() for part in archive.namelist()}


def test_a_project_has_its_codes_its_texts_and_what_is_coded(tmp_path):
    text = "The two\n words…"
    passage = Passage("p-1", 4, 14, "two\n words", (("k-1", "c-1"),), "Said twice.")
    parts = _written(tmp_path, text, passage)
    assert parts == {"project.qde": PROJECT, "Sources/t-1.txt": text}


@pytest.mark.parametrize(
    ("words", "name"),
    [("a" * 60, "a" * 60), ("a" * 61, "a" * 59 + "…")],
    ids=["sixty", "more"],
)
def test_a_passage_is_named_by_its_first_words(words, name, tmp_path):
    passage = Passage("p-1", 0, len(words), words, ())
    parts = _written(tmp_path, words, passage)
    assert f'name="{name}" startPosition="0"' in parts["project.qde"]

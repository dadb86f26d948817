"""Drafts of a long document come in pages, the likeliest first, and none twice."""

from __future__ import annotations

import pytest
import yaml
from click.testing import CliRunner

from sourcebook.authoring.suggestions import PAGE, first_page, next_page
from sourcebook.coding.corpus import read
from sourcebook.commands.command_line import main
from sourcebook.desk.claim_drafts import Draft
from sourcebook.errors import SourcebookError
from sourcebook.running import text_pairs

WHEN = ("January", "March", "May", "July")
LONG = "# Ports of Acton\n\n" + "".join(
    f"## Part {'ABCD'[part]}\n\n"
    + "".join(f"In {WHEN[part]} {1900 + at} it took {at + 3},5{part}0 tons.\n\n"
              for at in range(PAGE // 3))
    for part in range(4)
)  # fmt: skip


def _unrun(pair):
    notebook = text_pairs.notebook_of(pair)
    notebook.parent.mkdir(parents=True, exist_ok=True)
    notebook.write_text("{}")
    return []


@pytest.fixture
def long(book, file, monkeypatch):
    """Return the small book with a long document added."""
    monkeypatch.setattr("sourcebook.authoring.add.run_or_write", _unrun)
    done = _run(
        book, "add", file("long.md", LONG.encode()), "--key", "acton-1900", "--title",
        "Ports of Acton", "--author", "Doe, Jane", "--issued", "1999", "--genre",
        "Report",
    )  # fmt: skip
    assert f"{PAGE} drafts to complete, the likeliest of {PAGE * 4 // 3}" in done.output
    return book


def _run(book, *words):
    return CliRunner().invoke(main, ["--root", str(book), *map(str, words)])


def _drafts(book):
    sheet = yaml.safe_load((book / "seeds" / "acton-1900.yml").read_text())
    return sheet["drafts"]


def test_the_next_page_holds_what_is_left_and_then_there_is_none(long):
    first = _drafts(long)
    assert next_page(long, "acton-1900") == (PAGE // 3, 0)
    every = _drafts(long)
    assert every[:PAGE] == first
    assert len({(each["quote"], each.get("nth")) for each in every}) == PAGE * 4 // 3
    assert len({each["id"] for each in every}) == PAGE * 4 // 3
    assert read("acton-1900", root=long).sheet.drafts
    assert next_page(long, "acton-1900") == (0, 0)


def test_the_drafts_there_are_stay_whatever_stands_behind_their_heading(long):
    path = long / "seeds" / "acton-1900.yml"
    sheet, first = path.read_text(), _drafts(long)
    path.write_text(sheet.replace("\ndrafts:\n", "\ndrafts:  # ours\n"))
    next_page(long, "acton-1900")
    assert _drafts(long)[:PAGE] == first
    head, _, _ = sheet.partition("\ndrafts:\n")
    path.write_text(f"{head}\ndrafts: {first[:1]!r}\n")
    with pytest.raises(SourcebookError, match="they stand in one line"):
        next_page(long, "acton-1900")


def test_drafts_of_which_more_could_be_read_come_first():
    def draft(number, when):
        fields = {"id": "x", "kind": "quantity", "quote": f"{number} t", "when": when}
        return Draft(1, number, number + 1, tuple(fields.items()), {})

    page = first_page(tuple(draft(n, "2020" if n > 4 else "") for n in range(PAGE + 5)))
    assert [each.start for each in page] == list(range(5, PAGE + 5))
    assert dict(page[-1].fields)["id"] == f"draft-{PAGE}"


def test_what_is_coded_or_set_aside_does_not_come_again(long):
    path = long / "seeds" / "acton-1900.yml"
    head, _, _ = path.read_text().partition("\ndrafts:\n")
    quote = "In January 1900 it took 3,500 tons"
    path.write_text(f"{head}\nwaivers:\n  - quote: {quote}\n    reason: citation\n")
    assert next_page(long, "acton-1900") == (PAGE, PAGE // 3 - 1)
    assert quote not in [each["quote"] for each in _drafts(long)]


def test_a_page_can_be_asked_for_by_the_words_of_a_heading(long):
    done = _run(long, "drafts", "acton-1900", "--section", "part d")
    assert done.output.startswith(
        f"{PAGE // 3} drafts into seeds/acton-1900.yml, 0 left"
    )
    with pytest.raises(SourcebookError, match="no section 'tin'"):
        next_page(long, "acton-1900", section="tin")


def test_status_of_one_source_counts_by_section(long):
    done = _run(long, "status", "acton-1900")
    rows = [line.split() for line in done.output.splitlines() if ": Part" in line]
    assert [row[:3] for row in rows] == [
        [f"{row[0]}", "Part", each] for row, each in zip(rows, "ABCD", strict=True)
    ]
    assert {row[-1] for row in rows} == {str(PAGE + 1)}  # with its heading
    assert "no source 'acton'" in _run(long, "status", "acton").output


def test_the_next_page_goes_into_the_last_file_of_the_sheet(long):
    path = long / "seeds" / "acton-1900.part-2.yml"
    path.write_text("# More.\nclaims:\n", encoding="utf-8")
    first = (long / "seeds" / "acton-1900.yml").read_bytes()
    assert next_page(long, "acton-1900") == (PAGE // 3, 0)
    more = yaml.safe_load(path.read_text())["drafts"]
    assert [more[0]["id"], len(more)] == [f"draft-{PAGE + 1}", PAGE // 3]
    assert (long / "seeds" / "acton-1900.yml").read_bytes() == first

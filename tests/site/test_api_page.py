"""The page of the interface: every name a notebook may use has an example that runs."""

from __future__ import annotations

import inspect
from types import SimpleNamespace

import pytest

from sourcebook.site.api_page import (
    _entry,
    examples,
    public,
    show_api,
    signature,
)
from sourcebook.site.directives import printing
from sourcebook.views.answers import ChapterView


def test_every_name_says_what_it_does_and_how_it_is_called(root):
    used = examples(root)
    names = dict(public(used))
    assert len(names) > 50
    bare = [
        name
        for name, held in names.items()
        if name not in used and ">>>" not in (inspect.getdoc(held) or "")
    ]
    assert bare == []
    assert [name for name, held in names.items() if not inspect.getdoc(held)] == []


def test_an_example_is_the_shortest_call_that_a_notebook_makes(tmp_path):
    folder = tmp_path / "notebooks/text/synthesis"
    folder.mkdir(parents=True)
    cell = "```{{code-cell}}\n:tags: [hide-input]\n\n{}\n```\n"
    codes = ("x = sb.parts(claims, title='Long')", "sb.parts(x)", "chapter.table()")
    (folder / "a.md").write_text("".join(map(cell.format, codes)), encoding="utf-8")
    assert examples(tmp_path) == {
        "sb.parts": "sb.parts(x)",
        "chapter.table": "chapter.table()",
    }


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (ChapterView.answer, "(self, question: str) -> Answer"),
        (examples, "(root: Path) -> dict[str, str]"),
    ],
)
def test_types_are_printed_as_they_are_written(held, said):
    assert signature(held) == said


@pytest.mark.parametrize(
    ("call", "example", "language"),
    [
        ("signature(x)", "signature(x)", "python"),
        ("", ">>> signature(signature)", "pycon"),
    ],
)
def test_an_entry_says_how_it_is_called_and_what_it_does(call, example, language):
    name, called, said, shown = _entry("signature", signature, call)
    assert (name.astext(), called.astext()) == (
        "signature",
        "signature(held: object) -> str",
    )
    assert said.astext().startswith("Return how something is called")
    assert shown.astext().startswith(example)
    assert (called["language"], shown["language"]) == ("python", language)


def test_the_page_has_the_package_and_then_a_chapter_in_order(root, printed):
    noted = []
    env = SimpleNamespace(note_dependency=noted.append)
    sections = printed(printing(show_api), SimpleNamespace(root=root, env=env))
    titles = [[part[0].astext() for part in each[1:]] for each in sections]
    assert [names == sorted(names) for names in titles] == [True, True]
    assert set(titles[0]) == set(dict(public(examples(root))))
    methods = [name for name in vars(ChapterView) if not name.startswith("_")]
    assert titles[1] == sorted(f"chapter.{n}" for n in methods)
    assert printed.noted == sections
    assert noted == sorted(map(str, root.glob("notebooks/text/*/*.md")))


def test_what_has_no_signature_is_called_all_the_same():
    assert signature(SimpleNamespace()) == "()"

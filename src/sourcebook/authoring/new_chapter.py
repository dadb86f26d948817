"""A new synthesis chapter: its questions, its notebook, its line in the contents.

With two claims or more it begins with one question, whose relation is computed here and
whose judgement is left open. Without, the file of questions waits for its first one,
and `check` says so.
"""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from sourcebook.authoring import sheet_writing
from sourcebook.authoring.add import (
    TOC,
    check_key,
    run_or_write,
    with_page,
    write_unrun,
)
from sourcebook.authoring.file_changes import Changes
from sourcebook.coding.book_files import slug
from sourcebook.coding.corpus import Corpus, load_corpus
from sourcebook.comparing.questions import answer_all
from sourcebook.comparing.relation_by_kind import relate
from sourcebook.desk.sheet_edits import double_quoted
from sourcebook.errors import SourcebookError
from sourcebook.running.text_pairs import notebook_of

_WORDS = 6  # of a question, for its id


def begin_chapter(
    root: Path, key: str, *, title: str, asks: str = "", claims: Sequence[str] = ()
) -> list[str]:
    """Write everything a new chapter needs; return what there is to say, line by line.

    Undoes it all if `SourcebookError` comes. ``claims`` are ids of claims that ``asks``
    compares; neither goes without the other.
    """
    check_key(key, root, what="chapter")
    title, asks = " ".join(title.split()), " ".join(asks.split())
    if not title:
        raise SourcebookError("a chapter needs a title", fix="give --title")
    if bool(asks) != bool(claims):
        said = "a question needs its claims, and claims need a question"
        raise SourcebookError(said, fix="give --asks and --claims together, or neither")
    corpus = load_corpus(root) if asks else None
    question = _question(asks, claims, corpus) if corpus else ""
    with Changes(root) as changes:
        sheet = root / "book" / "questions" / f"{key}.yml"
        changes.create(sheet, questions_text(title, question))
        pair = root / "notebooks" / "text" / "synthesis" / f"{key}.md"
        changes.create(pair, sheet_writing.chapter_page(key, title))
        toc = (root / TOC).read_bytes()
        contents = with_page(toc.decode(), f"notebooks/synthesis/{key}")
        changes.edit(root / TOC, toc, contents)
        changes.expect(notebook_of(pair))
        changes.write()
        if corpus:
            answer_all(corpus)
            noted = run_or_write(pair)
        else:
            write_unrun(pair)
            noted = ["the notebook has no outputs yet: there is no question to answer"]
        noted = [*sheet_writing.heading_told(key, title), *noted]
        return [*changes.told, *(f"note:  {words}" for words in noted)]


def questions_text(title: str, question: str) -> str:
    """Return the text of a chapter's file of questions."""
    return sheet_writing.filled(
        "questions.yml",
        about=sheet_writing.comment([f"Questions of the chapter “{title}”."]),
        title=double_quoted(title),
        questions=question or " []",
    )


def _question(asks: str, claims: Sequence[str], corpus: Corpus) -> str:
    """Return one question as YAML, with what its claims come out as."""
    if not asks.endswith("?"):
        raise SourcebookError(f"{asks!r} does not ask", fix="end --asks with “?”")
    if len(set(claims)) < max(2, len(claims)):
        said = "a question compares two claims or more, each named once"
        fix = "give --claims a/one,b/two; for a source that is silent, write the "
        raise SourcebookError(said, fix=f"{fix}question by hand")
    found = [corpus.claim(name) for name in claims]
    try:
        relations = [str(relate(a, b)) for a, b in combinations(found, 2)]
    except SourcebookError as error:
        fix = (
            "leave --asks and --claims out, and declare the relation in the file of "
            "questions, as its sample shows"
        )
        raise SourcebookError(str(error).splitlines()[0], fix=fix) from None
    expect = double_quoted(relations[0])
    if len(set(relations)) > 1:
        expect = f"[{', '.join(map(double_quoted, relations))}]"
    return sheet_writing.filled(
        "question.yml",
        id="-".join(slug(asks).split("-")[:_WORDS]) or "first",
        asks=double_quoted(asks),
        claims=", ".join(claims),
        expect=expect,
    )

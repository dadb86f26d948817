"""`remove`, `rename`, `reread`: a source, a chapter or a claim that is there already.

Files go or move, and every line that only lists them goes or moves with them: the
contents, the bibliography, the page of claims, the second coding, whatever names them
by their key. A document's text is taken out anew, by a better reader or from another
copy; the sheet keeps everything that people coded, and its lines on the file are made
anew. Then the book is checked as `sourcebook check` does it. Where that finds a fault
that was not there before, all is undone and the faults are told, each with its place:
what rests on a claim is for people to settle. With ``anyway``, it is done and they are
told.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sourcebook.authoring.add import TOC, check_key, check_new, run_or_write
from sourcebook.authoring.file_changes import Changes
from sourcebook.authoring.incoming_file import take_in
from sourcebook.authoring.sheet_writing import decided_in, file_text, gathered
from sourcebook.authoring.text_extraction import extract, original_of
from sourcebook.checking.book_check import look
from sourcebook.coding.corpus import sheet_files
from sourcebook.coding.sheets import load_sheet, nearest, none_such, sheet_paths
from sourcebook.data.references import BIB_FILE
from sourcebook.errors import SourcebookError
from sourcebook.running.text_pairs import notebook_of

_TEXTS = (
    "seeds/**/*.yml",
    BIB_FILE,
    "book/**/*.md",
    "book/**/*.yml",
    "notebooks/text/*/*.md",
)
_KEPT = "book/releases/"  # what was published is never rewritten
_WORD = r"(?<![\w-]){}(?![\w-])"
_SHEET = r"seeds/{}(?:\.part-\d+)?\.yml"


@dataclass(slots=True)
class BookPart:
    """What a name stands for: its files, and how it is written elsewhere."""

    name: str
    what: str  # source, chapter or claim
    files: list[Path] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The citekey of a source or claim, the key of a chapter."""
        return self.name.partition("/")[0]

    @property
    def own(self) -> str:
        """The claim's own name; "" of anything else."""
        return self.name.partition("/")[2]


def named(root: Path, name: str) -> BookPart:
    """Return what a name stands for. Raises `SourcebookError` if it is nothing."""
    key, _, own = name.partition("/")
    sheet = root / "seeds" / f"{key}.yml"
    if sheet in sheet_files(root):
        found = load_sheet(sheet)[0]
        if own:
            if own not in [claim.id for claim in found.claims]:
                near = nearest(own, [claim.id for claim in found.claims])
                said = f"seeds/{key}.yml: no claim {own!r}{near}"
                raise SourcebookError(said, fix="correct the name")
            return BookPart(name, "claim")
        beside = [found.file, *([found.original.file] if found.original else [])]
        pair = root / "notebooks" / "text" / "sources" / f"{key}.md"
        files = [*sheet_paths(sheet), *(root / "seeds" / each for each in beside), pair]
        files += [notebook_of(pair), root / "book" / "claims" / f"{key}.md"]
        return BookPart(name, "source", [path for path in files if path.is_file()])
    questions = root / "book" / "questions" / f"{key}.yml"
    if questions.is_file() and not own:
        pair = root / "notebooks" / "text" / "synthesis" / f"{key}.md"
        files = [questions, pair, notebook_of(pair)]
        return BookPart(name, "chapter", [path for path in files if path.is_file()])
    known = [path.stem for path in sheet_files(root)]
    known += [path.stem for path in (root / "book" / "questions").glob("*.yml")]
    fix = "give a citekey, a chapter's key, or a claim as <citekey>/<id>"
    raise none_such("source, chapter or claim", name, known, fix=fix)


def remove(root: Path, name: str, *, anyway: bool = False) -> list[str]:
    """Take something out of the book; return what was done. Raises, and then undoes."""
    found = named(root, name)
    with Changes(root) as changes:
        for path in found.files:
            changes.remove(path)
        for path, before in _texts(root):
            after = _without(before, path.relative_to(root).as_posix(), found)
            if after != before and path not in found.files:
                changes.edit(path, before.encode(), after)
        return settle(root, changes, anyway=anyway)


def rename(root: Path, name: str, new: str, *, anyway: bool = False) -> list[str]:
    """Rename something wherever it is named; return what was done. Raises likewise."""
    found = named(root, name)
    new = new.removeprefix(f"{found.key}/") if found.own else new
    _check_free(root, found, new)
    renamer = _renamer(found, new)
    with Changes(root) as changes:
        moved = {}
        for path in found.files:
            stem, dot, ending = path.name.partition(".")
            if stem == found.key:
                moved[path] = path.with_name(f"{new}{dot}{ending}")
                changes.move(path, moved[path])
        for path, before in _texts(root):
            after = renamer(before, path.relative_to(root).as_posix())
            if after != before:
                changes.edit(moved.get(path, path), before.encode(), after)
        return settle(root, changes, anyway=anyway)


def settle(root: Path, changes: Changes, *, anyway: bool) -> list[str]:
    """Write; hold the book against what it was; run the notebooks whose text moved."""
    before = {str(fault) for fault in look(root).faults}
    texts = root / "notebooks" / "text"
    pairs = sorted(each for each in changes.touched if each.parents[1] == texts)
    for pair in pairs:
        changes.hold(notebook_of(pair))
    changes.write()
    said = [line for pair in pairs for line in run_or_write(pair)]
    faults = [each for each in look(root).faults if str(each) not in before]
    if faults and not anyway:
        head = "nothing was changed, because this rests on it:"
        told = "\n".join([head, *(f"{fault.file}: {fault}" for fault in faults)])
        fix = "settle these first, or give --anyway and settle them then"
        raise SourcebookError(told, fix=fix)
    return [*changes.told, *said, *(f"to settle: {f.file}: {f}" for f in faults)]


def _texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text of the book that people write, with its words."""
    for path in sorted({path for each in (TOC, *_TEXTS) for path in root.glob(each)}):
        kept = path.relative_to(root).as_posix().startswith(_KEPT)
        if not kept and path.is_file():
            yield path, path.read_bytes().decode("utf-8", "surrogateescape")


def _without(text: str, name: str, found: BookPart) -> str:
    """Return a text without the lines that only list what goes."""
    if found.what == "claim":
        if re.fullmatch(_SHEET.format(re.escape(found.key)), name):
            return _without_entry(text, found.own)
        return _without_coding(text, name, f"{found.name}:")
    folder = "sources" if found.what == "source" else "synthesis"
    if name == TOC:
        pages = rf"(?:notebooks/{folder}|book/claims)/{re.escape(found.key)}"
        left = re.sub(rf"(?m)^ *- file: {pages} *\n", "", text)
        # A list that is empty now goes as well, lest the contents cannot be read.
        return re.sub(r"(?m)^( *)sections: *\n(?!\1 +- |\1- )", "", left)
    if name == BIB_FILE and found.what == "source":
        entry = rf"(?ms)^@\w+\{{{re.escape(found.key)},.*?^\}}\s*\n?"
        return re.sub(entry, "", text)
    if name == "book/claims.md":
        link = rf"(?m)^\* \[.*\]\(claims/{re.escape(found.key)}\.md\)\n"
        return re.sub(link, "", text)
    return _without_coding(text, name, f"{found.key}/")


def _without_coding(text: str, name: str, start: str) -> str:
    """Return the second coding without entries that begin so, any other text as is."""
    if name != "seeds/second-coding.yml":
        return text
    left = re.sub(rf"(?m)^{re.escape(start)}.*\n(?:[ \t]+.*\n)*", "", text)
    return left if re.search(r"(?m)^[^#\s]", left) else f"{left}{{}}\n"


def _without_entry(text: str, own: str) -> str:
    """Return a sheet without one claim, which begins with its id."""
    head = rf"(?m)^(?P<in>[ ]*)- id: {re.escape(own)}[ ]*(?:#.*)?\n"
    inside = r"(?P=in)[ ]+.*\n"  # and blank lines between two such lines
    entry = rf"{head}(?:{inside}|[ ]*\n(?={inside}))*"
    return re.sub(entry, "", text, count=1)


def _check_free(root: Path, found: BookPart, new: str) -> None:
    """Refuse a new name that is none, or that is taken. Raises `SourcebookError`."""
    if found.what == "source":
        check_new(root, new)
    elif found.what == "chapter":
        check_key(new, root, what="chapter")
    else:
        check_key(new, root, what="claim")
        sheet, _ = load_sheet(root / "seeds" / f"{found.key}.yml")
        if new in {claim.id for claim in sheet.claims}:
            said = f"{found.key}/{new}: there is a claim of this name already"
            raise SourcebookError(said, fix="choose another name")


def _renamer(found: BookPart, new: str) -> Callable[[str, str], str]:
    """Return what writes the new name wherever a text means the old one."""
    if found.what == "source":
        word = re.compile(_WORD.format(re.escape(found.key)))
        return lambda text, _: word.sub(new, text)
    if found.what == "claim":
        word = re.compile(_WORD.format(re.escape(found.name)))
        listed = re.compile(rf"(?m)^( *- id: ){re.escape(found.own)}(?![\w-])")
        sheet = re.compile(_SHEET.format(re.escape(found.key)))

        def renamed(text: str, name: str) -> str:
            text = word.sub(f"{found.key}/{new}", text)
            return listed.sub(rf"\g<1>{new}", text) if sheet.fullmatch(name) else text

        return renamed
    # A chapter may be called as a common word is: only what can be nothing else.
    old = re.escape(found.key)
    forms = re.compile(
        rf"(synthesis/|questions/|chapter\(\"|(?m:^ *chapter: )|[<`]){old}"
        rf"(?=[/.\"\n]|\Z)(?![\w-])"
    )
    return lambda text, _: forms.sub(rf"\g<1>{new}", text)


_ABOUT_FILE = re.compile(
    r"(?m)^(?:file|sha256):.*\n|^(?:original|doubts):.*\n(?:[ \t]+.*\n)*"
)
_MARK = "\0"


def reread(
    root: Path, key: str, file: Path | None = None, *, anyway: bool = False
) -> list[str]:
    """Take a source's text from ``file``, or anew from what is kept of the document.

    Returns what was done. Raises `SourcebookError`, and then everything is as it was.
    """
    if named(root, key).what != "source":
        raise SourcebookError(f"{key!r} is no source", fix="give a citekey")
    path = root / "seeds" / f"{key}.yml"
    sheet, _ = load_sheet(path)
    kept = [sheet.file, *([sheet.original.file] if sheet.original else [])]
    incoming = take_in(file or root / "seeds" / kept[-1])
    found = extract(incoming, decided=decided_in(sheet.doubts))
    sha256 = hashlib.sha256(found.text.encode()).hexdigest()
    if sha256 == sheet.sha256:
        fix = "nothing to do; or give another copy of the document"
        raise SourcebookError(f"{key}: the text comes out as it is", fix=fix)
    name = f"{sheet.file.partition('_')[0]}_{sha256[:16]}.txt"
    with Changes(root) as changes:
        for old in kept:
            changes.remove(root / "seeds" / old)
        changes.create(root / "seeds" / name, found.text)
        original = original_of(name, incoming, found)
        doubts = gathered(found.doubts, before=sheet.doubts)
        head = file_text(name, sha256, original, doubts)
        if original:
            changes.create(root / "seeds" / original.file, incoming.data)
        before = path.read_bytes()
        changes.edit(path, before, _with_head(before.decode(), head))
        return settle(root, changes, anyway=anyway)


def _with_head(sheet: str, head: str) -> str:
    r"""Return a sheet with other lines on its file, where the first of them stood.

    >>> _with_head("# A\nfile: a\nsha256: 1\nshort: A\n", "file: b\n")
    '# A\nfile: b\nshort: A\n'
    """
    marked = _ABOUT_FILE.sub(_MARK, sheet)
    return marked.replace(_MARK, head, 1).replace(_MARK, "")

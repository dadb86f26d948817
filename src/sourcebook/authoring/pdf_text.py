"""The text of a PDF, page after page, in the order in which people read it.

Letters are placed by PDFium; `pagelayout` makes lines, columns and rows of them. A page
is pictures or text: what is scanned has no text to read, and nothing here guesses
letters from pictures.
"""

import ctypes
import math
import re
import resource
import signal
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from sourcebook.authoring.drawn_tables import Box
from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.levelling import without_nothing
from sourcebook.authoring.marked import DOUBT, END, LEFT, PLACE, mark
from sourcebook.authoring.pagelayout import lines_of
from sourcebook.authoring.pagerows import Letter
from sourcebook.authoring.plaintexts import without_heads
from sourcebook.authoring.text_extraction import MOST_CHARACTERS, Extract
from sourcebook.errors import SourcebookError

MOST_LETTERS: Final = 50_000  # on one page
_SECONDS: Final = 20  # of a processor, for a small file
_BYTES_A_SECOND: Final = 10_000  # of a larger one: the slowest pages take a tenth
_MEMORY: Final = 1_000_000_000  # bytes: of 150 real ones none took 50 million
_LETTERS: Final = 20  # a page on the average: fewer, and the pages are pictures
_DATE: Final = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?")
_SAMPLES: Final = 9  # letters of a page that are asked whether they are printed
# PDFium's sign for a hyphen that ends a line; and one that only a PDF prints.
_HYPHENS: Final = "\u0002\u00ad"
_NO_LETTER: Final = "\ufffd"  # for a glyph of which the file does not say its letter
_BIG: Final = 0.02  # of a page: a smaller picture is a sign or a line
_THROUGH: Final = (0.14, 0.42)  # of the size of type: so high a line goes through it
_THIN: Final = 0.14
_FEWEST_STRUCK: Final = 2  # letters
_MOST_PATHS: Final = 2_000
_SIDES: Final = 5  # of a frame, and the way back: what has more is a drawing
_MOST_OBJECTS: Final = 50_000  # of a page that are looked at
_LARGE: Final = 1.6  # times the usual size: what lies over other words is none of them
_OF_THEM: Final = 3  # one letter in so many does
_HEIGHT: Final = 0.7  # of a letter, as a part of its size
_TALLEST: Final = 99  # rows that are looked at
_QUARTER: Final = math.pi / 2
_LEVEL: Final = 1e-3  # less is no lean of a page


def read_pdf(incoming: Incoming) -> Extract:
    """Return the text of a PDF, with marks. Raises `SourcebookError`.

    A PDF of a few lines can ask for any amount of time and memory, and PDFium ends the
    process that has none left: so it is read in one of its own, with bounds.
    """
    seconds = _SECONDS + len(incoming.data) // _BYTES_A_SECOND
    here, there = Pipe(duplex=False)
    apart = Process(target=_tell, args=(there, incoming, seconds))
    apart.start()
    there.close()
    try:
        found: Extract | Exception = here.recv()
    except (EOFError, OSError):  # it was ended, maybe while it told
        found = MemoryError()
    finally:
        apart.kill()
        apart.join()
    if isinstance(found, MemoryError):
        raise SourcebookError(
            f"{incoming.name}: more than {seconds} seconds, or "
            f"{_MEMORY // 10**9} GB of memory, are not enough to read it",
            fix="print it anew as PDF, or its parts one by one",
        )
    if isinstance(found, Exception):
        raise found
    return found


def _tell(there: Connection, incoming: Incoming, seconds: int) -> None:
    """Read a PDF in a process of its own; send what it says, or what was wrong."""
    _bound(seconds)
    try:
        there.send(_read(incoming))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised there
        there.send(error)


def _bound(seconds: int) -> None:
    """Bound this process, and let nobody else see how it ends."""
    for ended in (signal.SIGXCPU, signal.SIGINT, signal.SIGTERM):
        signal.signal(ended, signal.SIG_DFL)
    # What the process had from its parent counts too, and is not the PDF's.
    status = Path("/proc/self/status")
    told = status.read_text(encoding="utf-8") if status.is_file() else ""
    had = sum(map(int, re.findall(r"VmData:\s+(\d+)", told))) * 1024
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, had + _MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        _, highest = resource.getrlimit(what)
        free = highest == resource.RLIM_INFINITY
        resource.setrlimit(what, (most if free else min(most, highest), highest))


def _read(incoming: Incoming) -> Extract:
    name = incoming.name
    try:
        document = pypdfium2.PdfDocument(incoming.data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, str(error)) from error
    try:
        pages = [
            _read_page(document[n], n + 1, name=name) for n in range(len(document))
        ]
        proposals = _properties(document)
        form = document.get_formtype() != pdfium.FORMTYPE_NONE
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, str(error)) from error
    finally:
        document.close()
    printed = "".join(line for _, lines in pages for line in lines)
    letters = len(re.findall(rf"[\w{_NO_LETTER}]", printed))
    if _backward(printed) * 2 > letters:
        raise SourcebookError(
            f"{name}: its words run from right to left, and a PDF has them as the eye "
            "sees them",
            fix="add its text as .docx, .html or .txt",
        )
    if letters < _LETTERS * max(1, len(pages)):
        raise SourcebookError(
            f"{name}: almost no text on {len(pages)} page{'s' * (len(pages) != 1)}: it "
            "seems to be scanned",
            fix="run it through text recognition (OCR), or name a copy with text",
        )
    if letters > MOST_CHARACTERS:
        fix = "add its parts as documents of their own"
        raise SourcebookError(f"{name}: more than {MOST_CHARACTERS:,} letters", fix=fix)
    said = [f"read {len(pages)} page{'s' * (len(pages) != 1)}"]
    said.append("parted paragraphs where a line leaves room for the next word")
    kept, heads = without_heads([lines for _, lines in pages])
    if heads:
        said.append(f"left out what stands on every page: {'; '.join(heads)}")
    if form:
        said.append("left out what is typed into the fields of its form")
    text = "\n\n".join(
        f"{PLACE}page {number}{END}{doubts}" + "\n".join(lines).strip("\n")
        for number, ((doubts, _), lines) in enumerate(zip(pages, kept, strict=True), 1)
    )
    text = re.sub(r"\n{3,}", "\n\n", text) + "\n"
    return Extract(
        name, text, tuple(said), proposals, f"pypdfium2 {version('pypdfium2')}"
    )


def _backward(words: str) -> int:
    """Return how many letters belong to words that run from right to left."""
    return sum(unicodedata.bidirectional(sign) in ("R", "AL") for sign in words)


def _unreadable(name: str, why: str) -> SourcebookError:
    if "password" in why.lower():
        fix = "open it with its password and print it as a PDF without one"
        return SourcebookError(f"{name}: encrypted", fix=fix)
    fix = "open it and save or print it again as PDF"
    return SourcebookError(f"{name}: not a PDF that can be read ({why})", fix=fix)


def _read_page(
    page: pypdfium2.PdfPage, number: int, *, name: str
) -> tuple[str, list[str]]:
    """Return marks of what there is to tell of a page, and its lines."""
    textpage = page.get_textpage()
    if (count := textpage.count_chars()) > MOST_LETTERS:
        raise SourcebookError(
            f"{name}: {count:,} letters on page {number}, and the most is "
            f"{MOST_LETTERS:,}",
            fix="print it anew, in pages that can be read",
        )
    try:
        placed = list(_letters(textpage))
        letters, turned = _upright(placed)
        unprinted = _is_unprinted(textpage)
        objects = list(islice(page.get_objects(max_depth=3), _MOST_OBJECTS))
        pictures = _pictures(page, objects)
        paths = (each for each in objects if each.type == pdfium.FPDF_PAGEOBJ_PATH)
        drawn = [each.get_bounds() for each in islice(paths, _MOST_PATHS)
                 if pdfium.FPDFPath_CountSegments(each.raw) <= _SIDES]  # fmt: skip
        flat = [each for turns, each in placed if turns == 0]
        struck = _struck(drawn, flat)
        many = len(objects) == _MOST_OBJECTS
    finally:
        textpage.close()
        page.close()
    letters, over = _without_overprint(letters)
    lines, told = lines_of(letters, drawn if len(flat) * 2 > len(placed) else ())
    for doubt in (
        turned and f"left out words set at an angle: {turned[:60]}",
        over and f"left out large words that lie over others: {over[:60]}",
        struck and f"words with a line through them: {struck[:60]}",
        any(map(_backward, lines)) and "words that run from right to left",
        unprinted and "recognised from a picture, not printed",
        pictures and not lines and "a picture, and no text",
        many and "a drawing of so many parts that not all were looked at",
    ):
        if doubt:
            told.append(mark(DOUBT, f"page {number}: {doubt}"))
    if pictures and lines:
        told.append(
            mark(LEFT, f"left out {'pictures' if pictures > 1 else 'a picture'}")
        )
    return "".join(told), lines


def _letters(textpage: pypdfium2.PdfTextPage) -> Iterator[tuple[int, Letter]]:
    """Yield each printed letter with the quarter turns it is set at."""
    raw, x, y = textpage.raw, ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    half, before = "", ("", -1.0)
    for at in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(raw, at) == 1:
            continue  # blanks and line ends that PDFium thinks of
        sign = chr(pdfium.FPDFText_GetUnicode(raw, at))
        if sign == "\0" or pdfium.FPDFText_HasUnicodeMapError(raw, at) == 1:
            sign = _NO_LETTER  # and what PDFium has for it is the number of a glyph
        if "\ud800" <= sign < "\udc00":
            half = sign  # of a sign that PDFium has as two
            continue
        if "\udc00" <= sign <= "\udfff":
            pair = f"{half}{sign}".encode("utf-16-le", "surrogatepass")
            sign, half = pair.decode("utf-16-le", "replace"), ""
        sign = "-" if sign in _HYPHENS else sign
        sign = without_nothing(sign)[0]
        if not sign or sign in "\r\n":
            continue
        pdfium.FPDFText_GetCharOrigin(raw, at, x, y)
        last, before = before, (sign, x.value)
        if sign > "\uffff" and before == last:
            continue  # Word says of such a glyph twice what it is
        pdfium.FPDFText_GetLooseCharBox(raw, at, box)
        pdfium.FPDFText_GetMatrix(raw, at, matrix)
        size = pdfium.FPDFText_GetFontSize(raw, at) * math.hypot(matrix.c, matrix.d)
        angle = pdfium.FPDFText_GetCharAngle(raw, at)
        turns = round(angle / _QUARTER, 1)
        mirrored = matrix.a * matrix.d < matrix.b * matrix.c
        # That of the base line: of letters that only slope it is none.
        lean = math.remainder(-math.atan2(matrix.b, matrix.a), _QUARTER)
        base = _levelled((x.value, y.value), box, lean)
        yield (
            int(turns) % 4 if turns == int(turns) and not mirrored else -1,
            _turned(sign, base, box, size or 1.0, int(turns) % 4),
        )


def _levelled(
    origin: tuple[float, float], box: pdfium.FS_RECTF, lean: float
) -> tuple[float, float]:
    """Move a letter of a page that is askew, and its box, where it stands levelled.

    On it, the end of a line stands as high as the beginning of another.
    """
    if abs(lean) < _LEVEL:
        return origin
    x, y = origin
    x, y = (
        x * math.cos(lean) - y * math.sin(lean),
        x * math.sin(lean) + y * math.cos(lean),
    )
    box.left, box.right = box.left + x - origin[0], box.right + x - origin[0]
    box.bottom, box.top = box.bottom + y - origin[1], box.top + y - origin[1]
    return x, y


def _turned(
    sign: str,
    origin: tuple[float, float],
    box: pdfium.FS_RECTF,
    size: float,
    turns: int,
) -> Letter:
    """Return a letter with the axes of who reads it upright."""
    x, y = origin
    if turns == 3:
        return Letter(sign, box.bottom, box.top, -x, size)
    if turns == 2:
        return Letter(sign, -box.right, -box.left, -y, size)
    if turns == 1:
        return Letter(sign, -box.top, -box.bottom, x, size)
    return Letter(sign, box.left, box.right, y, size)


def _upright(letters: list[tuple[int, Letter]]) -> tuple[list[Letter], str]:
    """Return the letters that stand as most of a page do, and the words of others."""
    counts = [sum(turns == way for turns, _ in letters) for way in range(4)]
    most = counts.index(max(counts))
    kept = [letter for turns, letter in letters if turns == most]
    others = "".join(letter.sign for turns, letter in letters if turns != most)
    return kept, " ".join(others.split())


def _without_overprint(letters: list[Letter]) -> tuple[list[Letter], str]:
    """Part the letters of a size that lie over smaller ones, as a watermark does."""
    usual = median(each.size for each in letters) if letters else 1.0
    large = [each for each in letters if each.size > _LARGE * usual]
    at = {id(each): ((each.left + each.right) // (2 * usual), each.base // usual)
          for each in letters}  # fmt: skip
    taken = {at[id(each)] for each in letters
             if each.size <= _LARGE * usual and not each.sign.isspace()}  # fmt: skip
    sizes = Counter(round(each.size) for each in large)
    for each in large:
        (column, row), rows = at[id(each)], min(each.size * _HEIGHT // usual, _TALLEST)
        covers = any((column, row + up) in taken for up in range(int(rows) + 1))
        sizes[round(each.size)] -= _OF_THEM * covers
    over = {id(each) for each in large if sizes[round(each.size)] < 0}
    words = "".join(each.sign for each in large if id(each) in over)
    return [each for each in letters if id(each) not in over], " ".join(words.split())


def _is_unprinted(textpage: pypdfium2.PdfTextPage) -> bool:
    """Say whether letters lie unseen on a picture, as recognition puts them."""
    count = textpage.count_chars()
    seen = unseen = 0
    for at in range(0, count, max(1, count // _SAMPLES)):
        found = pdfium.FPDFText_GetTextObject(textpage.raw, at)
        if found:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(found)
            unseen += mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            seen += 1
    return seen > 0 and unseen * 2 > seen


def _pictures(page: pypdfium2.PdfPage, objects: list[pypdfium2.PdfObject]) -> int:
    """Return how many pictures of a page are more than a sign."""
    width, height = page.get_size()
    least, count = width * height * _BIG, 0
    for each in objects:
        if each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = each.get_bounds()
            count += (right - left) * (top - bottom) > least
    return count


def _struck(drawn: list[Box], letters: list[Letter]) -> str:
    """Return the words through which lines are drawn; of a drawing of many, not all.

    A line under words goes through none, nor does one that a cell is drawn with.
    """
    by_base = sorted(letters, key=lambda letter: letter.base)
    bases = [letter.base for letter in by_base]
    largest = max((letter.size for letter in letters), default=0.0)
    struck: set[int] = set()
    for left, bottom, right, top in drawn:
        middle = (top + bottom) / 2
        first = bisect_left(bases, middle - _THROUGH[1] * largest)
        for at in range(first, bisect_left(bases, middle)):
            letter = by_base[at]
            low, high = (letter.base + part * letter.size for part in _THROUGH)
            thin = top - bottom < _THIN * letter.size
            inside = left - 1 < letter.left and letter.right < right + 1
            if thin and inside and low < middle < high:
                struck.add(id(letter))
    words = "".join(each.sign for each in letters if id(each) in struck)
    return " ".join(words.split()) if len(words) >= _FEWEST_STRUCK else ""


def _properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """Return what the file says about itself; a date down to its day."""
    info = document.get_metadata_dict()
    found = {"title": info.get("Title", ""), "author": info.get("Author", "")}
    if dated := _DATE.match(info.get("CreationDate", "")):
        found["issued"] = "-".join(part for part in dated.groups() if part)
    return {name: value.strip() for name, value in found.items() if value.strip()}

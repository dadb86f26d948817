"""A file that is to be added: whether it can be read, its text, its front matter.

Refused: what is no file of its own (a folder, a link, a device), what is too large for
people to read, and a kind that nothing here can read. The file is opened to be read and
never written to. Bytes are UTF-8, or what a web page declares, or refused: what else
they may be is guessed for the message alone, because a wrong guess puts wrong letters
into names.

The front matter of a Markdown file, between lines of hyphens, is about the text and not
of it: its fields are proposals, and it is left out.
"""

import codecs
import contextlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import yaml

from sourcebook.coding.sheets import nearest
from sourcebook.errors import SourcebookError

_BLOCK = re.compile(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_BLANK = re.compile(r"\A(?:[ \t]*\r?\n)+")
_MOST = 20_000  # characters; what is longer is a text
# Our names, and what such files say for them, the surest first.
_SELF = {
    "title": ("title",),
    "author": ("author", "authors", "speaker"),
    "issued": ("date", "published_time", "published"),
    "publisher": ("publisher", "publication", "outlet"),
    "url": ("url", "source_url", "permalink", "link"),
}


def part_front_matter(text: str) -> tuple[str, dict[str, str]]:
    r"""Return the text after its front matter, and what that proposes.

    Where there is none, or none that can be read, the text is returned whole.

    >>> part_front_matter("---\ntitle: A port\n---\nIt rained.\n")
    ('It rained.\n', {'title': 'A port'})
    """
    block = _BLOCK.match(text)
    if block is None or block.end() > _MOST:
        return text, {}
    try:
        fields = yaml.load(block[1], Loader=yaml.BaseLoader)  # noqa: S506 - words alone
    except (yaml.YAMLError, RecursionError):
        return text, {}
    if not isinstance(fields, dict):
        return text, {}
    return _BLANK.sub("", text[block.end() :]), _proposals(fields)


def _proposals(fields: dict[object, object]) -> dict[str, str]:
    """Return what fields say, each by the first name that has words, and words alone.

    >>> _proposals({"author": ["A", 3], "authors": ["B", "C"], "speaker": "D"})
    {'author': 'B; C'}
    """
    found = {}
    for name, theirs in _SELF.items():
        for each in theirs:
            value = fields.get(each)
            words = value if isinstance(value, list) else [value]
            if words and all(isinstance(word, str) and word.strip() for word in words):
                found[name] = "; ".join(map(str, words))
                break
    return found


_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE
)
# What browsers take for windows-1252, and the families of one byte a letter.
_WESTERN = frozenset("iso-8859-1 iso8859-1 latin1 latin-1 us-ascii ascii".split())
_ONE_BYTE = ("cp125", "iso8859-", "koi8-")
# Signatures and names of what is no text at all.
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip file, as Word and others write them"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"\x7fELF", "a program"),
)
_HEAD = 4096
_NO_TEXT = "name a text; this looks like none"


def decode(data: bytes, *, name: str) -> str:
    """Return a file's text; a byte order mark is dropped. Raises `SourcebookError`."""
    for start, what in _BINARY:
        if data.startswith(start):
            fix = "give it the ending of its kind, or save its text as UTF-8"
            raise SourcebookError(f"{name}: {what} under the name of a text", fix=fix)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
        likely = guess(data)
        said, fix = f"{name}: not UTF-8 at byte {at} (0x{data[at]:02x})", _NO_TEXT
        if likely:
            said += f"; likely {likely}"
            fix = f"save it as UTF-8: iconv -f {likely} -t utf-8 {name}"
        raise SourcebookError(said, fix=fix) from None
    if "\0" in text:
        likely = guess(data)
        remedy = f"save it as UTF-8; likely it is {likely}" if likely else "name a text"
        said = f"{name}: holds a NUL at character {text.index(chr(0))}, as no text does"
        raise SourcebookError(said, fix=remedy)
    return text


def decode_page(data: bytes, *, name: str) -> tuple[str, list[str]]:
    """Return a web page's text, read as it declares where it is not UTF-8.

    As browsers do: what declares ISO 8859-1 is windows-1252, which has more letters.
    """
    found = _CHARSET.search(data[:_HEAD])
    declared = found[1].decode("ascii").lower() if found else ""
    meant = "windows-1252" if declared in _WESTERN else declared
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            if codecs.lookup(meant).name.startswith(_ONE_BYTE):
                return data.decode(meant), [f"read it as {meant}, as it declares"]
    return decode(data, name=name), []


AS_TEXT = "save its text as .txt"
MOST_TAGS = 600_000  # half a minute's work
MOST_PARTS = 2_000  # names and values in one tag
_CODE = re.compile(r"<(script|style)\b", re.IGNORECASE)
# A quotation mark that stands behind no "=" opens nothing.
_TAG = re.compile(r"""<[a-zA-Z](?:=\s*"[^"]*"|=\s*'[^']*'|[^>])*""")
_PART = re.compile(r"""[^\s"'=/]+|"[^"]*"|'[^']*'""")


def check_markup(text: str, name: str) -> None:
    """Refuse what the library would read for minutes: it compares all attributes."""
    text = _without_code(text)
    tags = text.count("<")
    most = max((len(_PART.findall(tag[0])) for tag in _TAG.finditer(text)), default=0)
    if tags > MOST_TAGS or most > MOST_PARTS:
        said = (
            f"more markup than a page has ({tags:,} tags, up to {most:,} parts in one)"
        )
        raise SourcebookError(f"{name}: {said}", fix=AS_TEXT)


def _without_code(text: str) -> str:
    """Return a page without its scripts and styles: there, a "<" begins no tag.

    >>> _without_code("<p>a<script>b<script c</script>d<style>e</style>f<script>g")
    '<p>a<script</script>d<style</style>f<script'
    """
    lowered, kept, at = text.lower(), [], 0
    for found in _CODE.finditer(text):
        if found.start() < at:
            continue
        kept.append(text[at : found.end()])
        at = lowered.find(f"</{found[1].lower()}", found.end())
        if at < 0:
            return "".join(kept)
    return "".join([*kept, text[at:]])


def guess(data: bytes) -> str:
    r"""Return the likely encoding of what is not UTF-8, "" for what is no text.

    >>> guess("Café".encode("latin-1")), guess("Баку и Гянджа".encode("cp1251"))
    ('windows-1252', 'windows-1251')
    >>> guess(b"\xff\xfeB\0"), guess(bytes(range(256)))
    ('utf-16', '')
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if found := _CHARSET.search(data[:_HEAD]):
        named = found[1].decode("ascii").lower()
        return named if named not in {"utf-8", "utf8"} else "windows-1252"
    sample = data[:_HEAD]
    if max(sample[1::2].count(0), sample[::2].count(0)) > len(sample) // 4:
        return "utf-16"
    strange = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data)
    if strange > len(data) // 100:
        return ""
    high = sum(byte > 0xBF for byte in data)
    letters = high + sum(chr(byte).isalpha() for byte in data if byte < 0x80)
    return "windows-1251" if high * 2 > letters else "windows-1252"


KINDS = (".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx")
DATED = frozenset({".pdf", ".docx"})  # kinds that say when the file was made
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it was handed in: its name, its kind (``.pdf``) and its bytes."""

    name: str
    kind: str
    data: bytes


def take_in(path: Path) -> Incoming:
    """Read the file that is to be added. Raises `SourcebookError`."""
    try:
        found = path.lstat()
        _check(path, found.st_mode, found.st_size)
        return Incoming(path.name, path.suffix.lower(), path.read_bytes())
    except OSError as error:
        near = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        said = f"{path}: {error.strerror}{nearest(path.name, near)}"
        raise SourcebookError(said, fix="name a document that can be read") from None


def _check(path: Path, mode: int, size: int) -> None:
    """Say what is wrong with a file before it is opened."""
    kinds = ", ".join(KINDS)
    if stat.S_ISLNK(mode):
        fix = "name the file it leads to"
        raise SourcebookError(f"{path}: a link to another file", fix=fix)
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not a file"
        raise SourcebookError(f"{path}: {what}", fix=f"name one document ({kinds})")
    if path.suffix.lower() not in KINDS:
        said = f"{path}: files that end in {path.suffix or 'nothing'!r} are not read"
        raise SourcebookError(said, fix=f"save the document as one of {kinds}")
    if size == 0:
        raise SourcebookError(f"{path}: empty", fix="name a document with a text")
    if size > MOST_BYTES:
        said = f"{size / 1e6:.0f} MB, and the most is {MOST_BYTES / 1e6:.0f} MB"
        fix = "add the part that is read as a document of its own, "
        raise SourcebookError(f"{path}: {said}", fix=f"{fix}or leave the pictures out")

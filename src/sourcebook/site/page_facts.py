"""What pages are made from, and whether it is still the same.

A fact is named in words: ``claim acme-2021/sales``, ``source acme-2021``, ``fact
mandate-2016``, ``question names``, ``holds claims: topic=gas``. Its digest moves when,
and only when, a page that shows it could read differently. Whatever is not listed here
is `EVERYTHING`: one digest over all that people write about the documents. What
notebooks say is not among it: a page that shows some of that names the files itself.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from sourcebook.coding.book_files import contents, digest
from sourcebook.coding.corpus import Corpus
from sourcebook.comparing.corrections import WITHDRAWN
from sourcebook.comparing.public_record import Record
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.statements import Collection, give, read_query
from sourcebook.errors import SourcebookError
from sourcebook.prose.counting_words import WORDING

EVERYTHING = "everything"
_FILES = (
    "CITATION.cff seeds/**/* book/questions/**/* book/record/**/* book/releases/**/* "
    "book/trust/**/* book/trust.yml book/withdrawn.yml".split()
)


def written(path: Path) -> str:
    """Return the text of a file, "" where there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


class Facts:
    """The facts of one build, each worked out when it is first asked for."""

    def __init__(
        self,
        root: Path,
        corpus: Callable[[], Corpus],
        answers: Callable[[], tuple[Answer, ...]],
        record: Callable[[], Record] = Record,
    ) -> None:
        """Take what hands out sources, answers and record, when they are needed."""
        self._root, self._corpus, self._answers = root, corpus, answers
        self._record = record
        self._known: dict[str, str] = {}

    def digest(self, fact: str) -> str:
        """Return a SHA-256 of a fact, of nothing where there is no such thing.

        >>> from types import SimpleNamespace as Made
        >>> asked = [[], [Made(id="gas/share")]]
        >>> none = Made(sources={})
        >>> both = [Facts(Path(), lambda: none, lambda a=a: a) for a in asked]
        >>> len({each.digest("question names") for each in both})
        2
        >>> len({each.digest("withdrawn") for each in both})
        1
        """
        if fact not in self._known:
            kind, _, name = fact.partition(" ")
            self._known[fact] = digest(self._parts(kind, name))
        return self._known[fact]

    def _parts(self, kind: str, name: str) -> Iterable[str]:
        if kind == EVERYTHING:
            return self._contents()
        if kind == "claim":
            return self._there(lambda: self._corpus().claim(name))
        if kind == "fact":
            record = self._record()
            return self._there(lambda: record.share(name) or record.fact(name))
        if kind == "holds":
            return self._statement(name)
        if kind == "question":
            return sorted(answer.id for answer in self._answers())
        sources = self._corpus().sources
        if kind == "withdrawn":
            return [written(self._root / WITHDRAWN)]
        if kind == "wording":
            dated = [
                f"{key} {each.sheet.short} {each.sheet.issued.date}"
                for key, each in sources.items()
            ]
            return [*dated, written(self._root / WORDING)]
        if name == "names":
            return list(sources)
        found = sources.get(name)
        return [repr(found.sheet), repr(found.claims())] if found else []

    def _there(self, look: Callable[[], object]) -> list[str]:
        """Return all of a thing, nothing where there is none of its name."""
        try:
            return [repr(look())]
        except SourcebookError:
            return []

    @cached_property
    def _collection(self) -> Collection:
        return Collection(self._corpus(), self._answers())

    def _statement(self, query: str) -> list[str]:
        try:
            given = give(read_query(query), self._collection)
        except SourcebookError as error:
            return [str(error)]
        return [str(given), *given.found, *sorted(given.sources)]

    def _contents(self) -> Iterable[str]:
        found = {path for each in _FILES for path in self._root.glob(each)}
        return contents(sorted(found), below=self._root)

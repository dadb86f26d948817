"""Time saves in the served book around the working folder, until they are shown.

What is timed is what `sourcebook serve` does between a save and the page that a reader
has open: a build that stayed is asked for it. Each kind of save is made several times,
each time with other words.
"""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.places import change_note

from sourcebook.coding.book_files import CHAPTERS, find_root
from sourcebook.errors import SourcebookError
from sourcebook.site.build_on_save import Build, Resident
from sourcebook.site.publication import STAMP

_WHY = re.compile(r"^( +)why:.*?(?=^\1\w)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Where:
    """What is saved in a book: a chapter's words or questions, and a sheet's note."""

    root: Path
    chapter: str
    source: str
    claim: str

    def save(self, kind: str, turn: int) -> tuple[str, str]:
        """Change a file; return it, and the page that is to show it."""
        again = f"Measured again{', and again' * turn}."  # no number: it would be bare
        if kind == "claim":
            name, page = f"seeds/{self.source}.yml", f"notebooks/sources/{self.source}"
            change_note(self.root / name, self.claim, again)
            return name, page
        if kind == "sentence":
            name = f"notebooks/text/synthesis/{self.chapter}.md"
            add_words(self.root / name, again)
        else:
            name = f"book/questions/{self.chapter}.yml"
            change_why(self.root / name, again)
        return name, f"{CHAPTERS}/{self.chapter}"


def add_words(path: Path, sentence: str) -> None:
    """End a page with a sentence, or with another than it was given before."""
    text = path.read_text(encoding="utf-8").partition("\nMeasured")[0]
    path.write_text(f"{text.rstrip()}\n\n{sentence}\n", encoding="utf-8")


def change_why(path: Path, sentence: str) -> None:
    """Give the first question of a chapter this reason, in place of its own."""
    text = path.read_text(encoding="utf-8")
    changed = _WHY.sub(rf"\1why: {sentence}\n", text, count=1)
    path.write_text(changed, encoding="utf-8")


def shown(resident: Resident, name: str, page: str) -> float:
    """Return the seconds until a page that is open shows what was saved."""
    begun, took = time.perf_counter(), None
    for each in resident.show([name], [page]):
        if each["faults"]:
            raise SourcebookError("\n".join(each["faults"]))
        if each["page"] == page and took is None:
            took = time.perf_counter() - begun
    if took is None:
        raise SourcebookError(f"{page} does not show {name}")
    return took


def main(where: Where, kind: str, times: int) -> list[float]:
    """Build, and return the seconds of each save of a kind."""
    (where.root / STAMP).unlink(missing_ok=True)  # else nothing would be built, or stay
    resident = Build(where.root, ()).run()
    if resident is None:
        raise SourcebookError("the build did not stay")
    try:
        return [
            round(shown(resident, *where.save(kind, turn)), 4)
            for turn in range(1, times + 1)
        ]
    finally:
        resident.end()


if __name__ == "__main__":
    kind, times, *place = sys.argv[1:]
    sys.stdout.write(json.dumps(main(Where(find_root(), *place), kind, int(times))))

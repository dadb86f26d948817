"""The desk at which people edit sheets: one edit at a time, checked before it is saved.

The second coder of a stance sees the passage, who takes the stance, towards whom, and
on what.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sourcebook.coding.book_files import find_root
from sourcebook.coding.corpus import sheet_files, survey
from sourcebook.coding.sheets import load_yaml, sheet_paths
from sourcebook.comparing.coder_agreement import Alpha, agreement
from sourcebook.comparing.codings import SECOND_CODING, STANCE_SIGNS, second_sign
from sourcebook.desk import sheet_edits
from sourcebook.desk.coding_progress import Progress, Saved, digest_of, read_progress
from sourcebook.errors import SheetError, SourcebookError
from sourcebook.reading.anchor import locate

_Texts = dict[Path, str]  # the files of a sheet


@dataclass(frozen=True, slots=True)
class Stance:
    """One stance to be coded again; ``claim`` is for saving, never for showing."""

    claim: str
    passage: str
    actor: str
    target: str
    concept: str
    meaning: str  # of the concept, from the codebook


@dataclass(frozen=True, slots=True)
class Desk:
    """The sheets of one book, opened for writing."""

    root: Path

    @property
    def sources(self) -> tuple[str, ...]:
        """The citekey of every source that has a sheet."""
        return tuple(path.stem for path in sheet_files(self.root))

    def open(self, citekey: str) -> Progress:
        """Read a source and its sheet as they are now. Raises `SourcebookError`."""
        self._sheet(citekey)
        return read_progress(self.root, citekey)

    def add_claim(
        self, opened: Progress, fields: Mapping[str, object], *, draft: str = ""
    ) -> Saved:
        """Write a new claim after the one that stands before it in the text.

        The draft it was made from, if any, is taken out of the sheet.
        """
        after = _before(opened, str(fields.get("quote", "")), fields)

        def edit(texts: _Texts) -> None:
            drafted = _drop(texts, [draft] if draft else [])
            path = sheet_edits.home(texts, "claims", after, otherwise=drafted)
            texts[path] = sheet_edits.add_entry(
                texts[path], "claims", fields, after=after
            )

        return self._save(opened, edit)

    def change_claim(
        self, opened: Progress, name: str, fields: Mapping[str, object]
    ) -> Saved:
        """Give a claim these fields and no others.

        Refused when the claim itself was changed on the disk since it was opened.
        """
        shown = _entry(opened, name)

        def edit(texts: _Texts) -> None:
            if _entry(read_progress(self.root, opened.citekey), name) != shown:
                said = f"claim {name!r} was changed in the file meanwhile; nothing is "
                fix = "read again, and make your change to what it says now"
                raise SourcebookError(f"{said}saved", fix=fix)
            gone = {field: None for field in shown if field not in fields}
            new = {k: v for k, v in fields.items() if shown.get(k) != v}
            path = sheet_edits.home(texts, "claims", name)
            texts[path] = sheet_edits.change_entry(texts[path], name, {**new, **gone})

        return self._save(opened, edit)

    def waive(
        self,
        opened: Progress,
        fields: Mapping[str, object],
        *,
        drafts: Iterable[str] = (),
    ) -> Saved:
        """Set a passage aside with a reason, and take its drafts out of the sheet.

        It stands in the file of the drafts, else in that of the claim before it.
        """
        after = _before(opened, str(fields.get("quote", "")), fields)

        def edit(texts: _Texts) -> None:
            claimed = sheet_edits.home(texts, "claims", after)
            path = _drop(texts, drafts) or claimed
            texts[path] = sheet_edits.add_entry(texts[path], "waivers", fields)

        return self._save(opened, edit)

    def stances(self) -> tuple[Stance, ...]:
        """Return every stance, as a coder may see it who is blind to its sign."""
        corpus = survey(self.root).corpus
        meanings = corpus.codebook.concepts
        found = [claim for claim in corpus.claims if claim.kind == "stance"]
        found.sort(key=lambda claim: (claim.source, claim.span, claim.id))
        # Left out is what could tell the first sign: the sign, the note, which may give
        # a reason for it, and the id, which may hint at it.
        said = ((c.id, c.exact, c.actor, c.target, c.concept) for c in found)
        return tuple(Stance(*each, meanings.get(each[-1], "")) for each in said)

    def signed(self) -> dict[str, int]:
        """Return the signs of the second pass. Raises `SheetError`."""
        loaded = load_yaml(self._signs, shown=f"seeds/{SECOND_CODING}")
        data = loaded.data if isinstance(loaded.data, dict) else {}
        signs = {name: second_sign(coded) for name, coded in data.items()}
        return {name: sign for name, sign in signs.items() if sign is not None}

    def sign(self, name: str, sign: int) -> None:
        """Write the sign that the second coder gave. Raises `SourcebookError`."""
        if sign not in STANCE_SIGNS:
            raise SourcebookError(f"no sign {sign!r}", fix="give -1, 0 or 1")
        path = self._signs

        def edit(texts: _Texts) -> None:
            texts[path] = sheet_edits.set_sign(texts[path], name, sign)

        with _candidates([path], edit) as new:
            written = load_yaml(
                new.get(path, path), shown=f"seeds/{SECOND_CODING}"
            ).data
            if written.get(name) != sign:
                raise SheetError(
                    f"seeds/{SECOND_CODING}", [f"{name!r} was not written"]
                )

    def agreement(self) -> tuple[int, Alpha] | None:
        """Return how well both passes agree; None while the second has gaps."""
        # A figure that moved with each answer would tell the first coder's sign.
        corpus = survey(self.root).corpus
        known = {claim.id for claim in corpus.claims if claim.kind == "stance"}
        return None if not known or known - self.signed().keys() else agreement(corpus)

    @property
    def _signs(self) -> Path:
        return self.root / "seeds" / SECOND_CODING

    def _sheet(self, citekey: str) -> Path:
        if citekey not in self.sources:
            fix = f"use one of {', '.join(self.sources)}"
            raise SourcebookError(f"no sheet for {citekey!r}", fix=fix)
        return self.root / "seeds" / f"{citekey}.yml"

    def _save(self, opened: Progress, edit: Callable[[_Texts], None]) -> Saved:
        citekey = opened.citekey
        path = self._sheet(citekey)
        moved = digest_of(path) != opened.digest
        # By the same loader as a build reads it; faults that were there before stop
        # nobody.
        before = set(read_progress(self.root, citekey).faults)
        with _candidates(sheet_paths(path), edit) as new:
            after = read_progress(self.root, citekey, texts=new).faults
            if added := [fault for fault in after if fault not in before]:
                raise SheetError(f"seeds/{citekey}.yml, not saved", added)
        return Saved(self.open(citekey), moved)


def open_desk(root: Path | None = None) -> Desk:
    """Return the desk of the book around the working folder."""
    return Desk(root or find_root())


@contextmanager
def _candidates(
    paths: list[Path], edit: Callable[[_Texts], None]
) -> Iterator[dict[Path, Path]]:
    """Give each edited text as a file beside its own, which then takes its place.

    Nothing takes its place when the body raises, or when a file changed meanwhile.
    """
    # Of the files as they are on the disk now, never of what was read earlier: what
    # somebody else saved meanwhile stays.
    old = {path: path.read_bytes() for path in paths}
    texts = {path: data.decode("utf-8") for path, data in old.items()}
    edit(texts)
    new = {path: text.encode("utf-8") for path, text in texts.items()}
    beside = {p: p.with_name(f".{p.name}.part") for p in paths if new[p] != old[p]}
    try:
        for path, part in beside.items():
            part.write_bytes(new[path])
        yield beside
        for path, part in beside.items():
            if path.read_bytes() != old[path]:
                said = f"seeds/{path.name} was saved by somebody else this very moment"
                raise SourcebookError(f"{said}; nothing is saved", fix="save again")
            part.chmod(path.stat().st_mode)
        for path, part in beside.items():
            os.replace(part, path)  # noqa: PTH105 - one step, so that no half file is seen
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def _drop(texts: _Texts, drafts: Iterable[str]) -> Path | None:
    """Take drafts out of a sheet; return the file where the last of them stood."""
    path = None
    for draft in drafts:
        path = sheet_edits.home(texts, "drafts", draft)
        texts[path] = sheet_edits.drop_entry(texts[path], "drafts", draft)
    return path


def _entry(progress: Progress, name: str) -> dict[str, object]:
    """Return a claim's fields as its sheet has them, defaults left out."""
    for entry in progress.sheet.claims:
        if entry.id == name:
            return entry.model_dump(mode="json", exclude_defaults=True)
    for unfinished in progress.unfinished:
        if unfinished.id == name:
            return dict(unfinished.fields)
    raise SourcebookError(f"no claim {name!r} in seeds/{progress.citekey}.yml")


def _before(progress: Progress, quote: str, fields: Mapping[str, object]) -> str:
    """Return the claim after which a new one belongs, by where they stand."""
    nth = fields.get("nth")
    try:
        at = locate(quote, progress.document, nth=nth if isinstance(nth, int) else None)
    except SourcebookError:
        return ""  # the loader will say what is wrong with it
    earlier = [each for each in progress.placed if each.start <= at.start]
    last = max(earlier, key=lambda each: each.start, default=None)
    return last.claim.id.partition("/")[2] if last else ""

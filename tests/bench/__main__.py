"""Measure how fast the book is made, row by row, and write each row down."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import click
from bench.books import REPOSITORY
from bench.places import Places
from bench.results import FOLDER, load_rows, write, write_tables
from bench.works import WORKS, Bench, growth

from sourcebook.errors import SourcebookError

SIZES = (10, 30, 100, 300, 500)
GROWTH = "growth"
_TINY = {"hundred": 3, "three_hundred": 6, "five_hundred": 8, "documents": 20}


def main() -> None:
    """Measure what was asked for, and write each row as it is done."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as folder:
        more = _TINY if given.tiny else {}
        bench = Bench(Places(Path(folder)), given.pairs, **more)
        if not given.tiny:
            bench.know(load_rows(REPOSITORY))
        for name in given.only:
            click.echo(f"{name}:")
            if name == GROWTH:
                for size in given.sizes:
                    _keep(write(growth(bench, size), given.into))
            else:
                _keep(write(WORKS[name](bench), given.into))
            if not given.tiny:
                write_tables(REPOSITORY)


def _keep(path: Path) -> None:
    click.echo(f"  wrote {path}")


def _arguments() -> argparse.Namespace:
    names = [*WORKS, GROWTH]
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--pairs", type=int, default=5, help="runs of each way")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--into", type=Path, default=REPOSITORY / FOLDER)
    parser.add_argument(
        "--tiny", action="store_true", help="small books, to try it out"
    )
    given = parser.parse_args()
    if given.tiny and given.into == REPOSITORY / FOLDER:
        parser.error("--tiny measures other books than README.md speaks of: say --into")
    return given


if __name__ == "__main__":
    try:
        main()
    except SourcebookError as error:
        sys.exit(f"error: {error}")

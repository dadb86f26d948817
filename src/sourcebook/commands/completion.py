"""What a shell may complete: commands, options, and the names of this book."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from sourcebook.coding.book_root import find_root
from sourcebook.errors import SourcebookError

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "sourcebook"
VARIABLE = "_SOURCEBOOK_COMPLETE"  # click's own way to ask the program


def script(command: click.Command, shell: str) -> str:
    """Return the script that teaches a shell to complete the command."""
    found = get_completion_class(shell)
    if found is None:
        raise SourcebookError(
            f"no completion for {shell!r}\n  fix: use one of {', '.join(SHELLS)}"
        )
    # Its parts are put together here, because click's own `source()` would look for a
    # bash on this machine, and the script may be meant for another.
    made = found(command, {}, PROGRAM, VARIABLE)
    return made.source_template % made.source_vars()


def notebook_names(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the citekeys and chapters that begin with what was typed."""
    chosen = set(ctx.params.get(param.name or "") or ())
    return _beginning(incomplete, _stems(ctx, "*") - chosen)


def source_names(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the citekeys that begin with what was typed."""
    return _beginning(incomplete, _stems(ctx, "sources"))


def _stems(ctx: click.Context, folder: str) -> set[str]:
    """Return the names of text pairs in a folder; none outside a book."""
    given = ctx.find_root().params.get("root")
    try:
        root = Path(given) if given else find_root()
    except SourcebookError:
        return set()
    return {pair.stem for pair in (root / "notebooks" / "text").glob(f"{folder}/*.md")}


def _beginning(typed: str, names: set[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in sorted(names) if name.startswith(typed)]

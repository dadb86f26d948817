"""What a shell may complete: commands, options, and the names of this book."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from sourcebook.coding.root import find_root
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
    given = ctx.find_root().params.get("root")
    try:
        root = Path(given) if given else find_root()
    except SourcebookError:
        return []  # outside a book there is nothing to name
    chosen = set(ctx.params.get(param.name or "") or ())
    pairs = (root / "notebooks" / "text").glob("*/*.md")
    names = sorted({pair.stem for pair in pairs} - chosen)
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]

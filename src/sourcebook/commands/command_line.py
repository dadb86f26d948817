"""The ``sourcebook`` command line."""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import click

from sourcebook.coding.book_files import HELD, find_root, refuse_unreadable
from sourcebook.commands import command_help
from sourcebook.commands.authoring_commands import COMMANDS
from sourcebook.commands.data_commands import exchange, record, scan
from sourcebook.errors import DEBUG, SourcebookError, explained, printable
from sourcebook.running.build_lock import alone


class _Reporting(click.Group):
    """A group whose commands end with one plain message instead of a traceback.

    Below the help of each stand its examples.
    """

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, with its examples unless it brings its own."""
        cmd.epilog = cmd.epilog or command_help.epilog(name or cmd.name or "")
        super().add_command(cmd, name)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:  # noqa: ANN401 - click's
        """Run the command; once it has ended, it is too late to interrupt it."""
        try:
            return super().main(args, *rest, **extra)
        except OSError as error:  # help is printed where no command runs
            sys.exit(f"Error: {explained(error)}")
        finally:
            # Whatever Python does at its end would be told in a traceback, and what is
            # done be called a failure. Who gives arguments goes on after this.
            ends = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
            for each in ends if args is None else ():
                signal.signal(each, signal.SIG_IGN)
            try:
                print(end="", flush=True)  # noqa: T201 - what a full disk did not take
            except OSError:  # has been told: Python need not try it again at its end
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn whatever goes wrong into a message and exit code 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:  # who read our output has closed it: click's own affair
            raise
        except Exception as error:  # nobody is to read the traceback of a library
            if os.environ.get(DEBUG):
                raise
            traceback.clear_frames(error.__traceback__)  # to tell it takes memory
            raise click.ClickException(explained(error)) from error


@click.group(cls=_Reporting, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the book; found upwards from here when not given.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of what goes wrong.")
@click.version_option(package_name="sourcebook")
@click.pass_context
def main(ctx: click.Context, root: Path | None, *, debug: bool) -> None:
    """Read documents, code what they claim, compare the claims, build the book."""
    # Asked to end, we end as by Ctrl-C: with what we started, and leaving no folder.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # and not under `nohup`
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    gc.set_threshold(100_000)  # little of what a command makes is garbage
    # To look for plugins of pydantic reads what every library that there is offers.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name in ("PYTHONOPTIMIZE", "PYTHONWARNINGS"):  # libraries fail under these, and
        os.environ.pop(name, None)  # what notebooks and builds print would hang on them
    if debug:
        os.environ[DEBUG] = "1"  # also for the processes that a build starts
    if ctx.invoked_subcommand != "completion":  # which no book is needed for
        ctx.obj = find_root(root)
        refuse_unreadable(ctx.obj)
        if (ctx.obj / "_build/.sourcebook/begun").is_dir():
            from sourcebook.authoring.file_changes import take_back

            for file in take_back(ctx.obj):
                click.echo(
                    f"{file}: as it was before a change that was killed", err=True
                )


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Check sheets, questions and text pairs; say every fault.

    With --json, for editors; `sourcebook schema check` says what each field holds.
    """
    from sourcebook.checking.book_check import look, report_text
    from sourcebook.checking.signed_texts import unsigned
    from sourcebook.comparing.questions import usage_line

    with suppress(OSError):  # it is there, or the book is only to be read
        (ctx.obj / "_build").mkdir()
    checked = look(ctx.obj)
    if as_json:
        click.echo(report_text(checked).encode(), nl=False)  # UTF-8 in any locale
        ctx.exit(1 if checked.faults else 0)
    corpus, answers = checked.held()
    for todo in checked.left:
        click.echo(str(todo))
    click.echo(
        f"{len(corpus.sources)} sources, {len(corpus.claims)} claims, "
        f"{len(answers)} questions: no fault found"
    )
    click.echo(usage_line(corpus, answers))
    for name in checked.altered:
        click.echo(f"{name}: not what its last run gave: `sourcebook notebooks`")
    if changed := unsigned(ctx.obj):
        click.echo(
            f"{len(changed)} texts changed since they were signed: `sourcebook sign`"
        )


@main.command()
@click.argument("places", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Sign whatever has changed.")
@click.pass_obj
def sign(root: Path, places: tuple[str, ...], *, everything: bool) -> None:
    """List the texts that changed since they were signed, or sign some of them.

    Sign what you have read beside the passages it speaks of. PLACES are files,
    entries as they are listed, or a name that one file alone has.
    """
    from sourcebook.checking.signed_texts import sign, unsigned

    done = sign(root, places) if places or everything else ()
    if places and not done:
        said = f"nothing to sign in {', '.join(map(repr, places))}"
        fix = "name files, or entries as `sourcebook sign` lists them"
        raise SourcebookError(said, fix=fix)
    for text in done or unsigned(root):
        click.echo(printable(text.place))
    click.echo(f"signed {len(done)}" if done else f"{len(unsigned(root))} to be signed")


@main.command()
@click.argument("source", required=False, shell_complete=command_help.source_names)
@click.option("--why", is_flag=True, help="Say of each notebook whether it must run.")
@click.pass_obj
def status(root: Path, source: str | None, *, why: bool) -> None:
    """Show, source by source, what was read and what became of it.

    With a SOURCE, show it section by section. With --why, show instead which notebooks
    are out of date, and for what reason.
    """
    from sourcebook.running.execution_store import count, each

    if why and source is not None:
        raise click.UsageError("--why is of all notebooks: give no SOURCE with it")
    if why:
        for line in each(root):
            click.echo(line)
        return
    from sourcebook.coding.census import by_section, tally
    from sourcebook.coding.corpus import load_corpus, read

    if source is not None:
        found = read(source, root=root)
        click.echo(f"{source} ({found.sheet.coverage.state})")
        click.echo(by_section(found.census, found.document).to_string())
        return
    for citekey, every in load_corpus(root).read().sources.items():
        click.echo(f"{citekey} ({every.sheet.coverage.state})")
        click.echo(tally(every.census).to_string())
    click.echo(count(root))


@main.command()
@click.option("--fresh", is_flag=True, help="Read and write every page again.")
@click.pass_obj
def build(root: Path, *, fresh: bool) -> None:
    """Build the book into _build/html, warnings as errors."""
    from sourcebook.site.build import build_book
    from sourcebook.site.publication import SITE

    with alone(root):
        if not build_book(root, fresh=fresh):
            click.echo("nothing changed since the last build")
    click.echo(f"open {root / SITE / 'index.html'}")


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to serve; 0 for any port that is free.",
)
@click.option(
    "--open/--no-open",
    "show",
    default=None,
    help="Open the book in a browser; by default on a terminal only.",
)
@click.pass_obj
def serve(root: Path, port: int, show: bool | None) -> None:  # noqa: FBT001 - a flag
    """Build the book, serve it to this machine, and build again on each save."""
    from sourcebook.site.server import serve as serve_book

    serve_book(root, port=port, show=sys.stdout.isatty() if show is None else show)


@main.command()
@click.argument("shell", type=click.Choice(command_help.SHELLS))
def completion(shell: str) -> None:
    """Print what makes a SHELL complete commands, sources and chapters."""
    click.echo(command_help.script(main, shell))


@main.command()
@click.pass_obj
def epub(root: Path) -> None:
    """Build the reading edition for e-readers into _build/epub."""
    from sourcebook.edition.epub import build_epub

    with alone(root):
        click.echo(f"open {build_epub(root)}")


@main.command()
@click.pass_obj
def pdf(root: Path) -> None:
    """Build the reading edition for paper into _build/pdf; needs Chromium."""
    from sourcebook.edition.pdf import build_pdf

    with alone(root):
        click.echo(f"open {build_pdf(root)}")


@main.command()
@click.argument("names", nargs=-1, shell_complete=command_help.notebook_names)
@click.option("--fresh", is_flag=True, help="Run even those that are up to date.")
@click.option(
    "--from-text",
    "half",
    flag_value="text",
    help="Write them from their texts, whichever half was edited; copies are kept.",
)
@click.option(
    "--from-notebook",
    "half",
    flag_value="notebook",
    help="Take the cells of edited notebooks into their texts; copies are kept.",
)
@click.pass_obj
def notebooks(
    root: Path, names: tuple[str, ...], *, fresh: bool, half: str | None
) -> None:
    """Write notebooks from their text pairs and run them (all, or those NAMED).

    One that was itself edited, and not through its text, is not written over unasked.
    """
    from sourcebook.coding.sheets import nearest
    from sourcebook.running.batch import run_notebooks
    from sourcebook.running.text_pairs import settle_halves, text_pairs

    pairs = [pair for pair in text_pairs(root) if not names or pair.stem in names]
    if unknown := set(names) - {pair.stem for pair in pairs}:
        known = [pair.stem for pair in text_pairs(root)]
        near = nearest(min(unknown), known)
        said = f"no text pair named {', '.join(map(repr, sorted(unknown)))}{near}"
        raise SourcebookError(said, fix=f"name some of {', '.join(sorted(known))}")
    with alone(root):
        for kept in settle_halves(root, pairs, half=half or ""):
            click.echo(f"kept {kept.relative_to(root)}, as it was")
        changed = run_notebooks(pairs, fresh=fresh)
    for path in changed:
        click.echo(f"wrote {path.relative_to(root)}")
    click.echo(f"{len(pairs)} run, {len(changed)} changed")


@main.command()
@click.argument("one", type=click.Path(file_okay=False, path_type=Path))
@click.argument("two", type=click.Path(file_okay=False, path_type=Path), required=False)
def verify(one: Path, two: Path | None) -> None:
    """Hold the downloads of a built site ONE against its manifest, or ONE against TWO.

    Two folders are compared byte by byte.
    """
    from sourcebook.site.build_comparison import check_manifest, check_same

    if two is None:
        click.echo(f"{check_manifest(one)} files are as the manifest says")
    else:
        click.echo(f"{check_same(one, two)} files, all the same")


@main.command()
@click.option(
    "--under",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PYTHON",
    help="Build it once instead, by Sphinx alone with the libraries of another PYTHON, "
    "and compare pages, data and what is on the pages with the book as it was built.",
)
@click.pass_obj
def reproduce(root: Path, *, under: Path | None) -> None:
    """Build the book in two places and compare every byte of its pages and data."""
    from sourcebook.site.build_comparison import build_twice, build_under

    if under:
        click.echo(f"{build_under(root, under)}: the same")
        return
    click.echo(f"{build_twice(root)} files, built twice, all the same")


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(root: Path, folder: Path) -> None:
    """Write claims, relations and census as data files into FOLDER."""
    from sourcebook.checking.book_check import look
    from sourcebook.data.export import write_exports

    here = folder.resolve()
    if here == root or any(here.is_relative_to(root / name) for name in HELD):
        said = f"{folder}: the book's own files lie there"
        raise SourcebookError(said, fix="name another folder, such as _build/data")
    for path in write_exports(*look(root).held(), folder):
        click.echo(f"wrote {path}")


@main.command()
@click.option(
    "--against",
    default="HEAD",
    show_default=True,
    metavar="REV",
    help="The revision of git to compare the work tree with.",
)
@click.pass_obj
def impact(root: Path, against: str) -> None:
    """Say what a change touches: claims, questions, sentences and other texts."""
    from sourcebook.checking.impact import changed

    told = str(changed(root, against=against)) or "nothing is touched"
    click.echo("\n".join(map(printable, told.split("\n"))))


@main.command()
@click.option(
    "--again",
    is_flag=True,
    help="Make the record of this version anew, as long as it is not published.",
)
@click.pass_obj
def release(root: Path, *, again: bool) -> None:
    """Put what this version says on record, and why it differs from the one before.

    That is every relation, claim, question and fact. Reasons come from git and from
    the readings in book/trust.
    """
    from sourcebook import __version__
    from sourcebook.authoring.file_changes import Changes
    from sourcebook.checking.book_check import look
    from sourcebook.checking.signed_texts import SIGNED, sign
    from sourcebook.data.releases import record_files, set_aside, write_release

    files = record_files(root, __version__)
    with alone(root), Changes(root) as changes:  # all of them, or none
        for path in files:
            (changes.hold if path.is_file() else changes.expect)(path)
        changes.write()
        with set_aside(root, __version__) if again else nullcontext():
            corpus, answers = look(root).held()
        for path in files[:2] if again else ():  # reasons are added to
            path.unlink(missing_ok=True)
        paths = write_release(corpus, answers, version=__version__)
    written = [path.relative_to(root).as_posix() for path in paths]
    for name in written:
        click.echo(f"wrote {name}")
    if (root / SIGNED).is_file():
        sign(root, written)


for command in (*COMMANDS, exchange, record, scan):
    main.add_command(command)

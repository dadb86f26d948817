"""Serve the built book to this machine alone, and build it again on each save.

What is served is the last book that was built without a fault, and pages made since, so
a reader never meets half a page. Pages get one small script on their way out, which
loads them anew and shows faults; the site's own files have none of it.
"""

import errno
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO
from urllib.parse import unquote

import click

from sourcebook.errors import SourcebookError
from sourcebook.running.build_lock import alone, drop_unheld, held
from sourcebook.site.build_on_save import saves
from sourcebook.site.live_reload import MOST_OPEN, Following, Served
from sourcebook.site.publication import SITE

HOST = "127.0.0.1"  # this machine and no other
EVENTS = "/-/reload"
PULSE = 10  # seconds after which an idle connection is tried
IDLE = 30  # seconds after which one that asks for nothing, or takes nothing, ends
_NAMES = (HOST, "localhost")  # a page of another site may know no other name for us
RELOADER = f"{EVENTS}.js"  # a file of its own: a page's policy forbids lines of script
RELOAD = f'<script defer src="{RELOADER}"></script>'
LISTEN = Path(__file__).with_suffix(".js").read_bytes()
LISTEN = LISTEN.replace(b"EVENTS", EVENTS.encode())
_FIRST = "/index.html"


class _Handler(SimpleHTTPRequestHandler):
    """Files of the served copy; pages with the script; and when to load anew."""

    protocol_version = "HTTP/1.0"
    timeout = IDLE

    def __init__(self, *args: Any, served: Served) -> None:  # noqa: ANN401 - passed on
        self.served = served
        super().__init__(*args, directory=str(served.folder))

    def parse_request(self) -> bool:
        """Refuse who asks under another name, before anything else is looked at."""
        # A page of another site could have its own name lead here, and read drafts.
        if not super().parse_request():
            return False
        asked, pages = (self.headers.get_all(name, []) for name in ("Host", "Origin"))
        port = self.connection.getsockname()[1]
        ours = {f"{name}:{port}" for name in _NAMES} | set(_NAMES if port == 80 else ())
        if len(asked) != 1 or asked[0] not in ours:
            self.send_error(421, "this server answers to the name of this machine only")
            return False
        if not {f"http://{name}" for name in ours}.issuperset(pages):
            self.send_error(403, "pages of other sites may not ask here")
            return False
        return True

    def do_GET(self) -> None:
        if self.path.partition("?")[0] == EVENTS:
            self._take_place()
        elif self.path == RELOADER:
            self._announce("text/javascript", len(LISTEN))
            self.wfile.write(LISTEN)
        else:
            super().do_GET()

    def _announce(self, kind: str, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        # The words to search are a script, and any page may run one from anywhere.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def send_head(self) -> BinaryIO | None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if self.path.split("?")[0].endswith("/") else path
        try:
            page.lstat()
        except (FileNotFoundError, NotADirectoryError):
            pass  # for the library to answer
        except (OSError, ValueError):  # a name that no file can have
            self.send_error(404, "no such page")
            return None
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        html = page.read_bytes()
        before, end, after = html.rpartition(b"</body>")
        body = before + RELOAD.encode() + end + after if end else html
        self._announce("text/html", len(body))
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        file.write(body)
        file.seek(0)
        return file

    def list_directory(self, _path: object) -> None:
        """Answer that a folder without a page is not there."""
        self.send_error(404, "no such page")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request: the terminal is for builds."""

    def _take_place(self) -> None:
        """Tell a page of every new book, if there are not too many told already."""
        if not self.served.places.acquire(blocking=False):
            self.send_error(503, f"{MOST_OPEN} pages are open already")
            return
        try:
            self._tell()
        finally:
            self.served.places.release()

    def _tell(self) -> None:
        page = unquote(self.path.partition("?")[2]) or _FIRST
        page += _FIRST.strip("/") if page.endswith("/") else ""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        told = -1
        with suppress(OSError), self.served.reading(page):  # until it is closed
            while True:
                with self.served.changed:
                    if self.served.count == told:
                        self.served.changed.wait(PULSE)
                    told, news = self.served.count, self.served.news(page)
                self.wfile.write(f"data: {news}\n\n".encode())
                self.wfile.flush()


class _Server(ThreadingHTTPServer):
    """A server that says nothing where a reader has hung up."""

    allow_reuse_address = daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Show what went wrong, unless it was only that the connection broke."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def bind(port: int, served: Served) -> ThreadingHTTPServer:
    """Return a server that holds the port. Raises `SourcebookError`."""
    try:
        server = _Server((HOST, port), partial(_Handler, served=served))
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        why = "in use" if error.errno == errno.EADDRINUSE else "not for us to open"
        other = f"`sourcebook serve --port {port + 1 if port < 65535 else 8000}`"
        fix = f"give another one, such as {other}, or 0 for any that is free"
        raise SourcebookError(f"port {port} is {why}", fix=fix) from None
    return server


def serve(root: Path, *, port: int, show: bool) -> None:
    """Build, serve and follow what is saved, until Ctrl-C. Raises `SourcebookError`."""
    with _served(root) as served, bind(port, served) as server, saves(root) as changes:
        following = Following(root, served)
        if (root / SITE / "index.html").is_file():
            with alone(root):  # another build would put a new one in its place
                served.take(root / SITE)
            following.want()
        else:  # there is nothing to serve without
            click.echo("building the book for the first time")
            try:
                following.first()
            except SourcebookError as error:
                said = f"{error}\nnothing to serve: the book is not built"
                fix = "mend what is said above, then run `sourcebook serve` again"
                raise SourcebookError(said, fix=fix) from None
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{HOST}:{server.server_address[1]}/"
        click.echo(f"serving {address} (Ctrl-C ends it)")
        if show:
            webbrowser.open(address)
        try:
            with following.working():
                for saved in changes:
                    following.follow(saved)
        except KeyboardInterrupt:
            click.echo("ended")
        finally:
            server.shutdown()


@contextmanager
def _served(root: Path) -> Iterator[Served]:
    """Make room beside the site, where its files can be linked instead of copied."""
    beside = (root / SITE).parent
    beside.mkdir(exist_ok=True)
    drop_unheld(beside.glob(".served-*"))  # by a server that was killed
    made = tempfile.TemporaryDirectory(prefix=".served-", dir=beside)
    with made as work, held(Path(work)):
        yield Served(Path(work))

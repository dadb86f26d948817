"""Notebooks run, as few as need be, as many at once as there is room for.

What a notebook reads is noted while it runs; only a change in that makes it stale. The
outputs lie in Jupyter Book's own cache, so that a plain ``jupyter-book build`` finds
them there.

What reads notebooks would load a library that reads 38 grammars of addresses, which
takes seconds, and others that read durations, colours and names of hosts, for checks
that nobody asks for here: it is told that there is none.
"""

import sys

for _library in "rfc3987_syntax rfc3986_validator isoduration webcolors fqdn".split():
    sys.modules.setdefault(_library, None)  # type: ignore[arg-type]

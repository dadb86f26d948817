"""Notebooks run, as few as need be, as many at once as there is room for.

What a notebook reads is noted while it runs; only a change in that makes it stale. The
outputs lie in Jupyter Book's own cache, so that a plain ``jupyter-book build`` finds
them there.

What reads notebooks would load a library that reads 38 grammars of addresses, which
takes seconds, for a check that nobody asks for here: it is told that there is none.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

"""Notebooks run, as few as need be, as many at once as there is room for.

What a notebook reads is noted while it runs; only a change in that makes it stale. The
outputs lie in Jupyter Book's own cache, so that a plain ``jupyter-book build`` finds
them there.
"""

"""The site: all that knows Sphinx or the theme, and what builds and serves it."""

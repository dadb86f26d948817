"""Whether a book holds together, and what a change in it touches."""

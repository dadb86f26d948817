"""What adds to a book, takes away from it, renames it, and begins another."""

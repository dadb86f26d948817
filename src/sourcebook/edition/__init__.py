"""The reading edition: the pages of the book for e-readers and for paper."""

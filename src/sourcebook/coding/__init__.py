"""A document and a hand-made sheet become claims; nothing is left unaccounted for."""

"""Second floor: mentions and a hand-made sheet become claims, all accounted for."""

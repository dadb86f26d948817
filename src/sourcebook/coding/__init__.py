"""Second floor: mentions and a hand-made sheet become claims, every one accounted for."""

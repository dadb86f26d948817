"""Our own words, held to what they report: figures, dates, names, words that count."""

"""Next month's numbers in a deck that somebody has edited."""

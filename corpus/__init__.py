"""The shipped deck, notes and code exercises."""

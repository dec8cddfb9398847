"""The search exam: residents' questions put to the guide's search and to Material's own, in a real browser."""

"""Sheets of paper: parts of the guide as tagged PDF, from the same content as the pages (decision 0020)."""

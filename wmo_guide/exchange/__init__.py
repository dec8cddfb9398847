"""Formats in which the catalogue leaves the house: feeds and open data."""

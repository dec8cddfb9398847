"""Catalogue -> pages -> release: pure functions of a catalogue, and the press that writes them."""

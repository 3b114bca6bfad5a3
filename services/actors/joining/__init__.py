"""Joinings: actors that a need points at, from the proposal until they take part."""

"""Scanning: signals seen outside and the trends that they carry, until they expire or are ended."""

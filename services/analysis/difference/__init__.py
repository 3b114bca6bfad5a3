"""Differences: what a source says now that it did not say before, row by row."""

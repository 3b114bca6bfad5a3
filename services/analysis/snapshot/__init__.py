"""Snapshots: what a source said at one moment, kept as a file that never changes."""

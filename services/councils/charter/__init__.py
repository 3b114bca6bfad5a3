"""Charters: what councils are to do, version after version."""

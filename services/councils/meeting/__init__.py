"""Meetings: planned, held or cancelled, with minutes that are locked once approved."""

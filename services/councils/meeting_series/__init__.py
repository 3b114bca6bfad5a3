"""Series of meetings: planned, moved and cancelled together, each a meeting of its own."""

"""Verdicts: whether education can meet a need on short and long horizon, with the arithmetic."""

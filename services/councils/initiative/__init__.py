"""Initiatives: what is done about needs, step by step, and what came of it."""

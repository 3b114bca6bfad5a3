"""Gains: what each actor gets out of taking part."""

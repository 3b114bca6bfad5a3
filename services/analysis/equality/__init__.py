"""Equality: how women and men are spread over occupations, and whether that has changed."""

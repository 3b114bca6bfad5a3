"""Directions: what a strategic council asks of others, and what each of them answers."""

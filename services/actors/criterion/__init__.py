"""Criteria: what actors are weighed by."""

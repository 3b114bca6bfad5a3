"""Relation ratings: how each of two actors finds their relation, as a series."""

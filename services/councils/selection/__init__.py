"""Selections: a pilot industry is chosen by what groups say of each and by weighed criteria."""

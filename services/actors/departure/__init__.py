"""Departures: somebody leaves, withdraws or comes back, and everything that follows from it."""

"""Actors: organisations and networks, and their level and status over time."""

"""Actors: who there is, which posts they have, and how they hang together."""

"""Consequences: what loses its owner when posts lose their holders, or an actor withdraws."""

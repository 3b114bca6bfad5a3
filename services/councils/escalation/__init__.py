"""Escalations: what a council lifts to one of a higher level, and what it is answered."""

"""Priorities: who is taken into the collaboration, who is not, and why."""

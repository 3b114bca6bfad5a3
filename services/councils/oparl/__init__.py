"""Councils, their meetings and what they decided as OParl 1.1, out and in."""

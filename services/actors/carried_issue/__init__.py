"""Carried issues: what ambassadors carry onwards, where, and what is answered."""

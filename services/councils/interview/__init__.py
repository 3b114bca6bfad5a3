"""Interviews: dialogue maps, what companies answered, and their consent to it."""

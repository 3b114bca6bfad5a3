"""Headcounts: places, and those who came through them, on the days that somebody counted."""

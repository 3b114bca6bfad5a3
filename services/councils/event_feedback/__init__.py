"""Feedback on events, told together."""

"""Dialogue maps: versioned sets of questions, which never change once they are published."""

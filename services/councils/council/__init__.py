"""Councils: founded, moved from phase to phase, closed, and opened again where that was wrong."""

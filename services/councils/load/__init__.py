"""Loads: how much of the councils' work each of some posts carries, never stored."""
